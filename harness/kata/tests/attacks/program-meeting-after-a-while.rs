//! tries: starts the second a while after the first, and waits for that while in another way each time
//! kata: meeting
//! runs: 3
//! verdict: pass

use std::{
    env,
    process::{Command, Stdio},
    sync::{Condvar, Mutex, mpsc},
    thread,
    time::Duration,
};

const WHILE: Duration = Duration::from_millis(60);

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.get(1).is_some_and(|role| role == "meet") {
        let start = || Command::new(&args[0]).arg("child").stdin(Stdio::null()).spawn().unwrap();
        let mut one = start();
        let (_sender, receiver) = mpsc::channel::<()>();
        let _ = receiver.recv_timeout(WHILE);
        thread::park_timeout(WHILE);
        let (lock, condition) = (Mutex::new(()), Condvar::new());
        drop(condition.wait_timeout(lock.lock().unwrap(), WHILE));
        thread::sleep(WHILE);
        let mut other = start();
        let _ = (one.wait(), other.wait());
        println!("they have met");
    }
}
