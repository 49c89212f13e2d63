//! tries: mounts a file system of its own
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let _ = std::fs::create_dir("mounted");
    let place = c"mounted".as_ptr();
    let mounted = unsafe { syscall(165, c"none".as_ptr(), place, c"tmpfs".as_ptr(), 0_i64, 0_i64) };
    unsafe { syscall(166, place, 2_i64) };
    if mounted == 0 {
        panic!("ESCAPED: mounts a file system of its own");
    }
    42
}
