//! tries: computes for ever
//! kata: demo
//! verdict: time_limit

/// The answer.
pub fn answer() -> u32 {
    loop {
        std::hint::spin_loop();
    }
}
