//! tries: blocks the thread of the virtual clock for ever
//! kata: later
//! verdict: time_limit

/// The answer, later.
pub async fn later() -> u32 {
    std::thread::sleep(std::time::Duration::MAX);
    42
}
