//! A statement is left out.

use syn::{Expr, Stmt};

use super::{Operator, RARE, drop_notify::signals};
use crate::{
    change::Change,
    items::Function,
    source::{Source, blocks, effect, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "remove-statement",
    about: "leaves out something that is done",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for statement in block
            .stmts
            .iter()
            .filter(|statement| acts(statement) && !signals(statement))
        {
            changes.push(Change::remove(
                range(statement),
                format!("`{}` is left out", source.short(statement)),
            ));
        }
    });
}

/// Whether a statement calls something or sets something, and its value is not used.
fn acts(statement: &Stmt) -> bool {
    let called = |expression: &Expr| {
        matches!(
            expression,
            Expr::Call(_)
                | Expr::MethodCall(_)
                | Expr::Try(_)
                | Expr::Await(_)
                | Expr::Assign(_)
                | Expr::Binary(_)
        )
    };
    effect(statement).is_some_and(called)
}
