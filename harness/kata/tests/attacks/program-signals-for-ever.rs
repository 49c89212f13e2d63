//! tries: keeps whoever watches it too busy with signals that do nothing
//! kata: errand
//! verdict: time_limit

use std::thread;

unsafe extern "C" {
    fn getpid() -> i32;
    fn kill(process: i32, signal: i32) -> i32;
}

fn main() {
    thread::scope(|scope| {
        for _ in 0..8 {
            // SIGURG, SIGCONT
            scope.spawn(|| {
                loop {
                    unsafe { kill(getpid(), 23) };
                    unsafe { kill(getpid(), 18) };
                }
            });
        }
    });
    println!("42");
}
