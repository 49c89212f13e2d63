//! Waits for the first before it starts the second.

use std::{env, io, process::Command};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_none_or(|role| role != "meet") {
        return Ok(());
    }
    for _ in 0..2 {
        Command::new(&args[0]).arg("child").spawn()?.wait()?;
    }
    println!("they have met");
    Ok(())
}
