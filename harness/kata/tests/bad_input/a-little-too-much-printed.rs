//! verdict: output_limit
//! message: prints more than 256 KiB

/// One byte more than the limit, and then a right answer.
pub fn answer() -> u32 {
    eprint!("{}", "x".repeat(256 * 1024 + 1));
    42
}
