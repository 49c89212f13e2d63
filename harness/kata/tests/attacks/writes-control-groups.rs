//! tries: makes a control group without limits
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    for place in ["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/pids"] {
        let group = format!("{place}/@MARK@");
        if fs::create_dir(&group).is_ok() {
            let _ = fs::remove_dir(&group);
            panic!("ESCAPED: made {group}");
        }
    }
    42
}
