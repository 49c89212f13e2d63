//! tries: holds memory in files without names
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    // memfd_create and write: none of them is too large.
    let block = vec![7_u8; 15 << 20];
    let mut held = 0;
    while held < 32 {
        let file = unsafe { syscall(319, c"held".as_ptr(), 0_i64) };
        if file < 0 || unsafe { syscall(1, file, block.as_ptr(), block.len()) } <= 0 {
            break;
        }
        held += 1;
    }
    if held == 32 {
        panic!("ESCAPED: holds memory in files without names");
    }
    42
}
