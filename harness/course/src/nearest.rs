//! "Did you mean": the known word nearest to an unknown one.

/// The candidate that `word` is probably a slip of: at most a third of its letters differ, in the
/// Damerau-Levenshtein distance (a swap of neighbours counts as one). Of two equally near ones, the first.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word of this length is no slip of anything, and the distance takes quadratic time.
    if word.len() > 100 {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["editable", "title", "test", "wrong", "cpu"];
        for (word, meant) in [
            ("editible", Some("editable")),
            ("tset", Some("test")),
            ("tests", Some("test")),
            ("worng", Some("wrong")),
            ("difficulty", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
