//! tries: goes up the processes and reads the environment of each
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let mut process = std::os::unix::process::parent_id();
    while process > 1 {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        let text = String::from_utf8_lossy(&environment);
        if let Some(at) = text.find("KATA_PLANTED_SECRET=") {
            panic!("ESCAPED: read the environment of an ancestor: {}", &text[at..]);
        }
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1));
        process = parent.and_then(|parent| parent.parse().ok()).unwrap_or(0);
    }
    42
}
