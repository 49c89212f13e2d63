//! `hidden.rs` against the list of tests: each listed test is a function in the file, each test in the file is
//! listed, and each has the form that its kind asks for.

use std::{path::Path, sync::Arc};

use kata_protocol::Kind;
use syn::spanned::Spanned as _;

use crate::{
    Layout,
    fault::Fault,
    nearest::nearest,
    read::{Entry, Reader},
    source_text::{At, ReadError, SourceText, Span, read_capped},
};

/// The deepest nesting of brackets that is parsed: a parser of expressions calls itself at each, and has a
/// stack to lose. Code that people read stays below a tenth of it.
const DEEPEST: usize = 128;

/// Checks the hidden tests of one exercise.
pub(crate) fn check(reader: &mut Reader<'_>, entry: Entry<'_>, slug: At<&str>) {
    let path = Layout::new(Path::new(""), slug.value).hidden();
    let source = match read(reader, slug.span, &path) {
        Ok(source) => Arc::new(source),
        Err(fault) => return reader.report(fault),
    };
    let functions = match functions(&source) {
        Ok(functions) => functions,
        Err(fault) => return reader.report(*fault),
    };
    let tests = entry.tables("test");
    let listed: Vec<At<&str>> = tests.iter().filter_map(|test| test.text("name")).collect();
    for test in &tests {
        let Some(name) = test.text("name") else {
            continue;
        };
        match functions
            .iter()
            .find(|function| function.is_test && function.name == name.value)
        {
            Some(function) => {
                let kind = test.text("kind").and_then(|kind| kind.value.parse().ok());
                check_form(reader, &source, function, kind);
            }
            None => report_missing(reader, name, &path, &functions, &listed),
        }
    }
    // Of a list with a gap nobody can say what is not in it.
    if reader.damage.any() || listed.len() < tests.len() {
        return;
    }
    for function in functions.iter().filter(|function| function.is_test) {
        if listed.iter().all(|name| name.value != function.name) {
            let message = format!(
                "the test `{}` is not in course.toml, so it would never be run",
                function.name
            );
            let fault = Fault::at(&source, function.name_span, message, "not listed");
            let entry = format!("an `[[exercise.test]]` of `{}`", slug.value);
            reader.report(fault.help(format!("add {entry} with `name = \"{}\"`", function.name)));
        }
    }
}

fn read(reader: &Reader<'_>, span: Span, path: &Path) -> Result<SourceText, Fault> {
    let shown = path.display();
    let fault = |message: String, help: &str| reader.fault(span, message, "needs it").help(help);
    let bytes = read_capped(&reader.root.join(path)).map_err(|error| match error {
        ReadError::Missing(_) => fault(
            format!("`{shown}` does not exist"),
            "write the hidden tests there, each a function",
        ),
        ReadError::NotAFile(_) => fault(format!("`{shown}` is not a file"), "write the hidden tests there"),
        ReadError::TooBig(_) => fault(
            format!("`{shown}` is larger than 1 MiB"),
            "test less, or in fewer words",
        ),
        ReadError::Io { source, .. } => fault(
            format!("`{shown}` cannot be read: {source}"),
            "look at the permissions of the file",
        ),
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fault(format!("`{shown}` is not UTF-8 text"), "save it as UTF-8"))?;
    Ok(SourceText {
        path: path.to_owned(),
        // The parser drops a byte order mark, and counts from behind it.
        text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
    })
}

/// A function at the top of `hidden.rs`.
struct Function {
    name: String,
    name_span: Span,
    is_test: bool,
    is_async: bool,
    inputs: Option<Span>,
}

fn functions(source: &Arc<SourceText>) -> Result<Vec<Function>, Box<Fault>> {
    let broken = |span: Span, why: String| {
        let message = format!("`{}` is not Rust", source.path.display());
        Box::new(
            Fault::at(source, span, message, why).help("make it compile: it is linked with each submission"),
        )
    };
    if let Some(at) = too_deep(&source.text) {
        return Err(broken(
            (at..at + 1).into(),
            format!("more than {DEEPEST} brackets are open here"),
        ));
    }
    let file = syn::parse_file(&source.text)
        .map_err(|error| broken(error.span().byte_range().into(), error.to_string()))?;
    let function = |item: &syn::Item| match item {
        syn::Item::Fn(function) => Some(Function {
            name: function.sig.ident.to_string(),
            name_span: function.sig.ident.span().byte_range().into(),
            is_test: function.attrs.iter().any(is_test_attribute),
            is_async: function.sig.asyncness.is_some(),
            inputs: (!function.sig.inputs.is_empty()).then(|| function.sig.inputs.span().byte_range().into()),
        }),
        _ => None,
    };
    Ok(file.items.iter().filter_map(function).collect())
}

/// `#[kata_test::test]`, and `#[test]` where that is imported.
fn is_test_attribute(attribute: &syn::Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|segment| segment.ident == "test")
}

/// Where the brackets are nested too deep. Brackets in texts and comments count too: they close as well.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

fn check_form(reader: &mut Reader<'_>, source: &Arc<SourceText>, function: &Function, kind: Option<Kind>) {
    let name = &function.name;
    if let Some(inputs) = function.inputs {
        let message = format!("the test `{name}` takes arguments");
        let fault = Fault::at(source, inputs, message, "nobody gives it any");
        reader.report(fault.help(format!("write `fn {name}()`")));
    }
    let Some(kind) = kind else {
        return;
    };
    let wants_async = kind == Kind::VirtualTime;
    if wants_async == function.is_async {
        return;
    }
    let (message, label, help) = if wants_async {
        (
            format!("the test `{name}` is of kind `{kind}` and not async"),
            "must be an `async fn`",
            format!("write `async fn {name}()`, or give it another `kind` in course.toml"),
        )
    } else {
        (
            format!("the test `{name}` is of kind `{kind}` and async"),
            "must be a plain `fn`",
            format!(
                "write `fn {name}()`, or `kind = \"{}\"` in course.toml",
                Kind::VirtualTime
            ),
        )
    };
    reader.report(Fault::at(source, function.name_span, message, label).help(help));
}

fn report_missing(
    reader: &mut Reader<'_>,
    name: At<&str>,
    path: &Path,
    functions: &[Function],
    listed: &[At<&str>],
) {
    let message = format!("there is no test `{}` in `{}`", name.value, path.display());
    let fault = reader.fault(name.span, message, "no such function");
    let unlisted = functions
        .iter()
        .filter(|function| function.is_test && listed.iter().all(|name| name.value != function.name))
        .map(|function| function.name.as_str());
    let help = if functions.iter().any(|function| function.name == name.value) {
        format!(
            "the function `{}` is there: write `#[kata_test::test]` above it",
            name.value
        )
    } else if let Some(meant) = nearest(name.value, unlisted) {
        format!("did you mean `{meant}`?")
    } else {
        format!(
            "write it there, at the top level: `#[kata_test::test] fn {}()`",
            name.value
        )
    };
    reader.report(fault.help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, bool)> {
        let source = SourceText {
            path: "hidden.rs".into(),
            text: text.into(),
        };
        let functions = functions(&Arc::new(source)).unwrap();
        functions
            .into_iter()
            .map(|function| (function.name, function.is_test))
            .collect()
    }

    #[test]
    fn a_test_is_known_by_the_last_word_of_its_attribute() {
        let text = "#[kata_test::test] fn a() {} #[test] fn b() {} #[tested] fn c() {} fn d() {}";
        let found = [("a", true), ("b", true), ("c", false), ("d", false)];
        assert_eq!(
            names(text),
            found.map(|(name, is_test)| (name.to_owned(), is_test))
        );
    }

    #[test]
    fn what_nests_too_deep_is_not_parsed() {
        assert_eq!(too_deep(&"()".repeat(1000)), None);
        assert_eq!(too_deep(&"(".repeat(1000)), Some(DEEPEST));
    }
}
