//! Add up squares, each of which is worked out by a process of its own.

use std::{
    env,
    process::{Child, Command, Stdio},
};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.as_slice() {
        [_, square, i] if square == "square" => {
            let i: u64 = i.parse().expect("a number");
            println!("{}", i * i);
        }
        [program, n] => println!("{}", sum(program, n.parse().expect("a number"))),
        _ => eprintln!("a number is needed"),
    }
}

fn sum(program: &str, n: u64) -> u64 {
    // All are started before the first is waited for.
    let children: Vec<Child> = (1..=n).map(|i| start(program, i)).collect();
    children.into_iter().map(square).sum()
}

fn start(program: &str, i: u64) -> Child {
    Command::new(program)
        .args(["square", &i.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it can be started again")
}

fn square(child: Child) -> u64 {
    let output = child.wait_with_output().expect("it can be waited for");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("it prints a number")
}
