//! Two arms of a `match` do the same.

use syn::Expr;

use super::{COMMON, Operator};
use crate::{
    change::Change,
    items::Function,
    source::{Source, expressions, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "same-arm",
    about: "does in one case what is to be done in another",
    cap: COMMON,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    expressions(function.body, &mut |expression| {
        let Expr::Match(choice) = expression else { return };
        for pair in choice.arms.windows(2) {
            let [one, other] = pair else { continue };
            for (to, from) in [(one, other), (other, one)] {
                // A block needs no comma behind it, and what takes its place may.
                let comma = if to.comma.is_none() { "," } else { "" };
                changes.push(Change::replace(
                    range(&to.body),
                    format!("{}{comma}", source.of(&*from.body)),
                    format!(
                        "in the case `{}` it does what is right for `{}`",
                        source.short(&to.pat),
                        source.short(&from.pat)
                    ),
                ));
            }
        }
    });
}
