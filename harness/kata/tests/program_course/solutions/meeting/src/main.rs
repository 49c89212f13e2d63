//! Has two children that meet.

use std::{env, io, process::Command};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_none_or(|role| role != "meet") {
        return Ok(());
    }
    let start = || Command::new(&args[0]).arg("child").spawn();
    let (mut one, mut other) = (start()?, start()?);
    one.wait()?;
    other.wait()?;
    println!("they have met");
    Ok(())
}
