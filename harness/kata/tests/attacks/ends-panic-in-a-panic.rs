//! tries: panics while it panics
//! kata: demo
//! verdict: crash

struct Panics;

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("second");
    }
}

/// The answer.
pub fn answer() -> u32 {
    let _panics = Panics;
    panic!("first");
}
