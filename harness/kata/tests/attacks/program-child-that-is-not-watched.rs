//! tries: starts a process of which nobody who watches is told
//! kata: errand
//! verdict: pass

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
    fn _exit(code: i32) -> !;
    fn waitpid(process: i32, status: *mut i32, options: i32) -> i32;
}

const CLONE: i64 = 56;
const CLONE_UNTRACED: i64 = 0x0080_0000;
const SIGCHLD: i64 = 17;

fn main() {
    match unsafe { syscall(CLONE, CLONE_UNTRACED | SIGCHLD, 0_i64, 0_i64, 0_i64, 0_i64) } {
        0 => unsafe { _exit(0) },
        child if child > 0 => {
            unsafe { waitpid(i32::try_from(child).unwrap(), std::ptr::null_mut(), 0) };
            println!("ESCAPED: a child that nobody sees");
        }
        _ => {}
    }
    println!("42");
}
