//! tries: ends the process before its main begins
//! kata: free
//! verdict: early_exit

unsafe extern "C" {
    fn _exit(code: i32) -> !;
}

extern "C" fn leave() {
    unsafe { _exit(0) }
}

#[used]
#[unsafe(link_section = ".init_array")]
static FIRST: extern "C" fn() = leave;

/// The answer.
pub fn answer() -> u32 {
    42
}
