//! A crate that compiles only where what it calls `std` is the facade, by whatever road a submission comes there.
//!
//! The facade is linked with it once more, as `kata_std`, and each function asks the compiler whether two types are one.

extern crate std as explicit;

use std as other;
use std::cell::Cell;
use std::sync::Mutex;
use ::std::sync::{RwLock, atomic::AtomicU8};

/// By a declaration, a path, another name.
pub fn mutexes(mutex: Mutex<u8>) -> [kata_std::sync::Mutex<u8>; 4] {
    let named: std::sync::Mutex<u8> = mutex;
    let global: ::std::sync::Mutex<u8> = named;
    let renamed: other::sync::Mutex<u8> = global;
    let explicit: explicit::sync::Mutex<u8> = renamed;
    [explicit, std::default::Default::default(), ::std::sync::Mutex::new(1), Mutex::new(2)]
}

/// In a module, which sees nothing of what its parent imports.
pub mod inner {
    use std::sync::Condvar;
    use ::std::sync::mpsc;

    pub fn condvar(condvar: Condvar) -> kata_std::sync::Condvar {
        condvar
    }

    pub fn sender(sender: mpsc::Sender<u8>) -> kata_std::sync::mpsc::Sender<u8> {
        sender
    }

    pub fn handle(handle: std::thread::JoinHandle<u8>) -> kata_std::thread::JoinHandle<u8> {
        handle
    }

    thread_local! {
        static KEY: std::cell::Cell<u8> = std::cell::Cell::new(1);
    }

    pub fn key() -> &'static kata_std::thread::LocalKey<std::cell::Cell<u8>> {
        &KEY
    }
}

/// Through `core`, which has the atomics too.
pub fn atomics(atomic: AtomicU8) -> [kata_std::sync::atomic::AtomicU8; 3] {
    let of_core: core::sync::atomic::AtomicU8 = atomic;
    let global: ::core::sync::atomic::AtomicU8 = of_core;
    [global, AtomicU8::new(1), std::sync::atomic::AtomicU8::new(2)]
}

macro_rules! lock_of {
    ($t:ty) => {
        ::std::sync::RwLock<$t>
    };
}

macro_rules! tokens {
    ($($token:tt)*) => {
        $($token)*
    };
}

/// Inside macros, and in what they are given.
pub fn in_macros(lock: lock_of!(u8)) -> kata_std::sync::RwLock<u8> {
    let same: RwLock<u8> = lock;
    let given: tokens!(std::sync::RwLock<u8>) = same;
    println!("{}", std::any::type_name_of_val(&vec![std::time::Instant::now()]));
    given
}

thread_local! {
    static BARE: Cell<u8> = const { Cell::new(1) };
}

std::thread_local! {
    static NAMED: Cell<u8> = Cell::new(2);
}

/// The one macro of the prelude that is not std's own.
pub fn keys() -> [&'static kata_std::thread::LocalKey<Cell<u8>>; 3] {
    [&BARE, &NAMED, inner::key()]
}

/// Time, which does not pass in an exploration.
pub fn time(instant: std::time::Instant) -> kata_std::time::Instant {
    instant
}
