//! A lock is held for longer than it takes.

use syn::{Expr, Stmt};

use super::{Operator, RARE, drop_notify::signals};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{self, Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "widen-lock",
    about: "holds a lock to the end of the block, or takes it at its beginning",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        let guards = guards::of(source, block);
        for (at, statement) in block.stmts.iter().enumerate() {
            let named = guards.iter().any(|guard| guard.at == at);
            // Whoever is woken under a lock waits for it, and who has ended with a statement holds it no longer.
            let idle = block.stmts[at + 1..].iter().all(signals);
            if !named && !idle {
                hold(source, statement, changes);
            }
        }
        let first = block
            .stmts
            .first()
            .filter(|_| guards.first().is_some_and(|guard| guard.at > 0));
        if let (Some(first), Some(guard)) = (first, guards.first())
            && !guard.waited
        {
            let (bind, start) = (&block.stmts[guard.at], range(first).start);
            let moved = format!("{}\n{}", source.of(bind), source.indent(start));
            changes.push(
                Change::insert(
                    start,
                    moved,
                    format!("`{}` is locked before all else", guard.name),
                )
                .and(range(bind), ""),
            );
        }
    });
}

/// Gives a name to the guard that a statement takes and lets go of.
fn hold(source: &Source<'_>, statement: &Stmt, changes: &mut Vec<Change>) {
    let expression = match statement {
        Stmt::Expr(expression, _) => expression,
        Stmt::Local(local) => match &local.init {
            Some(init) => &init.expr,
            None => return,
        },
        _ => return,
    };
    // Those of a closure are taken when it is called, and those of a block are in a statement of their own.
    if matches!(
        expression,
        Expr::Block(_) | Expr::If(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) | Expr::Match(_)
    ) || source::any(expression, &|inner| {
        matches!(inner, Expr::Closure(_) | Expr::Async(_))
    }) {
        return;
    }
    let mut found: Option<&Expr> = None;
    let mut handed_on = false;
    source::within(expression, &mut |inner| {
        if found.is_none() && source.locks.takes_anew(inner) {
            found = Some(inner);
        }
        // Whoever is handed a guard lets go of it.
        if let Expr::MethodCall(call) = inner {
            handed_on |= call
                .args
                .iter()
                .any(|argument| source.locks.taken(argument).is_some());
        }
    });
    if let Some(lock) = found.filter(|_| !handed_on) {
        let start = range(statement).start;
        let indent = source.indent(start);
        changes.push(
            Change::insert(
                start,
                format!("let mut held = {};\n{indent}", source.of(lock)),
                "the lock of this statement is held to the end of the block",
            )
            .and(range(lock), "held"),
        );
    }
}
