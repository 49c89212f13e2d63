//! tries: opens all that it can, in every process that it may have
//! kata: errand
//! verdict: pass

use std::{env, fs::File, os::unix::net::UnixStream, process::Command};

fn main() {
    let args: Vec<String> = env::args().collect();
    let mut files = Vec::new();
    while files.len() < 5000
        && let Ok(file) = File::open("/dev/null")
    {
        files.push(file);
    }
    if files.len() == 5000 {
        println!("ESCAPED: has 5000 files open");
    }
    files.truncate(files.len() / 2);
    let mut pairs = Vec::new();
    while let Ok(pair) = UnixStream::pair() {
        pairs.push(pair);
    }
    drop(files);
    if args.len() == 2 {
        let start = || Command::new(&args[0]).args(["answer", "child"]).spawn();
        let children: Vec<_> = (0..8).map_while(|_| start().ok()).collect();
        for mut child in children {
            let _ = child.wait();
        }
        println!("42");
    }
}
