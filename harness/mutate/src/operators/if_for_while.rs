//! `if` in place of `while` around a wait: whoever wakes does not look again.

use syn::{Expr, ExprWhile};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{self, Source, expressions, method, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "if-for-while",
    about: "looks once where a wait has to be followed by another look",
    cap: RARE,
    find,
};

const WAITS: [&str; 11] = [
    "wait",
    "wait_timeout",
    "recv",
    "recv_timeout",
    "notified",
    "changed",
    "park",
    "park_timeout",
    "acquire",
    "yield_now",
    "join_next",
];

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| match expression {
        Expr::While(ring) if waits(ring) => changes.push(Change::replace(
            range(&ring.while_token),
            "if",
            "after the wait nobody looks again",
        )),
        Expr::MethodCall(call) => {
            let arguments: Vec<&str> = call.args.iter().map(|argument| source.of(argument)).collect();
            let condvar = source.of(&*call.receiver);
            let once = match (&*call.method.to_string(), &*arguments) {
                ("wait_while", [held, must_wait]) if condvar != "self" => {
                    once(held, must_wait, &format!("{condvar}.wait(held)"), "Ok(held)")
                }
                ("wait_timeout_while", [held, limit, must_wait]) => once(
                    held,
                    must_wait,
                    &format!("{condvar}.wait_timeout(held, {limit})"),
                    &format!("{condvar}.wait_timeout(held, ::std::time::Duration::ZERO)"),
                ),
                _ => return,
            };
            changes.push(Change::replace(
                range(expression),
                once,
                "it waits once, and does not look again",
            ));
        }
        _ => {}
    });
}

/// A wait behind an `if`. The condition goes through a function, from which the compiler knows the type of its argument.
fn once(held: &str, must_wait: &str, wait: &str, else_: &str) -> String {
    format!(
        "({{ fn look<T>(held: &mut T, mut must_wait: impl FnMut(&mut T) -> bool) -> bool {{ must_wait(held) }} \
         let mut held = {held}; if look(&mut *held, {must_wait}) {{ {wait} }} else {{ {else_} }} }})"
    )
}

fn waits(ring: &ExprWhile) -> bool {
    let is_wait = |inner: &Expr| {
        let called = method(inner).or_else(|| source::function(inner));
        called.is_some_and(|name| WAITS.contains(&&*name))
    };
    let mut found = source::any(&ring.cond, &is_wait);
    expressions(&ring.body, &mut |inner| found |= is_wait(inner));
    found
}
