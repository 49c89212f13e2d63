//! verdict: early_exit
//! message: ends its process with exit code 0 before the test ends

/// Leaves when the test complains.
pub fn answer() -> u32 {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    41
}
