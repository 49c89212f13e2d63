//! The functions of a file, each with its path.

use syn::{Attribute, Block, File, ImplItem, Item, Path, Signature, TraitItem, Type, ext::IdentExt};

/// A function with a body.
pub(crate) struct Function<'a> {
    /// Such as `Account::withdraw`, `Account::Drop::drop` or `bank::transfer`.
    pub(crate) path: String,
    /// Its signature.
    pub(crate) signature: &'a Signature,
    /// Its body.
    pub(crate) body: &'a Block,
}

/// The functions of a file but for its unit tests, in the order of the file.
pub(crate) fn of<'a>(file: &'a File, module: &str) -> Vec<Function<'a>> {
    let mut functions = Vec::new();
    collect(&file.items, module, &mut functions);
    functions
}

fn collect<'a>(items: &'a [Item], prefix: &str, functions: &mut Vec<Function<'a>>) {
    for item in items {
        match item {
            Item::Fn(function) if !is_test(&function.attrs) => functions.push(Function {
                path: format!("{prefix}{}", function.sig.ident.unraw()),
                signature: &function.sig,
                body: &function.block,
            }),
            Item::Impl(block) => {
                let of = name(&block.self_ty);
                let by = block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
                let by = by.map(|by| format!("{}::", by.ident.unraw())).unwrap_or_default();
                for item in &block.items {
                    if let ImplItem::Fn(function) = item {
                        functions.push(Function {
                            path: format!("{prefix}{of}::{by}{}", function.sig.ident.unraw()),
                            signature: &function.sig,
                            body: &function.block,
                        });
                    }
                }
            }
            Item::Trait(declared) => {
                for item in &declared.items {
                    if let TraitItem::Fn(function) = item
                        && let Some(body) = &function.default
                    {
                        functions.push(Function {
                            path: format!(
                                "{prefix}{}::{}",
                                declared.ident.unraw(),
                                function.sig.ident.unraw()
                            ),
                            signature: &function.sig,
                            body,
                        });
                    }
                }
            }
            Item::Mod(module) if !is_test(&module.attrs) => {
                if let Some((_, items)) = &module.content {
                    collect(items, &format!("{prefix}{}::", module.ident.unraw()), functions);
                }
            }
            _ => {}
        }
    }
}

/// The name of a type without what it is made of.
fn name(of: &Type) -> String {
    match of {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|last| last.ident.unraw().to_string()),
        Type::Reference(reference) => Some(name(&reference.elem)),
        _ => None,
    }
    .unwrap_or_else(|| "_".to_owned())
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is_cfg_test = |attribute: &Attribute| {
        let cfg = attribute.path().is_ident("cfg");
        cfg && attribute
            .parse_args::<Path>()
            .is_ok_and(|path| path.is_ident("test"))
    };
    attributes
        .iter()
        .any(|attribute| is_cfg_test(attribute) || attribute.path().is_ident("test"))
}
