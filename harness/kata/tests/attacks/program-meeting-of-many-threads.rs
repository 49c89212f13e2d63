//! tries: has children whose other threads still run when they end
//! kata: meeting
//! runs: 5
//! verdict: pass

use std::{env, hint, process::Command, thread};

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_some_and(|role| role == "meet") {
        let start = || Command::new(&args[0]).arg("child").spawn().unwrap();
        let mut one = start();
        // Long enough for the first to be over.
        for n in 0..20_000_000 {
            hint::black_box(n);
        }
        let mut other = start();
        let _ = (one.wait(), other.wait());
        println!("they have met");
    } else {
        for n in 0..4 {
            thread::spawn(move || {
                while n % 2 == 0 {
                    hint::spin_loop();
                }
                thread::park();
            });
        }
    }
}
