//! A statement is left out.

use syn::{Expr, Stmt};

use super::{Operator, RARE, drop_notify::signals};
use crate::{
    change::Change,
    guards::dropped,
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
        for (at, statement) in block.stmts.iter().enumerate() {
            // At its end, a block drops what it has.
            let ends = at + 1 == block.stmts.len() && dropped(statement).is_some_and(is_own);
            if !acts(statement) || signals(statement) || ends {
                continue;
            }
            changes.push(Change::remove(
                range(statement),
                format!("`{}` is left out", source.short(statement)),
            ));
        }
    });
}

/// Whether it is a variable, or only takes something out of one.
fn is_own(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) => true,
        Expr::MethodCall(call) => {
            (call.method == "expect" || call.method == "unwrap") && is_own(&call.receiver)
        }
        _ => false,
    }
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
