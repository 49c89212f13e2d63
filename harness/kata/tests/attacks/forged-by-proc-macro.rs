//! tries: says that it is a plugin of the compiler
//! kata: demo
//! verdict: compile_error

#![crate_type = "proc-macro"]

extern crate proc_macro;

#[proc_macro]
pub fn run(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    input
}

/// The answer.
pub fn answer() -> u32 {
    42
}
