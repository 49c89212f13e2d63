//! verdict: panic
//! message: panicked at exercises/demo/src/lib.rs:8:11: index out of bounds: the len is 2 but the index is 2

/// Looks behind the end.
pub fn answer() -> u32 {
    let values = vec![1, 2];
    let at = std::hint::black_box(2);
    values[at]
}
