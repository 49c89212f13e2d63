//! tries: a text that doubles at each step
//! kata: demo
//! verdict: compile_error

macro_rules! d {
    ($e:expr) => { concat!($e, $e) };
}

macro_rules! dd {
    ($e:expr) => { d!(d!(d!(d!(d!(d!($e)))))) };
}

pub const LONG: &str = dd!(dd!(dd!(dd!(dd!(dd!("x"))))));

/// The answer.
pub fn answer() -> u32 {
    42
}
