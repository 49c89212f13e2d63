//! tries: looks for sources and libraries around the folder in which it runs
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    let here = env::current_dir().unwrap_or_default();
    for folder in here.ancestors().skip(1).take(2) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let source = path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "rlib");
            if source && fs::read(&path).is_ok() {
                panic!("ESCAPED: read {path:?}");
            }
        }
    }
    42
}
