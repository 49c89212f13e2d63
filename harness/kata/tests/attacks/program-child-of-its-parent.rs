//! tries: gives a child to whoever started it
//! kata: errand
//! verdict: leak

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
    fn _exit(code: i32) -> !;
}

const CLONE: i64 = 56;
const CLONE_PARENT: i64 = 0x0000_8000;
const SIGCHLD: i64 = 17;

fn main() {
    if unsafe { syscall(CLONE, CLONE_PARENT | SIGCHLD, 0_i64, 0_i64, 0_i64, 0_i64) } == 0 {
        unsafe { _exit(0) };
    }
    println!("42");
}
