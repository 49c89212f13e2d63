//! verdict: early_exit
//! message: ends its process with exit code 0 before the test ends

/// Leaves as if all were well.
pub fn answer() -> u32 {
    std::process::exit(0)
}
