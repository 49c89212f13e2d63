//! tries: ends the process in a destructor of the thread
//! kata: demo
//! verdict: crash

use std::cell::RefCell;

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

thread_local! {
    static AT_THE_END: RefCell<Option<Leaves>> = const { RefCell::new(None) };
}

/// The answer.
pub fn answer() -> u32 {
    AT_THE_END.with_borrow_mut(|slot| *slot = Some(Leaves));
    42
}
