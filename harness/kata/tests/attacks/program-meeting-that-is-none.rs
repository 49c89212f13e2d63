//! tries: says that two have met, of which one was over before the other began
//! kata: meeting
//! verdict: wrong_answer
//! shows: alive at once

use std::{env, process::Command};

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_some_and(|role| role == "meet") {
        for _ in 0..2 {
            let _ = Command::new(&args[0]).arg("child").spawn().and_then(|mut child| child.wait());
        }
        println!("they have met");
    }
}
