//! tries: leaves a daemon in a session of its own, whose parent is gone
//! kata: errand
//! verdict: leak
//! shows: nobody has waited for one of the processes

use std::process::Command;

fn main() {
    let _ = Command::new("sh")
        .args(["-c", "setsid sleep 60 <&- >&- 2>&- & exit 0"])
        .status();
    println!("42");
}
