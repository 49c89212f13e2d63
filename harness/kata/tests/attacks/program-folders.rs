//! tries: starts children in folders that it must not see, and goes up from where it is
//! kata: errand
//! verdict: pass

use std::process::{Command, Stdio};

fn main() {
    for folder in ["@HOME@", "@PROGRAMS@", "@CACHE@", "@SUBMISSIONS@", "/root", "/home", "/proc/1/cwd", "/proc/self/root"] {
        let listed = Command::new("ls").arg("-a").current_dir(folder).stderr(Stdio::null()).output();
        if listed.is_ok_and(|listed| listed.status.success()) {
            println!("ESCAPED: {folder}");
        }
    }
    let up = "../".repeat(100) + "etc/passwd";
    if std::fs::read(up).is_ok() {
        println!("ESCAPED: /etc/passwd");
    }
    println!("42");
}
