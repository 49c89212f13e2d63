//! Mutants: a right solution in, slightly wrong ones out.
//!
//! Each operator ([`OPERATORS`]) knows one mistake that people make in concurrent programs, and makes it wherever
//! the source has a place for it. What hidden tests are worth is seen by how many of these mutants they catch.
//!
//! Mutants are edits of the text, so all that is not mutated stays as it is, byte for byte. Some of them do not compile
//! (no types are known here), and some are no mistake at all: the first are found by compiling, the others by people.
//!
//! ```
//! let source = "use std::sync::atomic::{AtomicU32, Ordering};
//!
//! pub fn enter(cars: &AtomicU32) {
//!     cars.fetch_add(1, Ordering::Relaxed);
//! }
//! ";
//! let made = kata_mutate::mutants(source, "").unwrap();
//! let split = made.mutants.iter().find(|mutant| mutant.name == "split-atomic:enter:1").unwrap();
//! assert!(split.text.contains("cars.store(before + (1)"));
//! assert!(split.diff.contains("-    cars.fetch_add(1, Ordering::Relaxed);"));
//! ```

mod change;
mod guards;
mod items;
mod locks;
mod operators;
mod source;

use std::collections::{HashMap, HashSet};

use similar::TextDiff;

use change::Change;
use locks::Locks;
use source::Source;

pub use operators::{OPERATORS, Operator};

/// A source that has one mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The operator, the item and a number, such as `split-lock:Account::withdraw:1`. What is changed in other items
    /// does not change it.
    pub name: String,
    /// What the mistake is, in a sentence without its end.
    pub says: String,
    /// The line of the original where it begins, from 1.
    pub line: usize,
    /// The whole source with the mistake.
    pub text: String,
    /// The difference, as `diff -u` has it, without the names of files.
    pub diff: String,
}

/// The mutants of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mutants {
    /// By item in the order of the source, by operator in each.
    pub mutants: Vec<Mutant>,
    /// How many more there would be, if no operator had a cap for an item.
    pub left_out: usize,
}

/// A source of which no mutants can be made.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Unreadable {
    /// Where, from 1.
    pub line: usize,
    /// What the parser says.
    pub message: String,
}

/// All mutants of a source. `module` stands before the path of each item: the module that the source is, with `::` behind it,
/// and nothing for the root of a crate.
///
/// # Errors
///
/// When it is no Rust.
pub fn mutants(text: &str, module: &str) -> Result<Mutants, Unreadable> {
    let file = syn::parse_file(text).map_err(|error| Unreadable {
        line: error.span().start().line,
        message: error.to_string(),
    })?;
    let source = Source {
        text,
        locks: Locks::of(&file),
    };
    let mut made = Mutants::default();
    let mut numbers = HashMap::new();
    // What two operators make alike is made once, and what changes nothing is no mutant.
    let mut texts = HashSet::from([text.to_owned()]);
    for item in items::of(&file, module) {
        for operator in OPERATORS {
            let mut changes = Vec::new();
            (operator.find)(&source, &item, &mut changes);
            changes.sort_by_key(Change::start);
            let number = numbers
                .entry((operator.name, item.path.clone()))
                .or_insert(0_usize);
            for change in changes {
                // It has its number whether it is made or not, so that no other one gets it some day.
                *number += 1;
                let mutated = change.apply(text);
                if texts.contains(&mutated) {
                    continue;
                }
                if *number > operator.cap {
                    made.left_out += 1;
                    continue;
                }
                texts.insert(mutated.clone());
                made.mutants.push(Mutant {
                    name: format!("{}:{}:{number}", operator.name, item.path),
                    line: line(text, change.start()),
                    says: change.says,
                    diff: TextDiff::from_lines(text, &mutated)
                        .unified_diff()
                        .context_radius(3)
                        .to_string(),
                    text: mutated,
                });
            }
        }
    }
    Ok(made)
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests;
