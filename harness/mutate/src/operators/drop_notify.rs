//! Nobody is told.

use syn::Stmt;

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, blocks, effect, method, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "drop-notify",
    about: "wakes nobody",
    cap: RARE,
    find,
};

const SIGNALS: [&str; 7] = [
    "notify_one",
    "notify_all",
    "notify_waiters",
    "notify_last",
    "wake",
    "wake_by_ref",
    "unpark",
];

/// Whether a statement does nothing but wake somebody.
pub(super) fn signals(statement: &Stmt) -> bool {
    let called = effect(statement).and_then(method);
    called.is_some_and(|name| SIGNALS.contains(&&*name))
}

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for statement in block.stmts.iter().filter(|statement| signals(statement)) {
            changes.push(Change::remove(
                range(statement),
                format!("`{}` is left out", source.short(statement)),
            ));
        }
    });
}
