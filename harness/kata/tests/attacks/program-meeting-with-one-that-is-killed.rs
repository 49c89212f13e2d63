//! tries: kills the first before it starts the second, and waits for both in the end
//! kata: meeting
//! verdict: pass

use std::{env, process::Command, thread, time::Duration};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("meet") => {
            let start = || Command::new(&args[0]).arg("child").spawn().unwrap();
            let mut one = start();
            let _ = one.kill();
            let mut other = start();
            let _ = other.kill();
            let _ = (one.wait(), other.wait());
            println!("they have met");
        }
        _ => thread::sleep(Duration::from_secs(60)),
    }
}
