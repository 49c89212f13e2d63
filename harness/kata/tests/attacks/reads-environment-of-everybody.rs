//! tries: reads the environment of every process that it sees
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let text = String::from_utf8_lossy(&environment);
        if let Some(at) = text.find("KATA_PLANTED_SECRET=") {
            panic!(
                "ESCAPED: read the environment of {:?}: {}",
                entry.path(),
                &text[at..]
            );
        }
    }
    42
}
