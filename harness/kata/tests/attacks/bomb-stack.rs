//! tries: recurses until there is no stack left
//! kata: demo
//! verdict: crash

#[inline(never)]
fn deeper(level: u64, above: &[u64; 64]) -> u64 {
    let here = [level ^ above[0]; 64];
    deeper(level + 1, &here) + std::hint::black_box(here[1])
}

/// The answer.
pub fn answer() -> u32 {
    deeper(0, &[0; 64]) as u32
}
