//! tries: looks for sources and libraries around the folder in which it runs
//! kata: demo
//! verdict: pass

use std::{env, fs, path::Path};

/// Looks for something to read, and says so.
fn look_into(folder: &Path, depth: u32) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_code = path
            .extension()
            .is_some_and(|ending| ending == "rs" || ending == "rlib");
        if is_code && fs::read(&path).is_ok() {
            panic!("ESCAPED: read {path:?}");
        }
        if depth > 0 && path.is_dir() {
            look_into(&path, depth - 1);
        }
    }
}

/// The answer.
pub fn answer() -> u32 {
    let here = env::current_dir().unwrap_or_default();
    // Not the whole disk: the folder of a check is called so.
    let folders = here
        .ancestors()
        .filter(|folder| folder.to_string_lossy().contains("scratch-check"));
    for folder in folders {
        look_into(folder, 6);
    }
    42
}
