//! tries: types into the terminal of whoever grades
//! kata: free
//! verdict: pass

use std::{fs::File, os::fd::AsRawFd};

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    if let Ok(terminal) = File::open("/dev/tty") {
        // ioctl with TIOCSTI
        let letter = b'x';
        let typed = unsafe { syscall(16, terminal.as_raw_fd(), 0x5412_i64, &raw const letter) };
        if typed == 0 {
            panic!("ESCAPED: typed into the terminal");
        }
    }
    42
}
