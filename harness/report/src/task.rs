//! The screens that show an exercise's task: `kata next` and `kata show`.

use std::iter;

use kata_untrusted::{clean, clean_line};

use crate::{
    markdown,
    page::{Page, by_word, count},
    style::{Style, Tone},
};

/// An exercise as its learner meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The title of its track.
    pub track: &'a str,
    /// Its place in the track, from 1.
    pub number: usize,
    /// How many exercises the track has.
    pub of: usize,
    /// Its README, in Markdown.
    pub readme: &'a str,
    /// The files to edit, as the learner can open them.
    pub files: &'a [String],
    /// How many hints it has.
    pub hints: usize,
    /// Whether it is solved.
    pub solved: bool,
}

/// What there is to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// The current exercise.
    Task(Task<'a>),
    /// Nothing is left.
    AllSolved {
        /// The course's title.
        course: &'a str,
        /// How many exercises it has.
        exercises: usize,
    },
}

/// The screen of `kata next`: the current exercise, or that there is none left.
pub fn next(next: &Next<'_>, style: &Style) -> String {
    match next {
        Next::Task(task) => draw(task, style, Called::Current),
        Next::AllSolved { course, exercises } => all_solved(course, *exercises, style),
    }
}

/// The screen of `kata show SLUG`: the task of any exercise.
pub fn show(task: &Task<'_>, style: &Style) -> String {
    draw(task, style, Called::ByName)
}

/// Whether commands need the exercise's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    Current,
    ByName,
}

fn draw(task: &Task<'_>, style: &Style, called: Called) -> String {
    let mut page = Page::new(style);
    let slug = clean_line(task.slug);
    let title = format!("{slug} · {}", clean_line(task.title));
    let title = by_word(&title, |word| style.paint(Tone::Heading, word));
    let place = format!("{} · {} of {}", clean_line(task.track), task.number, task.of);
    page.edges(&title, &place);
    page.gap();
    markdown::draw(&mut page, 2, without_title(task.readme, task.title));
    page.gap();
    let name = match called {
        Called::Current => String::new(),
        Called::ByName => format!(" {slug}"),
    };
    what_to_do(&mut page, task, &name);
    page.finish()
}

fn what_to_do(page: &mut Page, task: &Task<'_>, name: &str) {
    let style = page.style();
    let mut row = |label: &str, code: &str, more: &str| {
        page.line(format!("  {label:8}{}{more}", style.paint(Tone::Code, code)));
    };
    let labels = iter::once("edit").chain(iter::repeat(""));
    for (label, file) in labels.zip(task.files) {
        row(label, &clean_line(file), "");
    }
    row("check", &format!("kata check{name}"), "");
    let solution = format!("kata solution {}", clean_line(task.slug));
    let hints = format!(" ({}, one at a time)", count(task.hints, "hint"));
    match (task.solved, task.hints) {
        (true, _) => row("solved", &solution, " to compare"),
        (false, 0) => {}
        (false, _) => row("stuck?", &format!("kata hint{name}"), &hints),
    }
}

/// The README without a first heading that only repeats the title above it.
fn without_title<'a>(readme: &'a str, title: &str) -> &'a str {
    let (first, rest) = readme.trim_start().split_once('\n').unwrap_or((readme, ""));
    let heading = first.strip_prefix("# ").unwrap_or_default().trim();
    match heading.is_empty() || !heading.to_lowercase().contains(&title.to_lowercase()) {
        true => readme,
        false => rest,
    }
}

fn all_solved(course: &str, exercises: usize, style: &Style) -> String {
    let mut page = Page::new(style);
    let course = clean(course);
    let title = by_word(&course, |word| style.paint(Tone::Heading, word));
    page.edges(
        &title,
        &style.paint(Tone::Good, &format!("{exercises} of {exercises} solved")),
    );
    page.gap();
    page.say(2, "Everything is solved: there is no next kata. Well done!");
    page.gap();
    page.say(2, "`kata solution SLUG` shows how the reference does it, `kata list` what you have done, and `kata reset SLUG` lets you do one again.");
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "\
# All at once, in order

Write `gather`: it awaits *all* futures at once.

## What to build

```rust
pub async fn gather<F>(futures: Vec<F>) -> Vec<F::Output>
```

- the results are in the order of the futures;
- no futures give no results.
";

    fn task<'a>(files: &'a [String]) -> Task<'a> {
        Task {
            slug: "gather",
            title: "All at once, in order",
            track: "Async",
            number: 2,
            of: 3,
            readme: README,
            files,
            hints: 3,
            solved: false,
        }
    }

    fn files() -> Vec<String> {
        vec!["exercises/gather/src/lib.rs".to_owned()]
    }

    #[test]
    fn next_shows_the_task_and_what_to_do() {
        let files = files();
        let task = Next::Task(task(&files));
        insta::assert_snapshot!("next_80", next(&task, &Style::plain(80)));
        insta::assert_snapshot!("next_120", next(&task, &Style::plain(120)));
    }

    #[test]
    fn next_says_when_everything_is_solved() {
        let done = Next::AllSolved {
            course: "Concurrency, kata by kata",
            exercises: 30,
        };
        insta::assert_snapshot!("all_solved_80", next(&done, &Style::plain(80)));
        insta::assert_snapshot!("all_solved_120", next(&done, &Style::plain(120)));
    }

    #[test]
    fn show_names_the_exercise_in_its_commands() {
        let files = ["src/lib.rs".to_owned(), "src/queue.rs".to_owned()];
        let solved = Task {
            solved: true,
            ..task(&files)
        };
        insta::assert_snapshot!("show_80", show(&solved, &Style::plain(80)));
        insta::assert_snapshot!("show_120", show(&solved, &Style::plain(120)));
    }

    #[test]
    fn a_heading_that_says_more_than_the_title_stays() {
        assert_eq!(without_title("# Fix the race\n\nText", "Fix the race"), "\nText");
        assert_eq!(
            without_title("# `lost-update`: Fix the race\nText", "Fix the race"),
            "Text"
        );
        assert_eq!(
            without_title("# Something else\nText", "Fix the race"),
            "# Something else\nText"
        );
        assert_eq!(without_title("", "Fix the race"), "");
    }
}
