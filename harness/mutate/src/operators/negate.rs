//! A condition is turned round.

use syn::{BinOp, Expr, UnOp};

use super::{COMMON, Operator};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "negate",
    about: "turns a condition round",
    cap: COMMON,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| match expression {
        Expr::If(choice) => condition(source, &choice.cond, changes),
        Expr::While(ring) => condition(source, &ring.cond, changes),
        Expr::MethodCall(call) if call.method == "then" || call.method == "then_some" => {
            condition(source, &call.receiver, changes);
        }
        Expr::MethodCall(call) if call.method.to_string().contains("_while") => {
            if let Some(Expr::Closure(closure)) = call.args.last() {
                condition(source, &closure.body, changes);
            }
        }
        Expr::Binary(comparison) => match comparison.op {
            BinOp::Eq(operator) => changes.push(Change::replace(
                range(&operator),
                "!=",
                turned(source, expression),
            )),
            BinOp::Ne(operator) => changes.push(Change::replace(
                range(&operator),
                "==",
                turned(source, expression),
            )),
            _ => {}
        },
        _ => {}
    });
}

fn condition(source: &Source<'_>, condition: &Expr, changes: &mut Vec<Change>) {
    let says = turned(source, condition);
    let at = range(condition);
    changes.push(match condition {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            Change::remove(at.start..range(&*unary.expr).start, says)
        }
        // `==` is its own case, and with `let` there is no other way.
        Expr::Binary(comparison) if matches!(comparison.op, BinOp::Eq(_) | BinOp::Ne(_)) => return,
        Expr::Let(_) => return,
        Expr::Binary(both) if matches!(both.op, BinOp::And(_)) && source.mentions(condition, "let") => return,
        Expr::Paren(_) => Change::insert(at.start, "!", says),
        _ => Change::insert(at.start, "!(", says).and(at.end..at.end, ")"),
    });
}

fn turned(source: &Source<'_>, condition: &Expr) -> String {
    format!("`{}` is turned round", source.short(condition))
}
