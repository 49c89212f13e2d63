//! verdict: crash
//! message: is killed by SIGABRT (signal 6)

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

/// Right, and then leaves in a destructor of the thread, which std answers by an abort.
pub fn answer() -> u32 {
    AT_THE_END.with_borrow_mut(|slot| *slot = Some(Leaves));
    42
}
