//! tries: kills every process that it can
//! kata: errand
//! verdict: pass

unsafe extern "C" {
    fn kill(process: i32, signal: i32) -> i32;
}

fn main() {
    // All but itself, and the first of its namespace. The canary tells whether somebody was reached.
    let reached = unsafe { kill(@CANARY@, 0) };
    unsafe { kill(-1, 9) };
    if reached == 0 {
        println!("ESCAPED: can signal processes of the host");
    }
    println!("42");
}
