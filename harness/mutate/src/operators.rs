//! The operators, a file each.

mod await_in_sequence;
mod drop_await;
mod drop_lock;
mod drop_notify;
mod if_for_while;
mod ignore_error;
mod join_at_once;
mod narrow_lock;
mod negate;
mod notify_one;
mod off_by_one;
mod remove_bound;
mod remove_statement;
mod run_here;
mod same_arm;
mod split_atomic;
mod split_lock;
mod swap_locks;
mod swap_statements;
mod widen_lock;

use std::fmt;

use crate::{change::Change, items::Function, source::Source};

/// A mistake, and where it can be made.
pub struct Operator {
    /// The first part of its mutants' names.
    pub name: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// How many mutants it makes of one function at most. Those of a single character would be too many else.
    pub(crate) cap: usize,
    /// Finds every place for it in a function.
    pub(crate) find: fn(&Source<'_>, &Function<'_>, &mut Vec<Change>),
}

impl fmt::Debug for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// All operators. Of two that make the same mutant, the first one has it.
pub static OPERATORS: &[Operator] = &[
    drop_lock::OPERATOR,
    split_lock::OPERATOR,
    narrow_lock::OPERATOR,
    widen_lock::OPERATOR,
    swap_locks::OPERATOR,
    split_atomic::OPERATOR,
    if_for_while::OPERATOR,
    notify_one::OPERATOR,
    drop_notify::OPERATOR,
    run_here::OPERATOR,
    join_at_once::OPERATOR,
    await_in_sequence::OPERATOR,
    drop_await::OPERATOR,
    remove_bound::OPERATOR,
    ignore_error::OPERATOR,
    same_arm::OPERATOR,
    negate::OPERATOR,
    off_by_one::OPERATOR,
    swap_statements::OPERATOR,
    remove_statement::OPERATOR,
];

/// The cap of an operator that seldom finds a place.
const RARE: usize = 8;

/// The cap of an operator that finds a place in every other line.
const COMMON: usize = 4;
