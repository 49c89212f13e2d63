//! The screen of `kata reset`: back to the starter, and where the learner's version is now.

use crate::{
    page::Page,
    style::{Style, Tone},
    untrusted::clean_line,
};

/// What a reset did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset<'a> {
    /// The exercise's slug.
    pub slug: &'a str,
    /// The files that are the starter's again.
    pub files: &'a [String],
    /// Where the learner's version of them is kept; `None` when it was the starter already.
    pub set_aside: Option<&'a str>,
}

/// The screen of `kata reset`.
pub fn reset(reset: &Reset<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    let slug = clean_line(reset.slug);
    let path = |path: &str| format!("    {}", style.paint(Tone::Code, &clean_line(path)));
    let Some(set_aside) = reset.set_aside else {
        page.say(2, &format!("{slug} is the starter already: nothing was changed."));
        return page.finish();
    };
    page.say(2, &format!("{slug} is the starter again:"));
    page.gap();
    for file in reset.files {
        page.line(path(file));
    }
    page.gap();
    page.say(2, "Your version is kept; copy it back if you want it again:");
    page.gap();
    page.line(path(set_aside));
    page.gap();
    page.say(
        2,
        &format!("`kata show {slug}` shows the task, `kata check {slug}` grades it."),
    );
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_learners_version_is_kept_and_the_path_is_told() {
        let files = ["exercises/gather/src/lib.rs".to_owned()];
        let mut done = Reset {
            slug: "gather",
            files: &files,
            set_aside: Some("set-aside/gather-2/src/lib.rs"),
        };
        insta::assert_snapshot!("reset_80", reset(&done, &Style::plain(80)));
        insta::assert_snapshot!("reset_120", reset(&done, &Style::plain(120)));
        done.set_aside = None;
        insta::assert_snapshot!("reset_nothing_80", reset(&done, &Style::plain(80)));
    }
}
