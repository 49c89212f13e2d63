//! tries: leaves a daemon that starts itself again and again, to get away between two looks
//! kata: errand
//! verdict: leak

use std::process::Command;

fn main() {
    let script = "again() { ( (sleep 0.01; again) & ) ; }; (again) <&- >&- 2>&-; exit 0";
    let _ = Command::new("sh").args(["-c", script]).status();
    println!("42");
}
