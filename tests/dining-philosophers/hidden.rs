//! What a `Table` must do, under every schedule of the philosophers who sit at it.

use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::{self, JoinHandle};

use dining_philosophers::Table;
use kata_test::prelude::*;

/// A philosopher: a thread that dines once, and tells how often it ate.
fn philosopher(table: &Arc<Table>, seat: usize, eat: impl Fn() + Send + 'static) -> JoinHandle<u32> {
    comes_later(table, seat, || (), eat)
}

/// A philosopher who does something else before.
fn comes_later(
    table: &Arc<Table>,
    seat: usize,
    before: impl Fn() + Send + 'static,
    eat: impl Fn() + Send + 'static,
) -> JoinHandle<u32> {
    let table = Arc::clone(table);
    let philosopher = thread::Builder::new().name(format!("seat {seat}"));
    let dines = philosopher.spawn(move || {
        before();
        let mut eaten = 0;
        table.dine(seat, || {
            eat();
            eaten += 1;
        });
        eaten
    });
    dines.expect("there is room for five threads")
}

/// Waits until they have dined; how often each of them ate.
fn meals(philosophers: Vec<JoinHandle<u32>>) -> Vec<u32> {
    let meals = philosophers.into_iter().map(JoinHandle::join);
    meals
        .map(|eaten| eaten.unwrap_or_else(|panicked| panic::resume_unwind(panicked)))
        .collect()
}

/// A table where everybody dines once; how often each of them ate.
fn all_dine(seats: usize) -> Vec<u32> {
    let table = Arc::new(Table::new(seats));
    meals((0..seats).map(|seat| philosopher(&table, seat, || ())).collect())
}

#[kata_test::test]
fn one_after_the_other() {
    for seats in [2, 5] {
        let table = Table::new(seats);
        let mut eaten = Vec::new();
        for seat in (0..seats).chain(0..seats) {
            table.dine(seat, || eaten.push(seat));
        }
        let twice: Vec<_> = (0..seats).chain(0..seats).collect();
        check_eq!(
            eaten,
            twice,
            "who ate, at a table of {seats} where one dines at a time"
        );
    }
}

#[kata_test::test]
fn two_share_both_forks() {
    check_eq!(all_dine(2), [1, 1], "meals of the two at a table for two");
}

#[kata_test::test]
fn neighbours_do_not_eat_together() {
    let table = Arc::new(Table::new(5));
    let eating: Arc<Vec<_>> = Arc::new((0..5).map(|_| AtomicBool::new(false)).collect());
    let together = Arc::new(AtomicBool::new(false));
    let eat = |seat: usize| {
        let (eating, together) = (Arc::clone(&eating), Arc::clone(&together));
        move || {
            eating[seat].store(true, Ordering::SeqCst);
            for neighbour in [(seat + 4) % 5, (seat + 1) % 5] {
                if eating[neighbour].load(Ordering::SeqCst) {
                    together.store(true, Ordering::SeqCst);
                }
            }
            eating[seat].store(false, Ordering::SeqCst);
        }
    };
    let all = [4, 0, 1].map(|seat| philosopher(&table, seat, eat(seat)));
    check_eq!(
        meals(all.into()),
        [1, 1, 1],
        "meals at the seats 4, 0 and 1 of five"
    );
    check!(
        !together.load(Ordering::SeqCst),
        "two neighbours ate at the same time, at the seats 4, 0 and 1 of five"
    );
}

#[kata_test::test]
fn five_all_eat() {
    check_eq!(all_dine(5), [1; 5], "meals of five who each dine once");
}

#[kata_test::test]
fn two_eat_at_once() {
    let table = Arc::new(Table::new(5));
    let both_eat = Arc::new(Barrier::new(2));
    let all = [0, 2].map(|seat| {
        let both_eat = Arc::clone(&both_eat);
        philosopher(&table, seat, move || {
            both_eat.wait();
        })
    });
    check_eq!(
        meals(all.into()),
        [1, 1],
        "meals at the seats 0 and 2 of five, where neither gets up before both eat"
    );
}

#[kata_test::test]
fn nobody_waits_for_strangers() {
    let table = Arc::new(Table::new(5));
    let both_eat = Arc::new(Barrier::new(2));
    let stranger = Arc::clone(&both_eat);
    let all = vec![
        philosopher(&table, 0, move || {
            both_eat.wait();
        }),
        // Hungry next to seat 0, and no neighbour of seat 3.
        philosopher(&table, 1, || ()),
        philosopher(&table, 3, move || {
            stranger.wait();
        }),
    ];
    check_eq!(
        meals(all),
        [1, 1, 1],
        "meals at the seats 0, 1 and 3 of five, where 0 does not get up before 3 eats"
    );
}

/// Seats 0 and 2 want to eat while 1 and 3 do. Once 1 has got up, nobody sits next to 0, and 3 stays until 0 eats.
#[kata_test::test]
fn whoever_can_eat_is_woken() {
    let table = Arc::new(Table::new(5));
    let hungry = Arc::new(Barrier::new(3));
    let both_eat = Arc::new(Barrier::new(2));
    let wait = |barrier: &Arc<Barrier>| {
        let barrier = Arc::clone(barrier);
        move || {
            barrier.wait();
        }
    };
    let all = vec![
        philosopher(&table, 1, wait(&hungry)),
        philosopher(&table, 3, wait(&both_eat)),
        comes_later(&table, 0, wait(&hungry), wait(&both_eat)),
        comes_later(&table, 2, wait(&hungry), || ()),
    ];
    check_eq!(
        meals(all),
        [1; 4],
        "meals at the seats 1, 3, 0 and 2 of five, where 0 and 2 come when 1 eats, and 3 does not get up before 0 eats"
    );
}
