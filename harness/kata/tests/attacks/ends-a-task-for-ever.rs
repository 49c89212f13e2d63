//! tries: spawns tasks that spawn tasks
//! kata: later
//! verdict: time_limit

fn again() {
    tokio::spawn(async { again() });
}

/// The answer, later.
pub async fn later() -> u32 {
    again();
    std::future::pending().await
}
