//! What goes wrong is not told, or a panic is let through.

use syn::{Expr, Pat};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, blocks, effect, expressions, function as called, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "ignore-error",
    about: "passes over an error, or panics where one was dealt with",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for statement in &block.stmts {
            match effect(statement) {
                Some(Expr::Try(tried)) => changes.push(Change::replace(
                    range(statement),
                    format!("let _ = {};", source.of(&*tried.expr)),
                    format!("an error of `{}` is passed over", source.short(&*tried.expr)),
                )),
                Some(Expr::MethodCall(call)) if call.method == "ok" => changes.push(Change::replace(
                    range(&call.method),
                    "unwrap",
                    "it panics on an error that does not matter",
                )),
                _ => {}
            }
        }
    });
    expressions(function.body, &mut |expression| match expression {
        Expr::Match(choice) => {
            for arm in &choice.arms {
                if is_err(&arm.pat)
                    && !matches!(&arm.pat, Pat::TupleStruct(pat) if source.of(pat) == "Err(_)")
                {
                    changes.push(
                        Change::replace(range(&arm.pat), "Err(_)", "an error is passed over")
                            .and(range(&arm.body), "{}"),
                    );
                }
            }
        }
        Expr::MethodCall(call) if call.method == "unwrap_or_else" || call.method == "unwrap_or" => {
            changes.push(Change::replace(
                range(&call.method).start..range(expression).end,
                "unwrap()",
                format!("it panics where `{}` dealt with it", call.method),
            ));
        }
        Expr::Call(call) if called(expression).as_deref() == Some("catch_unwind") => {
            let Some(argument) = call.args.first() else { return };
            let job = match argument {
                Expr::Call(wrapped) if called(argument).as_deref() == Some("AssertUnwindSafe") => {
                    wrapped.args.first().unwrap_or(argument)
                }
                _ => argument,
            };
            changes.push(Change::replace(
                range(expression),
                format!("Ok(({})())", source.of(job)),
                "a panic is not caught",
            ));
        }
        _ => {}
    });
}

fn is_err(pattern: &Pat) -> bool {
    let Pat::TupleStruct(pattern) = pattern else {
        return false;
    };
    pattern.path.is_ident("Err")
}
