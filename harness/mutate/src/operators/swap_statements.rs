//! Two things are done in the other order.

use syn::{BinOp, Expr, Stmt};

use super::{COMMON, Operator, drop_notify::signals};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{Source, blocks, effect, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "swap-statements",
    about: "does two things in the other order",
    cap: COMMON,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        let guards = guards::of(source, block);
        for (at, pair) in block.stmts.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            // Whoever is woken has to wait for the lock, whenever that was.
            let held = guards
                .iter()
                .any(|guard| guard.at < at && !guard.is_dropped(source, &block.stmts[..at]));
            let woken = signals(one) || signals(other);
            let alike =
                (held && woken) || (signals(one) && signals(other)) || (updates(one) && updates(other));
            if acts(one) && acts(other) && !alike {
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

/// Whether a statement is `place += value;`: of two of them, either may be the first.
fn updates(statement: &Stmt) -> bool {
    match effect(statement) {
        Some(Expr::Binary(binary)) => !matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)),
        Some(Expr::Assign(assigned)) => matches!(&*assigned.right, Expr::Lit(_)),
        _ => false,
    }
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
