//! tries: has three children, one of which is to be overlooked
//! kata: meeting
//! verdict: wrong_answer
//! shows: how many processes it starts

use std::{env, process::Command};

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_some_and(|role| role == "meet") {
        let start = |role| Command::new(&args[0]).arg(role).spawn().unwrap();
        let hidden = Command::new("setsid").args([&args[0], "child"]).spawn();
        let (mut one, mut other) = (start("child"), start("child"));
        let _ = (one.wait(), other.wait());
        let _ = hidden.and_then(|mut hidden| hidden.wait());
        println!("they have met");
    }
}
