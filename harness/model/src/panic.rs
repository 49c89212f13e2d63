//! `std::panic`. Unwinding is counted per model thread; the panic hook is the scheduler's own, so `set_hook` and
//! `take_hook` are not here.

use std::any::Any;
#[expect(deprecated, reason = "std has it, so the facade has it")]
pub use std::panic::PanicInfo;
pub use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, RefUnwindSafe, UnwindSafe, panic_any};

use crate::engine::{active, panics};

/// [`std::panic::catch_unwind`].
///
/// # Errors
///
/// The payload, when `f` panics.
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> std::thread::Result<R> {
    if active() {
        panics::catch(f)
    } else {
        std::panic::catch_unwind(f)
    }
}

/// [`std::panic::resume_unwind`].
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    if active() {
        panics::resume(payload)
    } else {
        std::panic::resume_unwind(payload)
    }
}
