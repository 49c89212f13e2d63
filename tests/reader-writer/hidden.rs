//! What a `Gate` must do. Nearly all is run under every schedule of the threads. Who comes before whom is no question of
//! time: the gate says itself when a writer waits, and from then on nobody may pass it.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread::{self, ScopedJoinHandle};

use kata_test::prelude::*;
use reader_writer::Gate;

fn ended<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().expect("to go in and out does not panic")
}

/// What lies behind the gate: it knows who is there.
struct Room {
    gate: Gate,
    /// How many readers, or a writer if it is negative.
    there: AtomicI32,
}

impl Room {
    fn new() -> Self {
        Self {
            gate: Gate::new(),
            there: AtomicI32::new(0),
        }
    }

    /// Goes in to read, and out again; whether there was no writer.
    fn read(&self) -> bool {
        let _reading = self.gate.read();
        let before = self.there.fetch_add(1, Ordering::SeqCst);
        self.there.fetch_sub(1, Ordering::SeqCst);
        before >= 0
    }

    /// Goes in to write, and out again; whether there was nobody else.
    fn write(&self) -> bool {
        let _writing = self.gate.write();
        let before = self.there.fetch_sub(1_000, Ordering::SeqCst);
        self.there.fetch_add(1_000, Ordering::SeqCst);
        before == 0
    }
}

#[kata_test::test]
fn one_after_the_other() {
    let gate = Gate::new();
    let waiting = |when| check_eq!(gate.writers_waiting(), 0, "writers that wait, {when}");
    waiting("at a new gate");
    let one = gate.read();
    let other = gate.read();
    waiting("with two readers inside");
    drop(one);
    drop(other);
    let writing = gate.write();
    waiting("with a writer inside");
    drop(writing);
    drop(gate.write());
    drop(gate.read());
    waiting("after all have left");
}

#[kata_test::test]
fn readers_meet_inside() {
    let gate = Gate::new();
    // Nobody gets on before both are inside.
    let both_inside = Barrier::new(2);
    let read = || {
        let _reading = gate.read();
        both_inside.wait();
    };
    thread::scope(|scope| {
        let other = scope.spawn(read);
        read();
        ended(other);
    });
    check_eq!(
        gate.writers_waiting(),
        0,
        "writers that wait, after two readers met inside"
    );
}

#[kata_test::test]
fn a_writer_is_alone() {
    let room = Room::new();
    thread::scope(|scope| {
        let reader = scope.spawn(|| room.read());
        let writer = scope.spawn(|| room.write());
        check!(room.write(), "a writer was inside, and somebody else as well");
        check!(ended(writer), "a writer was inside, and somebody else as well");
        check!(ended(reader), "a reader was inside, and a writer as well");
    });
}

#[kata_test::test]
fn a_writer_waits_for_the_last_reader() {
    let gate = Gate::new();
    let nobody_reads = AtomicBool::new(false);
    let (one, other) = (gate.read(), gate.read());
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let _writing = gate.write();
            nobody_reads.load(Ordering::SeqCst)
        });
        drop(one);
        nobody_reads.store(true, Ordering::SeqCst);
        drop(other);
        check!(
            ended(writer),
            "one of two readers had left, and a writer went in to the other"
        );
    });
}

#[kata_test::test]
fn whoever_waits_is_woken() {
    let gate = Gate::new();
    thread::scope(|scope| {
        let one = scope.spawn(|| drop(gate.read()));
        let other = scope.spawn(|| drop(gate.read()));
        drop(gate.write());
        ended(one);
        ended(other);
    });
    check_eq!(
        gate.writers_waiting(),
        0,
        "writers that wait, after two readers and a writer"
    );
}

#[kata_test::test]
fn nobody_passes_a_waiting_writer() {
    let gate = Gate::new();
    let written = AtomicBool::new(false);
    let reading = gate.read();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let _writing = gate.write();
            written.store(true, Ordering::SeqCst);
        });
        let reader = scope.spawn(|| {
            let came_later = gate.writers_waiting() > 0;
            let _reading = gate.read();
            !came_later || written.load(Ordering::SeqCst)
        });
        drop(reading);
        check!(
            ended(reader),
            "a reader came while a writer waited, and went in before it"
        );
        ended(writer);
    });
}

#[kata_test::test]
fn writers_first_then_readers_together() {
    let gate = Gate::new();
    // Under `cargo test` threads are real, and nothing is measured.
    let ideal = measure(|| work(1)).work > 0;
    let writers_wait = Barrier::new(4);
    let reading = gate.read();
    thread::scope(|scope| {
        let readers = [(); 3].map(|()| {
            scope.spawn(|| {
                writers_wait.wait();
                let _reading = gate.read();
                let still_waiting = gate.writers_waiting();
                work(100);
                still_waiting
            })
        });
        let writers = [(); 2].map(|()| {
            scope.spawn(|| {
                let _writing = gate.write();
                work(100);
            })
        });
        if ideal {
            // Both writers are behind in their work, so they go first, as far as they get.
            work(1);
        } else {
            while gate.writers_waiting() < 2 {
                thread::yield_now();
            }
        }
        let waiting = gate.writers_waiting();
        let measured = measure(|| {
            writers_wait.wait();
            drop(reading);
            for writer in writers {
                ended(writer);
            }
            readers.map(ended)
        });
        check_eq!(
            waiting,
            2,
            "writers that wait, of two who came while a reader was inside"
        );
        check_eq!(
            measured.value,
            [0; 3],
            "writers that still wait, of two, when each of three readers is inside who came after them"
        );
        measured.check_parallelism(1.6, "two writers and then three readers inside, 100 units each");
    });
}

#[kata_test::test]
fn a_panic_lets_the_next_one_in() {
    let gate = Gate::new();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let _writing = gate.write();
            panic!("the pen is empty");
        });
        drop(gate.read());
        check!(writer.join().is_err(), "the panic of a writer inside was lost");
        let reader = scope.spawn(|| {
            let _reading = gate.read();
            panic!("the glasses are broken");
        });
        drop(gate.write());
        check!(reader.join().is_err(), "the panic of a reader inside was lost");
    });
}
