//! The attribute of hidden tests, [`macro@test`]. Use it through `kata_test`, which re-exports it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemFn, ReturnType, parse_quote, spanned::Spanned};

/// Makes a function a hidden test.
///
/// A plain `fn` is a test of kind `plain`; an `async fn` is one of kind `virtual-time`. It takes nothing and
/// returns nothing: it passes when it returns, and fails through the macros of `kata_test` or by a panic. Its
/// points, its kind and the line for the learner who fails it stand in `course.toml`.
///
/// Under `cargo test` the function is an ordinary test as well, so a teacher can run the hidden tests on the
/// solution with `cargo test -p SLUG-solution`.
#[proc_macro_attribute]
pub fn test(arguments: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let function = syn::parse_macro_input!(item as ItemFn);
    hidden_test(arguments.into(), function)
        .unwrap_or_else(|fault| fault.into_compile_error())
        .into()
}

fn hidden_test(arguments: TokenStream, mut function: ItemFn) -> syn::Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(fault(
            &arguments,
            "points, kind and feedback of a test stand in course.toml, not here",
        ));
    }
    if !function.sig.inputs.is_empty() {
        return Err(fault(&function.sig.inputs, "a hidden test takes no arguments"));
    }
    if !function.sig.generics.params.is_empty() {
        return Err(fault(&function.sig.generics, "a hidden test is not generic"));
    }
    if let ReturnType::Type(_, returned) = &function.sig.output {
        return Err(fault(
            returned,
            "a hidden test returns nothing: say what is wrong with `check!` or `fail!`",
        ));
    }
    // The program that runs the tests is another module.
    function.vis = parse_quote!(pub(crate));
    let name = &function.sig.ident;
    let run = match function.sig.asyncness {
        Some(_) => quote!(::kata_test::libtest::virtual_time(|| super::#name())),
        None => quote!(::kata_test::libtest::plain(super::#name)),
    };
    Ok(quote! {
        #function

        #[cfg(test)]
        mod #name {
            #[::core::prelude::v1::test]
            fn holds() {
                #run
            }
        }
    })
}

fn fault(at: &impl Spanned, message: &str) -> syn::Error {
    syn::Error::new(at.span(), message)
}
