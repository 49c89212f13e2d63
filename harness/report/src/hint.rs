//! The screen of `kata hint`: one more hint at each call.

use kata_untrusted::clean_line;

use crate::{
    markdown,
    page::{Page, count},
    style::{Style, Tone},
};

/// The hints of an exercise, and how far the learner is with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints<'a> {
    /// The exercise's slug.
    pub slug: &'a str,
    /// All its hints, in Markdown.
    pub all: &'a [String],
    /// How many of them the learner had seen before this call.
    pub seen: usize,
}

/// The next hint; once there is none left, all of them again.
pub fn hint(hints: &Hints<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    let of = hints.all.len();
    let slug = clean_line(hints.slug);
    if let Some(next) = hints.all.get(hints.seen) {
        one(&mut page, hints, hints.seen, next);
        page.gap();
        let next_step = match of - hints.seen - 1 {
            0 => format!("That was the last hint. `kata check {slug}` says what still fails."),
            more => format!("`kata hint {slug}` again for the next ({more} left)"),
        };
        page.say(2, &next_step);
        return page.finish();
    }
    for (at, text) in hints.all.iter().enumerate() {
        page.gap();
        one(&mut page, hints, at, text);
    }
    page.gap();
    no_more(&mut page, hints);
    page.finish()
}

/// `gather · hint 2 of 3`, and its text.
fn one(page: &mut Page, hints: &Hints<'_>, at: usize, text: &str) {
    let title = format!(
        "{} · hint {} of {}",
        clean_line(hints.slug),
        at + 1,
        hints.all.len()
    );
    page.text(0, Tone::Heading, &title);
    page.gap();
    markdown::draw(page, 2, text);
}

fn no_more(page: &mut Page, hints: &Hints<'_>) {
    let slug = clean_line(hints.slug);
    let none_left = match hints.all.len() {
        0 => format!("{slug} has no hints."),
        1 => "There is no other hint.".to_owned(),
        of => format!("These are all {}.", count(of, "hint")),
    };
    page.say(2, &none_left);
    page.say(2, &format!("`kata show {slug}` shows the task again, `kata check {slug}` what still fails: its first ✗ is the place to begin."));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seen: usize, width: usize) -> String {
        let all = [
            "What is a future before someone polls it?".to_owned(),
            "`for future in futures { future.await }` waits for one after the other. Something has to poll *all* of them each time it is polled itself; look at `std::future::poll_fn`.".to_owned(),
            "Pin each future:\n\n```rust\nlet mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();\n```".to_owned(),
        ];
        let hints = Hints {
            slug: "gather",
            all: &all,
            seen,
        };
        hint(&hints, &Style::plain(width))
    }

    #[test]
    fn each_call_shows_one_more() {
        insta::assert_snapshot!("hint_2_80", at(1, 80));
        insta::assert_snapshot!("hint_2_120", at(1, 120));
        insta::assert_snapshot!("hint_3_80", at(2, 80));
    }

    #[test]
    fn after_the_last_they_are_all_shown_again() {
        insta::assert_snapshot!("hints_again_80", at(3, 80));
        assert_eq!(at(3, 80), at(99, 80));
    }

    #[test]
    fn an_exercise_may_have_none() {
        let none = Hints {
            slug: "gather",
            all: &[],
            seen: 0,
        };
        insta::assert_snapshot!("no_hints_80", hint(&none, &Style::plain(80)));
    }
}
