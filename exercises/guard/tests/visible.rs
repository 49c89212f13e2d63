//! Tests to run while you work: `cargo test -p guard`. `kata check` runs more.

use std::panic::{self, AssertUnwindSafe};

use guard::{Stock, Workshop};

const STOCK: Stock = Stock {
    boards: 10,
    screws: 40,
};

#[test]
fn a_bench_is_given_back_at_the_end_of_its_scope() {
    let workshop = Workshop::new(2, STOCK);
    {
        let _bench = workshop.take_bench();
        assert_eq!(workshop.free_benches(), 1);
    }
    assert_eq!(workshop.free_benches(), 2);
}

#[test]
fn a_bench_is_given_back_early() {
    let workshop = Workshop::new(2, STOCK);
    workshop.take_bench().leave();
    assert_eq!(workshop.free_benches(), 2);
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let workshop = Workshop::new(2, STOCK);
    let failed = workshop.change_stock(|stock| -> Result<(), &str> {
        stock.boards -= 1;
        Err("out of glue")
    });
    assert_eq!(failed, Err("out of glue"));
    assert_eq!(workshop.stock(), STOCK);
}

#[test]
fn a_panic_gives_the_bench_back() {
    let workshop = Workshop::new(2, STOCK);
    let panicked = panic::catch_unwind(AssertUnwindSafe(|| {
        let _bench = workshop.take_bench();
        panic!("the saw is stuck");
    }));
    assert!(panicked.is_err());
    assert_eq!(workshop.free_benches(), 2);
}
