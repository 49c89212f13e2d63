//! Tasks of an event loop, in every order that they can run.
//!
//! Between two `.await`s a task of an event loop runs alone. What differs from run to run is who goes on first where several
//! can: that is a choice here, and [`explore`] makes each of them. The tasks stay an event loop's own (tokio's, say), with its timers,
//! its locks and its channels. Each task is wrapped in a [`gated`], which lets it be polled when its turn has come, and the
//! scenario in a [`Root`], which gives the turns:
//!
//! 1. A gate that is polled out of turn says that its task could go on, and no more.
//! 2. When the loop's own queue is empty, every task that could go on has said so. One of them gets the turn.
//! 3. When none could, nobody has the turn, the loop is idle, and its clock may move.
//!
//! The event loop must run on one thread, poll everything in its queue before it polls the root again, and not move its clock while
//! anything is woken. Tokio's current-thread runtime does so with a paused clock and an endless `event_interval`.
//!
//! A task that wakes itself (by `yield_now`, say) lets those go first that could go on at that time: else two tasks that wait for each
//! other in loops would run for ever.
//!
//! The search is a plain one: what two tasks share is ordinary memory, which nobody watches, so no two steps are known to commute.
//! Where a search is bounded, it is by *delays*: how often somebody goes before one who was woken earlier (Emmi, Qadeer and
//! Rakamarić, "Delay-Bounded Scheduling", POPL 2011). Without any, it is the order of tokio's own queue.

mod gate;
mod root;
mod search;
mod stack;
mod turns;
mod waker;

pub use gate::{Gated, exploring, gated};
pub use root::Root;
pub use search::{Config, Failure, Proof, Report, explore};
pub use stack::Stack;
pub use turns::{Step, TaskInfo, Until};
