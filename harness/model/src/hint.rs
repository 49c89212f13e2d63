//! `std::hint`, with a `spin_loop` that lets other threads run.

pub use std::hint::{assert_unchecked, black_box, cold_path, select_unpredictable, unreachable_unchecked};

/// [`std::hint::spin_loop`]: in an exploration, a point of choice.
#[track_caller]
pub fn spin_loop() {
    if crate::engine::active() {
        crate::thread::give_way("spin_loop", std::panic::Location::caller());
    } else {
        std::hint::spin_loop();
    }
}
