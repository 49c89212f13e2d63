//! `notify_one` for `notify_all`.

use syn::Expr;

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "notify-one",
    about: "wakes one where all are to be woken",
    cap: RARE,
    find,
};

fn find(_: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| {
        if let Expr::MethodCall(call) = expression
            && (call.method == "notify_all" || call.method == "notify_waiters")
        {
            changes.push(Change::replace(
                range(&call.method),
                "notify_one",
                "one is woken, and not all",
            ));
        }
    });
}
