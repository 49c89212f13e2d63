//! Add up squares, each of which is worked out by a process of its own.

use std::env;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let n: u64 = args[0].parse().expect("a number");
    println!("{}", (1..=n).map(|i| i * i).sum::<u64>());
}
