//! exercise: later
//! verdict: deadlock
//! message: waits for ever: no timer is pending, and no other task is left that could wake it

/// Never ends.
pub async fn later() -> u32 {
    std::future::pending().await
}
