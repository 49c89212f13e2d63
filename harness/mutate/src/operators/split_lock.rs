//! One critical section becomes two: what was seen in the first need not be so in the second.

use syn::{BinOp, Block, Expr, Stmt};

use super::{Operator, RARE};
use crate::{
    change::Change,
    guards::{self, Guard},
    items::Function,
    source::{self, Source, blocks, effect, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "split-lock",
    about: "gives a lock back in the middle, and takes it again",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for guard in guards::of(source, block) {
            if let Some(again) = &guard.again {
                between(source, block, &guard, again, changes);
                updates(source, block, &guard, again, changes);
            }
        }
        for statement in &block.stmts {
            unnamed_update(source, statement, changes);
        }
    });
}

fn retake(guard: &Guard, again: &str) -> String {
    let name = &guard.name;
    format!("drop({name}); let mut {name} = {again};")
}

/// Before each statement that comes after a look at what is locked, and before more of it.
fn between(source: &Source<'_>, block: &Block, guard: &Guard, again: &str, changes: &mut Vec<Change>) {
    let uses = |statement: &Stmt| source.mentions(statement, &guard.name);
    // A wait has looked already.
    let mut seen = guard.waited;
    for (at, statement) in block.stmts.iter().enumerate().skip(guard.at + 1) {
        let drops = guard.is_dropped(source, &block.stmts[at..=at]);
        if seen && !drops && block.stmts[at..].iter().any(uses) {
            let start = range(statement).start;
            let indent = source.indent(start);
            changes.push(Change::insert(
                start,
                format!("{}\n{indent}", retake(guard, again)),
                format!(
                    "the lock of `{}` is given back and taken again before this",
                    guard.name
                ),
            ));
        }
        seen |= uses(statement);
    }
}

/// In the middle of `*guard += 1`.
fn updates(source: &Source<'_>, block: &Block, guard: &Guard, again: &str, changes: &mut Vec<Change>) {
    for statement in &block.stmts[guard.at + 1..] {
        let Some((place, operator, value)) = update(source, statement) else {
            continue;
        };
        if !source.mentions(place, &guard.name) || source.mentions(value, &guard.name) {
            continue;
        }
        let (place, value) = (source.of(place), source.of(value));
        changes.push(Change::replace(
            range(statement),
            format!(
                "let before = {place}; {} {place} = before {operator} ({value});",
                retake(guard, again)
            ),
            "it is read under one lock and written under another one",
        ));
    }
}

/// In the middle of `*mutex.lock() += 1`.
fn unnamed_update(source: &Source<'_>, statement: &Stmt, changes: &mut Vec<Change>) {
    let Some((place, operator, value)) = update(source, statement) else {
        return;
    };
    if !source::any(place, &|inner| source.locks.takes_anew(inner)) {
        return;
    }
    let (place, value) = (source.of(place), source.of(value));
    changes.push(Change::replace(
        range(statement),
        format!("{{ let before = {place}; {place} = before {operator} ({value}); }}"),
        "it is read under one lock and written under another one",
    ));
}

/// The parts of `place += value;`.
fn update<'a>(source: &Source<'a>, statement: &'a Stmt) -> Option<(&'a Expr, String, &'a Expr)> {
    let Expr::Binary(binary) = effect(statement)? else {
        return None;
    };
    let operator = source.of(&binary.op).strip_suffix('=')?;
    let compares = matches!(
        binary.op,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Le(_) | BinOp::Ge(_)
    );
    (!compares).then(|| (&*binary.left, operator.to_owned(), &*binary.right))
}
