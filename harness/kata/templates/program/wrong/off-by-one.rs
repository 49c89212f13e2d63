//! Leaves out the last square.

use std::{env, process::Command, thread};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.as_slice() {
        [_, square, i] if square == "square" => {
            let i: u64 = i.parse().unwrap();
            println!("{}", i * i);
        }
        [program, n] => {
            let n: u64 = n.parse().unwrap();
            let sum: u64 = thread::scope(|scope| {
                let children: Vec<_> = (1..n)
                    .map(|i| scope.spawn(move || Command::new(program).args(["square", &i.to_string()]).output()))
                    .collect();
                let squares = children.into_iter().map(|child| child.join().unwrap().unwrap());
                squares
                    .map(|output| String::from_utf8_lossy(&output.stdout).trim().parse::<u64>().unwrap())
                    .sum()
            });
            println!("{sum}");
        }
        _ => {}
    }
}
