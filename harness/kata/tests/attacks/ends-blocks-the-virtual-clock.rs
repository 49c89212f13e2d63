//! tries: blocks the thread of the virtual clock for ever
//! kata: later
//! verdict: blocks_event_loop

/// The answer, later.
pub async fn later() -> u32 {
    std::thread::sleep(std::time::Duration::MAX);
    42
}
