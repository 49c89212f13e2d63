//! verdict: crash
//! message: is killed by SIG

/// Calls itself until the stack is full.
pub fn answer() -> u32 {
    fn deeper(n: u32) -> u32 {
        let room = std::hint::black_box([n; 64]);
        deeper(n + 1) + room[0]
    }
    deeper(0)
}
