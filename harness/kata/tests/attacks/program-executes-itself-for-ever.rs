//! tries: executes itself, from another thread, for ever
//! kata: errand
//! verdict: time_limit

use std::{env, os::unix::process::CommandExt, process::Command, thread};

fn main() {
    let own = env::args().next().unwrap();
    let _ = thread::spawn(move || Command::new(own).arg("answer").exec()).join();
    println!("42");
}
