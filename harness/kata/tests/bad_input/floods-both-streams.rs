//! verdict: output_limit
//! message: prints more than 256 KiB

/// Floods both streams at once: which one is full first is luck.
pub fn answer() -> u32 {
    let other = std::thread::spawn(|| {
        loop {
            eprintln!("and so on, and so on, and so on");
        }
    });
    while !other.is_finished() {
        println!("and so on, and so on, and so on");
    }
    42
}
