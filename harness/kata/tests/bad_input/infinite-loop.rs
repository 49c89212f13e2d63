//! verdict: time_limit
//! message: does not end: it has used 1 s of CPU time

/// Never ends, and never waits.
pub fn answer() -> u32 {
    let mut n = 0u32;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}
