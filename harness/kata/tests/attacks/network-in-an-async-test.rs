//! tries: connects from a test on the virtual clock
//! kata: later
//! verdict: pass

/// The answer.
pub async fn later() -> u32 {
    if std::net::TcpStream::connect("127.0.0.1:@TCP@").is_ok() {
        panic!("ESCAPED: connected to the host by TCP");
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    42
}
