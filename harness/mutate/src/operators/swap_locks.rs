//! Two locks in the other order.

use super::{Operator, RARE};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "swap-locks",
    about: "takes two locks in the other order",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for pair in guards::of(source, block).windows(2) {
            let [first, second] = pair else { continue };
            if first.waited || second.waited {
                continue;
            }
            let says = format!("`{}` is locked before `{}`", second.name, first.name);
            let (first, second) = (&block.stmts[first.at], &block.stmts[second.at]);
            changes.push(
                Change::replace(range(first), source.of(second), says).and(range(second), source.of(first)),
            );
        }
    });
}
