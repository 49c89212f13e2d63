//! `.await` is left out.

use syn::Expr;

use super::{Operator, RARE};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "drop-await",
    about: "makes a future and does not await it",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| {
        if let Expr::Await(awaited) = expression {
            changes.push(Change::remove(
                range(&*awaited.base).end..range(expression).end,
                format!("`{}` is not awaited", source.short(&*awaited.base)),
            ));
        }
    });
}
