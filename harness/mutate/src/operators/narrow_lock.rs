//! A lock is held for less than it takes.

use syn::{Expr, Stmt};

use super::{Operator, RARE};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{Source, blocks, range},
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
            if let Some(next) = after.get(rest)
                && !last.is_some_and(|last| drops(&after[last]))
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

/// Whether a statement is `drop(…);`.
fn drops(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::Call(call), _) = statement else {
        return false;
    };
    matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "drop"))
}
