//! tries: reads the disk itself, past all permissions
//! kata: demo
//! verdict: pass

use std::{
    fs::{self, File},
    os::unix::fs::FileTypeExt,
};

/// The answer.
pub fn answer() -> u32 {
    for entry in fs::read_dir("/dev").into_iter().flatten().flatten() {
        let is_disk = entry.file_type().is_ok_and(|kind| kind.is_block_device());
        if is_disk && File::open(entry.path()).is_ok() {
            panic!("ESCAPED: opened {:?}", entry.path());
        }
    }
    42
}
