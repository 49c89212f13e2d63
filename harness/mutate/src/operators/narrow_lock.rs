//! A lock is held for less than it takes.

use syn::{Expr, Stmt};

use super::{Operator, RARE, drop_notify::signals};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{self, Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "narrow-lock",
    about: "gives a lock back early, or takes it late",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for guard in guards::of(source, block) {
            let uses = |statement: &Stmt| source.mentions(statement, &guard.name);
            let (bind, after) = (&block.stmts[guard.at], &block.stmts[guard.at + 1..]);
            let last = after.iter().rposition(uses);
            let rest = last.map_or(0, |last| last + 1);
            // With a value in hand, or nobody left but to be woken, the lock makes no difference.
            let acts = |statement: &Stmt| !signals(statement) && !is_value(statement);
            if let Some(next) = after.get(rest)
                && !guard.is_dropped(source, after)
                && after[rest..].iter().any(acts)
            {
                let start = range(next).start;
                let indent = source.indent(start);
                changes.push(Change::insert(
                    start,
                    format!("drop({});\n{indent}", guard.name),
                    format!("`{}` is dropped before this", guard.name),
                ));
            }
            // The statement behind goes before, out of the lock.
            if let Some(next) = after.first()
                && !uses(next)
                && !matches!(next, Stmt::Expr(_, None))
                && !guards::of(source, block)
                    .iter()
                    .any(|other| other.at == guard.at + 1)
            {
                changes.push(
                    Change::replace(
                        range(bind),
                        source.of(next),
                        "this is done before the lock is taken",
                    )
                    .and(range(next), source.of(bind)),
                );
            }
        }
    });
}

/// Whether a statement is the value of its block, and calls nothing.
fn is_value(statement: &Stmt) -> bool {
    let Stmt::Expr(expression, None) = statement else {
        return false;
    };
    // `Ok(…)` only puts something together.
    let calls = |inner: &Expr| match inner {
        Expr::Call(_) => source::function(inner).is_none_or(|name| !name.starts_with(char::is_uppercase)),
        Expr::MethodCall(_) | Expr::Macro(_) | Expr::Await(_) => true,
        _ => false,
    };
    !source::any(expression, &calls)
}
