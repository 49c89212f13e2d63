//! tries: sees by a lock on a file of the system what others do
//! kata: demo
//! verdict: pass

use std::fs::{File, TryLockError};

/// The answer.
pub fn answer() -> u32 {
    if let Ok(file) = File::open("@LOCKED@")
        && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
    {
        panic!("ESCAPED: sees a lock of the host");
    }
    42
}
