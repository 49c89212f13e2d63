//! Threads that are started one by one, each when the one before has been joined: `collect` is left out, and
//! iterators are lazy.

use syn::{Expr, Pat, Stmt};

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{self, Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "join-at-once",
    about: "joins each thread before the next one is started",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for statement in &block.stmts {
            let Stmt::Local(local) = statement else { continue };
            let Some(init) = &local.init else { continue };
            let Expr::MethodCall(call) = &*init.expr else {
                continue;
            };
            if call.method != "collect" || !starts(source, &call.receiver) {
                continue;
            }
            let end = range(&*call.receiver).end..range(&*init.expr).end;
            let change = Change::remove(end, "each thread is started when it is about to be joined");
            changes.push(match &local.pat {
                Pat::Type(typed) => change.and(range(&typed.pat).end..range(&typed.ty).end, ""),
                _ => change,
            });
        }
    });
}

fn starts(source: &Source<'_>, expression: &Expr) -> bool {
    source::any(expression, &|inner| source.mentions(inner, "spawn"))
}
