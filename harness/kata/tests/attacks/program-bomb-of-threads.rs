//! tries: starts five thousand threads
//! kata: errand
//! verdict: process_limit

use std::thread;

fn main() {
    let threads: Vec<_> = (0..5000)
        .map_while(|_| thread::Builder::new().spawn(thread::park).ok())
        .collect();
    if threads.len() == 5000 {
        println!("ESCAPED: five thousand threads");
    }
    for thread in threads {
        let _ = thread.join();
    }
    println!("42");
}
