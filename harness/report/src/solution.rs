//! The screen of `kata solution`: the reference, once the exercise is passed.

use kata_untrusted::{clean, clean_line};

use crate::{
    page::{Page, by_word},
    style::{Style, Tone},
};

/// The reference solution of an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution<'a> {
    /// The learner has passed it.
    Open {
        /// The exercise's slug.
        slug: &'a str,
        /// Its title.
        title: &'a str,
        /// Its files: path and text.
        files: &'a [(String, String)],
    },
    /// Not yet.
    Locked {
        /// The exercise's slug.
        slug: &'a str,
    },
}

/// The screen of `kata solution`. The code stands at the left edge, so that it can be copied.
pub fn solution(solution: &Solution<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    match solution {
        Solution::Open { slug, title, files } => {
            let title = format!("{} · {} · the reference", clean_line(slug), clean_line(title));
            page.edges(&by_word(&title, |word| style.paint(Tone::Heading, word)), "");
            for (path, text) in *files {
                page.gap();
                page.line(style.paint(Tone::Code, &clean_line(path)));
                page.gap();
                for line in clean(text).lines() {
                    page.line(line);
                }
            }
            page.gap();
            page.say(
                0,
                "It is one way to do it: a solution of yours that passes is as good.",
            );
        }
        Solution::Locked { slug } => {
            let slug = clean_line(slug);
            page.say(
                2,
                &format!("The reference for {slug} is shown once {slug} passes."),
            );
            page.gap();
            page.say(
                2,
                &format!("`kata check {slug}` says what is missing, `kata hint {slug}` helps."),
            );
        }
    }
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn it_is_shown_after_the_pass_and_not_before() {
        let files = [(
            "solutions/gather/src/lib.rs".to_owned(),
            samples::GATHER.to_owned(),
        )];
        let open = Solution::Open {
            slug: "gather",
            title: "All at once, in order",
            files: &files,
        };
        insta::assert_snapshot!("solution_80", solution(&open, &Style::plain(80)));
        insta::assert_snapshot!("solution_120", solution(&open, &Style::plain(120)));
        let locked = Solution::Locked { slug: "gather" };
        insta::assert_snapshot!("solution_locked_80", solution(&locked, &Style::plain(80)));
    }
}
