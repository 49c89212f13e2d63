//! tries: gives children as many arguments as there is room for, and more
//! kata: errand
//! verdict: pass

use std::process::Command;

fn main() {
    for (count, length) in [(20, 100_000), (1_000, 100_000), (200_000, 1), (1, 1 << 24)] {
        let words = vec!["x".repeat(length); count];
        let _ = Command::new("true").args(&words).status();
        let _ = Command::new("true").env("WORD", words.concat()).status();
    }
    println!("42");
}
