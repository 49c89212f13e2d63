//! tries: looks into the folders of other checks, which run at the same time
//! kata: demo
//! verdict: pass

use std::{env, fs};

/// The answer.
pub fn answer() -> u32 {
    for entry in fs::read_dir("@CACHE@/scratch").into_iter().flatten().flatten() {
        let own = env::current_dir().is_ok_and(|here| here.starts_with(entry.path()));
        if !own && fs::read_dir(entry.path()).is_ok() {
            panic!("ESCAPED: sees another check");
        }
    }
    42
}
