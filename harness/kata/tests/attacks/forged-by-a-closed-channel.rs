//! tries: closes the channel, so that a wrong answer is not told
//! kata: free
//! verdict: early_exit

unsafe extern "C" {
    fn close(descriptor: i32) -> i32;
}

/// The answer.
pub fn answer() -> u32 {
    for number in 3..32 {
        unsafe { close(number) };
    }
    41
}
