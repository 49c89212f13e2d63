//! Tests that explore the orders of tasks, through the real binary.

use serde_json::{Value, json};

use crate::fixture::Fixture;

fn graded(arguments: &[&str]) -> Value {
    let fixture = Fixture::with_course("tasks_course");
    fixture.json(&[&["check", "account", "--no-cache"], arguments].concat())
}

fn test<'a>(report: &'a Value, name: &str) -> &'a Value {
    let tests = report["tests"].as_array().unwrap();
    tests.iter().find(|test| test["name"] == name).unwrap()
}

#[test]
fn what_holds_in_every_order_is_proved() {
    let report = graded(&["--solution"]);
    assert_eq!(report["verdict"], "pass", "{report:#}");
    assert_eq!(test(&report, "nobody_overdraws")["proof"]["kind"], "orders");
}

#[test]
fn a_check_before_an_await_and_an_act_behind_it_overdraw() {
    let report = graded(&["--wrong", "check-then-act"]);
    let found = test(&report, "nobody_overdraws");
    assert_eq!(found["verdict"], "wrong_answer", "{report:#}");
    let waits: Vec<_> = found["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| &turn["at"][0]["line"])
        .collect();
    assert_eq!(waits[..2], [&json!(27), &json!(27)], "{found:#}");
}

#[test]
fn what_fails_in_some_orders_only_is_a_race_with_its_turns() {
    let report = graded(&["--wrong", "fees-at-once"]);
    let found = test(&report, "fees_are_taken_in_turn");
    assert_eq!(found["verdict"], "race", "{report:#}");
    let turns = found["turns"].as_array().unwrap();
    let tasks: Vec<_> = turns.iter().map(|turn| turn["task"].as_u64().unwrap()).collect();
    assert_eq!(tasks, [0, 2, 1, 2, 0, 1, 0], "{found:#}");
    assert_eq!(turns[1]["spawned"], 38, "{found:#}");
    assert_eq!(
        turns[1]["at"],
        json!([{"file": "exercises/account/src/lib.rs", "line": 28, "column": 39}])
    );
    assert_eq!(graded(&["--wrong", "fees-at-once"])["tests"], report["tests"]);
}

#[test]
fn a_lock_that_is_taken_twice_stops_everything_where_it_is_taken() {
    let report = graded(&["--wrong", "lock-twice"]);
    let found = test(&report, "nobody_overdraws");
    assert_eq!(found["verdict"], "deadlock", "{report:#}");
    let last = found["turns"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["until"], &last["at"][0]["line"]),
        (&json!("waits"), &json!(29))
    );
}

#[test]
fn what_would_go_past_the_turns_is_not_let_in() {
    let fixture = Fixture::with_course("tasks_course");
    let solution = std::fs::read_to_string(fixture.course().join("solutions/account/src/lib.rs")).unwrap();
    let with = |more: &str| {
        fixture.submit("account", format!("{solution}\n{more}\n"));
        fixture.json(&["check", "account"])
    };
    for (more, verdict, words) in [
        (
            "pub static N: std::sync::Mutex<u32> = std::sync::Mutex::new(0);",
            "rejected",
            "carry over",
        ),
        (
            "pub fn f() { std::thread::spawn(|| ()); }",
            "rejected",
            "out of sight",
        ),
        (
            "pub fn f() { tokio::runtime::Handle::current().spawn(async {}); }",
            "compile_error",
            "runtime",
        ),
        (
            "pub async fn f() { tokio::select! { () = async {} => {} } }",
            "compile_error",
            "biased",
        ),
    ] {
        let report = with(more);
        assert_eq!(report["verdict"], verdict, "{more}: {report:#}");
        assert!(
            report["diagnostics"].to_string().contains(words),
            "{more}: {report:#}"
        );
    }
    assert_eq!(
        with("pub async fn f() { tokio::select! { biased; () = async {} => {} } }")["verdict"],
        "pass"
    );
}
