//! tries: panics with a message of eight megabytes
//! kata: demo
//! verdict: output_limit

/// The answer.
pub fn answer() -> u32 {
    panic!("{}", "long ".repeat(1 << 21));
}
