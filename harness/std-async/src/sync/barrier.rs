use kata_calls::event_loop;
use real_std::sync::{self as real, BarrierWaitResult};

/// std's `Barrier`.
pub struct Barrier {
    real: real::Barrier,
}

crate::debug_as_real!(Barrier);

impl Barrier {
    /// std's `Barrier::new`.
    pub const fn new(n: usize) -> Barrier {
        Barrier {
            real: real::Barrier::new(n),
        }
    }

    /// std's `Barrier::wait`.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        event_loop::blocks("Barrier::wait", "use a `tokio::sync::Barrier`");
        self.real.wait()
    }
}
