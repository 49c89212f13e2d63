//! What a `CarPark` must do. The tests with threads are run under every schedule of them, so they are small: a
//! car park for thousands has no other races than one for two.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use atomic_counter::CarPark;
use kata_test::prelude::*;

/// A car park in which so many cars are parked.
fn parked(places: u32, cars: u32) -> Arc<CarPark> {
    let park = CarPark::new(places);
    for _ in 0..cars {
        check!(park.enter(), "a car was turned away from a park with free places");
    }
    Arc::new(park)
}

/// Lets a car in on a thread of its own.
fn enter(park: &Arc<CarPark>) -> JoinHandle<bool> {
    let park = Arc::clone(park);
    thread::spawn(move || park.enter())
}

/// How many of the cars were let in.
fn let_in<const N: usize>(cars: [JoinHandle<bool>; N]) -> usize {
    let let_in = cars.map(|car| car.join().expect("enter does not panic"));
    let_in.iter().filter(|is_in| **is_in).count()
}

#[kata_test::test]
fn cars_come_and_go() {
    let park = CarPark::new(3);
    check_eq!((park.cars(), park.peak()), (0, 0), "cars and peak at first");
    check!(
        park.enter() && park.enter(),
        "one of two cars was turned away from a park for 3"
    );
    check_eq!((park.cars(), park.peak()), (2, 2), "cars and peak when two came");
    park.leave();
    park.leave();
    check_eq!((park.cars(), park.peak()), (0, 2), "cars and peak when two left");
    check!(park.enter(), "a car was turned away from an empty park for 3");
    check_eq!((park.cars(), park.peak()), (1, 2), "cars and peak when one came");

    let other = CarPark::new(3);
    check_eq!((other.cars(), other.peak()), (0, 0), "cars and peak elsewhere");
}

#[kata_test::test]
fn a_full_park_lets_nobody_in() {
    let park = CarPark::new(1);
    check!(park.enter(), "the first car was turned away from a park for 1");
    check!(!park.enter(), "a second car was let into a park for 1");
    check_eq!(
        (park.cars(), park.peak()),
        (1, 1),
        "cars and peak when the second was turned away"
    );
    park.leave();
    check!(
        park.enter(),
        "the only car left a park for 1, and the next was turned away"
    );
    check!(
        !CarPark::new(0).enter(),
        "a car was let into a park without places"
    );
}

#[kata_test::test]
fn no_car_is_lost() {
    let park = parked(4, 1);
    let second = enter(&park);
    park.leave();
    check!(
        park.enter(),
        "a car was turned away, with at most one other in a park for 4"
    );
    check_eq!(let_in([second]), 1, "cars let in at the other barrier, of one");
    check_eq!(park.cars(), 2, "cars in when one of three left");
}

#[kata_test::test]
fn the_last_place_is_given_once() {
    let park = parked(2, 1);
    let cars = [enter(&park), enter(&park)];
    let seen = park.cars();
    check!(seen <= 2, "{seen} cars were seen in a park for 2");
    check_eq!(let_in(cars), 1, "cars let in, of two that wanted the last place");
    check_eq!(park.cars(), 2, "cars in when two had wanted the last of 2 places");
}

#[kata_test::test]
fn a_free_place_is_given() {
    let park = parked(1, 1);
    let other = enter(&park);
    park.leave();
    let mine = usize::from(park.enter());
    check_eq!(
        mine + let_in([other]),
        1,
        "cars let in, of two that wanted the place of one that had left"
    );
    check_eq!(park.cars(), 1, "cars in when two had wanted the only place");
}

#[kata_test::test]
fn three_cars_come_at_two_barriers() {
    let park = parked(3, 0);
    let one = enter(&park);
    let two = [park.enter(), park.enter()];
    check_eq!(
        two,
        [true, true],
        "two cars at one barrier, and room for all three"
    );
    check_eq!(let_in([one]), 1, "cars let in at the other barrier, of one");
    check_eq!(park.cars(), 3, "cars in when three came at two barriers");
}

#[kata_test::test]
fn the_peak_is_kept() {
    let park = parked(3, 0);
    let other = enter(&park);
    park.enter();
    let seen = park.cars();
    park.leave();
    let_in([other]);
    let peak = park.peak();
    check!(
        peak >= seen,
        "the peak is {peak}, and {seen} were seen in the park at once"
    );

    let full = parked(2, 2);
    let leaving = {
        let full = Arc::clone(&full);
        thread::spawn(move || full.leave())
    };
    check_eq!(full.peak(), 2, "the peak while one of two leaves");
    leaving.join().expect("leave does not panic");
}

#[kata_test::test]
fn the_peak_was_there() {
    let park = parked(3, 1);
    let second = enter(&park);
    park.leave();
    let (peak, cars) = (park.peak(), park.cars());
    check!(
        cars == 1 || peak == 1,
        "the only car left; the peak was {peak} then, and no car was in after that"
    );
    let_in([second]);
}
