//! tries: a macro that calls itself for ever
//! kata: demo
//! verdict: compile_error

macro_rules! again {
    ($($any:tt)*) => { again!($($any)* x); };
}

again!(x);

/// The answer.
pub fn answer() -> u32 {
    42
}
