//! tries: ends the process as if all were well
//! kata: demo
//! verdict: early_exit

/// The answer.
pub fn answer() -> u32 {
    std::process::exit(0)
}
