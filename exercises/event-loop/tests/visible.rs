//! Tests to run while you work: `cargo test -p event-loop`. `kata check` runs more.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use event_loop::{Clock, EventLoop};

/// A clock that need not wait.
#[derive(Clone, Default)]
struct Jumps(Rc<Cell<Duration>>);

impl Clock for Jumps {
    fn now(&self) -> Duration {
        self.0.get()
    }

    fn sleep_until(&self, moment: Option<Duration>) {
        self.0.set(moment.expect("something is due"));
    }
}

#[test]
fn timers_fire_in_order() {
    let tasks = EventLoop::new(Jumps::default());
    let order = Rc::new(RefCell::new(Vec::new()));
    for seconds in [3, 1, 2] {
        let (tasks, order) = (tasks.clone(), Rc::clone(&order));
        tasks.clone().spawn(async move {
            tasks.sleep(Duration::from_secs(seconds)).await;
            order.borrow_mut().push(seconds);
        });
    }
    tasks.run();
    assert_eq!(*order.borrow(), [1, 2, 3]);
}
