//! tries: has itself traced by somebody else, traces a child, and lets go of its tracer
//! kata: errand
//! verdict: pass

use std::process::Command;

// The numbers are those of x86-64.
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

const PTRACE: i64 = 101;

fn main() {
    let mut child = Command::new("sleep").arg("60").spawn().unwrap();
    let other = i64::from(child.id());
    // TRACEME; ATTACH, SEIZE and INTERRUPT a child; DETACH itself
    for (request, process) in [(0, 0), (16, other), (0x4206, other), (0x4207, other), (17, 0)] {
        if unsafe { syscall(PTRACE, request, process, 0_i64, 0_i64) } == 0 {
            println!("ESCAPED: request {request:#x} is granted");
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    println!("42");
}
