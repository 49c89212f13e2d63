//! tries: a process that starts another one, and so on, a thousand deep
//! kata: errand
//! verdict: process_limit

use std::{env, process::Command};

fn main() {
    let args: Vec<String> = env::args().collect();
    let depth = args.get(2).map_or(0, |depth| depth.parse().unwrap());
    if depth < 1000 {
        let _ = Command::new(&args[0])
            .args(["answer".to_owned(), (depth + 1).to_string()])
            .status();
    } else {
        println!("ESCAPED: a thousand generations");
    }
    println!("42");
}
