//! `let guard = lock` becomes `let _ = lock`: it is given back before anything is done.

use syn::{Pat, Stmt};

use super::{Operator, RARE};
use crate::{
    change::Change,
    guards,
    items::Function,
    source::{Source, blocks, range},
};

pub(super) const OPERATOR: Operator = Operator {
    name: "drop-lock",
    about: "takes a lock or a permit, and holds it for no time at all",
    cap: RARE,
    find,
};

fn find(source: &Source<'_>, function: &Function<'_>, changes: &mut Vec<Change>) {
    blocks(function.body, &mut |block| {
        for guard in guards::of(source, block) {
            let Stmt::Local(local) = &block.stmts[guard.at] else {
                continue;
            };
            let after = &block.stmts[guard.at + 1..];
            // What reads or writes through the guard would not compile without it.
            if let Pat::Ident(bound) = &local.pat
                && !after
                    .iter()
                    .any(|statement| source.mentions(statement, &guard.name))
            {
                changes.push(Change::replace(
                    range(bound),
                    "_",
                    format!("what `{}` holds is given back at once", guard.name),
                ));
            }
        }
    });
}
