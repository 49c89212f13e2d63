//! tries: waits for the first while the second says more than a pipe holds
//! kata: meeting
//! verdict: pass

use std::{
    env,
    io::{Write, stdout},
    process::{Command, Stdio},
};

fn main() {
    let args: Vec<String> = env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("meet") => {
            let start = |role| {
                Command::new(&args[0])
                    .arg(role)
                    .stdout(Stdio::piped())
                    .spawn()
                    .unwrap()
            };
            let (one, other) = (start("silent"), start("talkative"));
            let one = one.wait_with_output().unwrap();
            let other = other.wait_with_output().unwrap();
            if (one.stdout.len(), other.stdout.len()) == (0, 1 << 20) {
                println!("they have met");
            }
        }
        Some("talkative") => stdout().write_all(&vec![b'x'; 1 << 20]).unwrap(),
        _ => {}
    }
}
