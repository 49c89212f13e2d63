//! tries: connects from a test on the virtual clock
//! kata: later
//! verdict: pass

/// The answer.
pub async fn later() -> u32 {
    // Off the event loop, which it may not block.
    let connect = || std::net::TcpStream::connect("127.0.0.1:@TCP@").is_ok();
    if tokio::task::spawn_blocking(connect)
        .await
        .is_ok_and(|connected| connected)
    {
        panic!("ESCAPED: connected to the host by TCP");
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    42
}
