//! Reads what each child prints, and waits for none.

use std::{
    env,
    io::Read,
    process::{Command, Stdio},
};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.as_slice() {
        [_, square, i] if square == "square" => {
            let i: u64 = i.parse().unwrap();
            println!("{}", i * i);
        }
        [program, n] => {
            let children: Vec<_> = (1..=n.parse::<u64>().unwrap())
                .map(|i| {
                    let i = i.to_string();
                    Command::new(program).args(["square", &i]).stdout(Stdio::piped()).spawn().unwrap()
                })
                .collect();
            let mut sum = 0;
            for mut child in children {
                let mut text = String::new();
                child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
                sum += text.trim().parse::<u64>().unwrap();
            }
            println!("{sum}");
        }
        _ => {}
    }
}
