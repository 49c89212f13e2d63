//! tries: looks into /proc for itself, for whoever started it, and for everybody
//! kata: errand
//! verdict: pass

use std::{fs, os::unix::process::parent_id};

fn main() {
    let processes = ["self".to_owned(), "thread-self".to_owned(), "1".to_owned(), parent_id().to_string()];
    for process in processes {
        for file in ["maps", "mem", "environ", "cmdline", "fd", "root/etc/passwd", "cwd", "status", "syscall"] {
            let place = format!("/proc/{process}/{file}");
            if fs::read(&place).is_ok() || fs::read_dir(&place).is_ok() {
                println!("ESCAPED: {place}");
            }
        }
    }
    if fs::read_dir("/proc").is_ok_and(|mut entries| entries.next().is_some()) {
        println!("ESCAPED: /proc has something in it");
    }
    println!("42");
}
