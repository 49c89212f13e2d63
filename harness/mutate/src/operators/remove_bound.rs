//! A bound, or one of several conditions, is left out.

use syn::{BinOp, Expr, Stmt};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, blocks, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "remove-bound",
    about: "leaves out a bound, a check or one of several conditions",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| match expression {
        Expr::Binary(both) if matches!(both.op, BinOp::And(_) | BinOp::Or(_)) => {
            let (left, right) = (range(&*both.left), range(&*both.right));
            let leave_out = |part: &Expr| format!("the condition `{}` is left out", source.short(part));
            changes.push(Change::remove(left.start..right.start, leave_out(&both.left)));
            changes.push(Change::remove(left.end..right.end, leave_out(&both.right)));
        }
        Expr::MethodCall(call) => {
            let bounds = matches!(
                &*call.method.to_string(),
                "min" | "max" | "clamp" | "take" | "fuse"
            ) && (call.args.is_empty() == (call.method == "fuse"));
            // `Option::take` is no bound.
            if bounds {
                let end = range(&*call.receiver).end..range(expression).end;
                let bound = source.text[end.clone()].trim();
                let says = format!("`{bound}` is left out");
                changes.push(Change::remove(end, says));
            }
        }
        Expr::Call(call) => {
            let path = source.of(&*call.func);
            if let Some(argument) = call.args.first()
                && (path == "Semaphore::new" || path.ends_with("::Semaphore::new"))
            {
                changes.push(Change::replace(
                    range(argument),
                    "usize::MAX >> 3",
                    "there are permits for everybody",
                ));
            }
        }
        _ => {}
    });
    blocks(function.body, &mut |block| {
        for statement in &block.stmts {
            if let Stmt::Expr(Expr::If(check), _) = statement
                && check.else_branch.is_none()
                && check.then_branch.stmts.last().is_some_and(leaves)
            {
                changes.push(Change::remove(
                    range(statement),
                    format!("the check `{}` is left out", source.short(&*check.cond)),
                ));
            }
        }
    });
}

/// Whether control does not come out of the end of a statement.
fn leaves(statement: &Stmt) -> bool {
    let Stmt::Expr(expression, _) = statement else {
        return false;
    };
    matches!(expression, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}
