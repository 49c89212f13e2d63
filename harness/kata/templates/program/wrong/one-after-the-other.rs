//! Waits for each child before it starts the next.

use std::{env, process::Command};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.as_slice() {
        [_, square, i] if square == "square" => {
            let i: u64 = i.parse().unwrap();
            println!("{}", i * i);
        }
        [program, n] => {
            let mut sum = 0;
            for i in 1..=n.parse::<u64>().unwrap() {
                let output = Command::new(program).args(["square", &i.to_string()]).output().unwrap();
                sum += String::from_utf8_lossy(&output.stdout).trim().parse::<u64>().unwrap();
            }
            println!("{sum}");
        }
        _ => {}
    }
}
