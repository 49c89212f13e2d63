//! tries: gives a file that everybody may run as its owner to root
//! kata: demo
//! verdict: pass

use std::{fs::{self, Permissions}, os::unix::fs::{MetadataExt, PermissionsExt}};

/// The answer.
pub fn answer() -> u32 {
    let file = "tool";
    let made = fs::copy("/bin/true", file).and_then(|_| fs::set_permissions(file, Permissions::from_mode(0o4755)));
    if made.is_ok() && fs::metadata(file).is_ok_and(|known| known.uid() == 0 && known.mode() & 0o4000 != 0) {
        panic!("ESCAPED: made a program that runs as root for everybody");
    }
    42
}
