//! tries: types into the terminal of whoever grades
//! kata: free
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// The answer.
pub fn answer() -> u32 {
    let letter = b'x';
    let typed = unsafe { syscall(16, 0_i64, 0x5412_i64, &raw const letter) };
    if typed == 0 {
        panic!("ESCAPED: types into the terminal of whoever grades");
    }
    42
}
