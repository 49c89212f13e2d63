//! tries: answers for the test by whatever it has inherited
//! kata: errand
//! verdict: wrong_answer

use std::process::Command;

fn main() {
    // In a shell of its own each: one keeps descriptors for itself meanwhile.
    let script = "exec 2>/dev/null; for fd in 3 4 5 6 7 8 9; do \
        bash -c \"echo '{}' >&$fd\" && echo ESCAPED: $fd is open; done; exit 0";
    let _ = Command::new("bash").args(["-c", script]).status();
    println!("41");
}
