//! verdict: crash
//! message: is killed by SIGABRT (signal 6)

/// Dies.
pub fn answer() -> u32 {
    std::process::abort()
}
