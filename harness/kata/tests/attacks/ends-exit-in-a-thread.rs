//! tries: ends the process from a thread
//! kata: demo
//! verdict: early_exit

/// The answer.
pub fn answer() -> u32 {
    let _ = std::thread::spawn(|| std::process::exit(0)).join();
    42
}
