//! verdict: early_exit
//! message: ends its process with exit code 7 after the test

use std::cell::RefCell;

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(7);
    }
}

thread_local! {
    static AT_THE_END: RefCell<Option<Leaves>> = const { RefCell::new(None) };
}

/// Right, and then leaves in a destructor of the thread.
pub fn answer() -> u32 {
    AT_THE_END.with_borrow_mut(|slot| *slot = Some(Leaves));
    42
}
