//! tries: finds the secret of the run in memory, and answers with it, by nothing but the hole in lifetimes
//! beyond: this one works; docs/threat-model.md says what to do about it
//! kata: demo
//! verdict: pass

use std::{fs::File, io::Write, mem::ManuallyDrop, os::fd::OwnedFd};

/// Thirty-two digits that stand alone, below what is new on the heap.
fn nonce() -> Option<String> {
    let own = Box::new([0_u8; 64]);
    let end = &raw const *own as usize;
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    for back in 1..2048 {
        let from = (end & !0xf) - back * 16;
        let bytes: &'static [u8] = transmute((from, 33_usize));
        if bytes[..32].iter().all(is_digit) && !is_digit(&bytes[32]) {
            return Some(String::from_utf8_lossy(&bytes[..32]).into_owned());
        }
    }
    None
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
