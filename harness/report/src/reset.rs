//! The screen of `kata reset`: back to the starter, and where the learner's version is now.

use kata_untrusted::clean_line;

use crate::{
    page::Page,
    style::{Style, Tone},
};

/// What a reset did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset<'a> {
    /// The exercise's slug.
    pub slug: &'a str,
    /// The files that are the starter's again; empty when they were already.
    pub files: &'a [String],
    /// Where the learner's version of them is kept; empty when there was none.
    pub set_aside: &'a [String],
}

/// The screen of `kata reset`.
pub fn reset(reset: &Reset<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    let slug = clean_line(reset.slug);
    let path = |path: &str| format!("    {}", style.paint(Tone::Code, &clean_line(path)));
    if reset.files.is_empty() {
        page.say(2, &format!("{slug} is the starter already: nothing was changed."));
        return page.finish();
    }
    page.say(2, &format!("{slug} is the starter again:"));
    page.gap();
    for file in reset.files {
        page.line(path(file));
    }
    page.gap();
    if !reset.set_aside.is_empty() {
        page.say(2, "Your version is kept; copy it back if you want it again:");
        page.gap();
        for file in reset.set_aside {
            page.line(path(file));
        }
        page.gap();
    }
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
        let kept = ["set-aside/gather/2/src/lib.rs".to_owned()];
        let done = Reset {
            slug: "gather",
            files: &files,
            set_aside: &kept,
        };
        insta::assert_snapshot!("reset_80", reset(&done, &Style::plain(80)));
        insta::assert_snapshot!("reset_120", reset(&done, &Style::plain(120)));
        let unchanged = Reset {
            files: &[],
            set_aside: &[],
            ..done
        };
        insta::assert_snapshot!("reset_nothing_80", reset(&unchanged, &Style::plain(80)));
    }
}
