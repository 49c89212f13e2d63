//! tries: fills the memory that is shared by name
//! kata: demo
//! verdict: pass

use std::fs;

/// The answer.
pub fn answer() -> u32 {
    let block = vec![7; 8 << 20];
    let place = |number| format!("/dev/shm/@MARK@-{number}");
    let written = (0..32)
        .take_while(|number| fs::write(place(*number), &block).is_ok())
        .count();
    (0..32).for_each(|number| drop(fs::remove_file(place(number))));
    if written == 32 {
        panic!("ESCAPED: held a quarter of a gigabyte in /dev/shm");
    }
    42
}
