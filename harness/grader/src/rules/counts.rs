//! Whether a submission looks at the reference counts of an `Arc`.
//!
//! The facade's `Arc` is the real one, so its counts are no operation that the explorer sees: two schedules that
//! differ only in who drops last are one to it. Where the submission can tell them apart, nothing is proved.

use crate::tokens::Tokens;

/// Functions whose result depends on the counts, whatever they are called on.
const ALWAYS: [&str; 6] = [
    "make_mut",
    "strong_count",
    "try_unwrap",
    "unwrap_or_clone",
    "upgrade",
    "weak_count",
];

/// Functions that other types have as well, so that only `Arc::name` counts.
const OF_ARC: [&str; 2] = ["get_mut", "into_inner"];

/// Whether the file names one of them.
pub(super) fn looked_at(tokens: &Tokens) -> bool {
    tokens.words().any(|(at, word)| {
        let of_arc = || at >= 3 && tokens.punctuation_before(at, "::") && tokens.word(at - 3) == Some("Arc");
        ALWAYS.contains(&word) || (OF_ARC.contains(&word) && of_arc())
    })
}
