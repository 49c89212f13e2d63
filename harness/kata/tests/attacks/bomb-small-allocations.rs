//! tries: asks for four gigabytes, a little at a time
//! kata: demo
//! verdict: memory_limit

/// The answer.
pub fn answer() -> u32 {
    let mut held: Vec<Box<[u8; 4096]>> = Vec::new();
    while held.len() < 1 << 20 {
        held.push(Box::new([1; 4096]));
    }
    panic!("ESCAPED: holds four gigabytes");
}
