//! tries: has a child that has borrowed its memory, and never gives it back
//! kata: errand
//! verdict: time_limit

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
    fn pause() -> i32;
}

fn main() {
    // clone with CLONE_VFORK and SIGCHLD, which copies the memory and lets the parent wait all the same.
    let child = unsafe { syscall(56, 0x4000_i64 | 17, 0_i64, 0_i64, 0_i64, 0_i64) };
    if child == 0 {
        loop {
            unsafe { pause() };
        }
    }
    println!("42");
}
