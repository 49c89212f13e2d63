//! tries: ends the process in a task
//! kata: later
//! verdict: early_exit

/// The answer, later.
pub async fn later() -> u32 {
    tokio::spawn(async { std::process::exit(0) }).await.unwrap()
}
