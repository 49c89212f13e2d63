//! tries: is told when somebody else opens a file of the system
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // inotify_init1, and inotify_add_watch with IN_OPEN
    let watch = unsafe { syscall(294, 0_i64) };
    if watch >= 0 && unsafe { syscall(254, watch, c"/usr/bin/env".as_ptr(), 0x20_i64) } >= 0 {
        panic!("ESCAPED: watches a file");
    }
    42
}
