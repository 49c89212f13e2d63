//! tries: hands the name of an inclusion to a macro of its own
//! kata: demo
//! verdict: compile_error
//! never shows: kata-secret-

macro_rules! read {
    ($name:ident) => {
        $name!("@HOME@/.secret")
    };
}

const SECRET: &str = read!(include_str);

/// The answer.
pub fn answer() -> u32 {
    panic!("ESCAPED: the compiler read {SECRET}")
}
