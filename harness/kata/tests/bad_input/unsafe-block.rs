//! verdict: rejected
//! message: this exercise is to be solved without `unsafe`

/// Takes a short cut.
pub fn answer() -> u32 {
    unsafe { *std::ptr::null::<u32>() }
}
