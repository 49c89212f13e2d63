//! verdict: rejected
//! message: a submission may not use `include_str!`

/// Looks up the answer.
pub fn answer() -> u32 {
    include_str!("../../../tests/demo/hidden.rs").len() as u32
}
