//! tries: leaves folders that nobody may enter, with something in them
//! kata: demo
//! verdict: pass

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

/// The answer.
pub fn answer() -> u32 {
    for (name, mode) in [("shut", 0), ("no-way-in", 0o600), ("read-only", 0o555)] {
        let _ = fs::create_dir(name).and_then(|()| fs::write(format!("{name}/file"), "x"));
        let _ = fs::set_permissions(name, Permissions::from_mode(mode));
    }
    42
}
