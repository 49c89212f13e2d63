//! tries: stops itself and its children
//! kata: errand
//! verdict: pass

use std::process::{self, Command};

unsafe extern "C" {
    fn kill(process: i32, signal: i32) -> i32;
}

fn main() {
    let own = i32::try_from(process::id()).unwrap();
    for _ in 0..5 {
        let mut child = Command::new("sh").args(["-c", "kill -STOP $$; kill -TSTP $$"]).spawn().unwrap();
        unsafe { kill(i32::try_from(child.id()).unwrap(), 19) };
        unsafe { kill(own, 19) };
        unsafe { kill(0, 19) };
        let _ = child.wait();
    }
    println!("42");
}
