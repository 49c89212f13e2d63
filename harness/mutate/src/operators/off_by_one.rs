//! One more or one less.

use syn::{BinOp, Expr, Lit, RangeLimits};

use super::{COMMON, Operator};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "off-by-one",
    about: "is one too many or one too few",
    cap: COMMON + 2,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| match expression {
        Expr::Binary(binary) => {
            let other = match binary.op {
                BinOp::Lt(_) => "<=",
                BinOp::Le(_) => "<",
                BinOp::Gt(_) => ">=",
                BinOp::Ge(_) => ">",
                _ => return,
            };
            let operator = source.of(&binary.op);
            changes.push(Change::replace(
                range(&binary.op),
                other,
                format!("`{other}` in place of `{operator}`"),
            ));
        }
        Expr::Range(bounds) => {
            let other = match bounds.limits {
                RangeLimits::HalfOpen(_) if bounds.end.is_some() => "..=",
                RangeLimits::Closed(_) => "..",
                RangeLimits::HalfOpen(_) => return,
            };
            changes.push(Change::replace(
                range(&bounds.limits),
                other,
                format!("`{other}` at the end of a range"),
            ));
        }
        Expr::Lit(literal) => {
            let Lit::Int(number) = &literal.lit else { return };
            let Ok(value) = number.base10_parse::<u128>() else {
                return;
            };
            // One less is more telling, if there is any.
            let other = if value == 0 { 1 } else { value - 1 };
            changes.push(Change::replace(
                range(number),
                format!("{other}{}", number.suffix()),
                format!("`{other}` in place of `{value}`"),
            ));
        }
        _ => {}
    });
}
