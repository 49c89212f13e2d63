//! tries: keeps whoever watches its threads too busy to look at the time
//! kata: errand
//! verdict: time_limit

use std::thread;

fn main() {
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let _ = thread::spawn(|| ()).join();
                }
            });
        }
    });
    println!("42");
}
