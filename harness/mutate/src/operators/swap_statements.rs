//! Two things are done in the other order.

use syn::{Expr, Stmt};

use super::{COMMON, Operator};
use crate::{
    change::Change,
    items::Function,
    source::{Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "swap-statements",
    about: "does two things in the other order",
    cap: COMMON,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for pair in block.stmts.windows(2) {
            let [one, other] = pair else { continue };
            if acts(one) && acts(other) {
                changes.push(
                    Change::replace(
                        range(one),
                        source.of(other),
                        format!("`{}` comes before `{}`", source.short(other), source.short(one)),
                    )
                    .and(range(other), source.of(one)),
                );
            }
        }
    });
}

/// Whether a statement is there for what it does, and control comes out of its end.
fn acts(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) => false,
        Stmt::Expr(_, Some(_)) => true,
        Stmt::Expr(
            Expr::If(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Match(_) | Expr::Loop(_),
            None,
        ) => true,
        _ => false,
    }
}
