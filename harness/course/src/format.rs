//! Format 1 of `course.toml`, as data: its tables, and what each key holds.
//!
//! The reader goes by these tables, so a key that is not in here is a fault, and a reference made from them
//! cannot disagree with the program.

/// The number that `format` must hold.
pub const FORMAT: i64 = 1;

/// One table of the file.
#[derive(Debug)]
pub struct Table {
    /// How it is opened, such as `[[exercise]]`.
    pub header: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What it holds, in the order in which it is best written.
    pub keys: &'static [Key],
}

/// One key of a [`Table`].
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// A line of TOML that sets it.
    pub example: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// What the value of a [`Key`] looks like.
#[derive(Debug)]
pub enum Shape {
    /// Text in quotes.
    Text,
    /// A whole number.
    Number,
    /// Text with a number and `ms`, `s` or `min`.
    Duration,
    /// Text with a number and `KiB`, `MiB` or `GiB`.
    Size,
    /// A list of texts.
    Texts,
    /// One table.
    Table(&'static Table),
    /// A table for each entry.
    Tables(&'static Table),
}

impl Shape {
    /// The table that the key opens, if it opens one.
    pub fn table(&self) -> Option<&'static Table> {
        match self {
            Shape::Table(table) | Shape::Tables(table) => Some(table),
            Shape::Text | Shape::Number | Shape::Duration | Shape::Size | Shape::Texts => None,
        }
    }
}

const fn required(name: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Key {
    Key {
        name,
        shape,
        required: true,
        example,
        about,
    }
}

const fn optional(name: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Key {
    Key {
        name,
        shape,
        required: false,
        example,
        about,
    }
}

/// The whole file.
pub static COURSE_TOML: Table = Table {
    header: "course.toml",
    about: "A course: its tracks and its exercises.",
    keys: &[
        required(
            "format",
            Shape::Number,
            "format = 1",
            "The format of this file: 1.",
        ),
        required("course", Shape::Table(&COURSE), "[course]", "The course itself."),
        optional(
            "limits",
            Shape::Table(&LIMITS),
            "[limits]",
            "What the process of a test may use, for every test of the course that sets nothing else.",
        ),
        optional(
            "caps",
            Shape::Table(&CAPS),
            "[caps]",
            "How far schedules are searched, for every test of the course that sets nothing else.",
        ),
        required(
            "track",
            Shape::Tables(&TRACK),
            "[[track]]",
            "The tracks, in the order in which they are shown.",
        ),
        optional(
            "exercise",
            Shape::Tables(&EXERCISE),
            "[[exercise]]",
            "The exercises, in the order in which they are done; `kata course new` adds one, the first as well.",
        ),
    ],
};

/// `[course]`
pub static COURSE: Table = Table {
    header: "[course]",
    about: "The course itself.",
    keys: &[
        required(
            "id",
            Shape::Text,
            r#"id = "concurrency""#,
            "A stable name: lower-case letters, digits and `-`.",
        ),
        required(
            "title",
            Shape::Text,
            r#"title = "Concurrency, kata by kata""#,
            "The name for people.",
        ),
        required(
            "edition",
            Shape::Text,
            r#"edition = "2024""#,
            "The edition of Rust that submissions are compiled with: `2021` or `2024`.",
        ),
    ],
};

/// `[limits]`, `[exercise.limits]` and `limits = { … }` of a test
pub static LIMITS: Table = Table {
    header: "limits = { … }",
    about: "What the process of one test may use. A test's own limits win over its exercise's, those over \
            the course's, and those over the built-in ones.",
    keys: &[
        optional(
            "cpu",
            Shape::Duration,
            r#"cpu = "10s""#,
            "Processor time, all threads and children together. Built in: 10s.",
        ),
        optional(
            "wall",
            Shape::Duration,
            r#"wall = "20s""#,
            "Real time from start to end, which stops what waits for ever. Built in: 20s.",
        ),
        optional(
            "memory",
            Shape::Size,
            r#"memory = "512MiB""#,
            "Memory held at once. Built in: 512MiB.",
        ),
        optional(
            "processes",
            Shape::Number,
            "processes = 64",
            "Processes and threads alive at once. Built in: 64.",
        ),
        optional(
            "output",
            Shape::Size,
            r#"output = "256KiB""#,
            "How much is kept of each output stream. Built in: 256KiB.",
        ),
    ],
};

/// `[caps]`, `[exercise.caps]` and `caps = { … }` of a test
pub static CAPS: Table = Table {
    header: "caps = { … }",
    about: "How far the schedules of a test's threads are searched, as counts. A test's own caps win over its \
            exercise's, those over the course's, and those over the built-in ones.",
    keys: &[
        optional(
            "exhaustive",
            Shape::Number,
            "exhaustive = 50000",
            "Executions of the search for a proof. A scenario that needs more is not proved. Built in: 50000.",
        ),
        optional(
            "bounded",
            Shape::Number,
            "bounded = 20000",
            "Executions of each search with at most 0, 1 and 2 preemptions. Built in: 20000.",
        ),
        optional(
            "samples",
            Shape::Number,
            "samples = 2000",
            "Executions of each sampler, where there is no proof. Built in: 2000.",
        ),
        optional(
            "steps",
            Shape::Number,
            "steps = 10000",
            "Steps of one execution; one that takes more has no end. Built in: 10000.",
        ),
    ],
};

/// `[[track]]`
pub static TRACK: Table = Table {
    header: "[[track]]",
    about: "A group of exercises on one subject.",
    keys: &[
        required(
            "id",
            Shape::Text,
            r#"id = "races""#,
            "The name that exercises use: lower-case letters, digits and `-`.",
        ),
        required(
            "title",
            Shape::Text,
            r#"title = "Race conditions""#,
            "The name for people.",
        ),
    ],
};

/// `[[exercise]]`
pub static EXERCISE: Table = Table {
    header: "[[exercise]]",
    about: "One task: a crate in `exercises/`, a solution in `solutions/`, hidden tests in `tests/`.",
    keys: &[
        required(
            "slug",
            Shape::Text,
            r#"slug = "lost-update""#,
            "The stable name, and that of its folders: lower-case letters, digits and `-`, at most 64. Progress \
             is kept under it, so it never changes.",
        ),
        required(
            "title",
            Shape::Text,
            r#"title = "Fix the race""#,
            "The name for people.",
        ),
        required("track", Shape::Text, r#"track = "races""#, "The id of its track."),
        optional(
            "after",
            Shape::Texts,
            r#"after = ["spawn-join"]"#,
            "Slugs of the exercises that are solved first.",
        ),
        required(
            "editable",
            Shape::Texts,
            r#"editable = ["src/lib.rs"]"#,
            "The files that the learner edits, below `src/`. Nothing else of a submission is taken.",
        ),
        optional(
            "crates",
            Shape::Texts,
            r#"crates = ["tokio"]"#,
            "The crates that a submission may use besides std: `tokio`, and `reqwest`, `serde` and `serde_json`, in the versions that kata pins.",
        ),
        optional(
            "forbid",
            Shape::Texts,
            r#"forbid = ["unsafe", "std::process::exit"]"#,
            "What a submission may not use: `unsafe`, or a path with all that begins with it.",
        ),
        optional(
            "hints",
            Shape::Texts,
            r#"hints = ["Look at who writes last."]"#,
            "Hints, shown one at a time, from the gentlest on.",
        ),
        optional(
            "limits",
            Shape::Table(&LIMITS),
            r#"limits = { wall = "5s" }"#,
            "What the process of a test may use, for every test of the exercise that sets nothing else.",
        ),
        optional(
            "caps",
            Shape::Table(&CAPS),
            "caps = { exhaustive = 200000 }",
            "How far schedules are searched, for every test of the exercise that sets nothing else.",
        ),
        required(
            "test",
            Shape::Tables(&TEST),
            "[[exercise.test]]",
            "The hidden tests, in the order in which they are reported.",
        ),
        required(
            "wrong",
            Shape::Tables(&WRONG),
            "[[exercise.wrong]]",
            "Wrong solutions that learners really write, each of which must be caught.",
        ),
        optional(
            "right",
            Shape::Tables(&RIGHT),
            "[[exercise.right]]",
            "Right solutions besides the reference, each of which must pass.",
        ),
        optional(
            "equivalent",
            Shape::Tables(&EQUIVALENT),
            "[[exercise.equivalent]]",
            "Mutants of the reference that are no mistake, so that no test can catch them.",
        ),
    ],
};

/// `[[exercise.test]]`
pub static TEST: Table = Table {
    header: "[[exercise.test]]",
    about: "One hidden test: a function of that name in `tests/<slug>/hidden.rs`.",
    keys: &[
        required(
            "name",
            Shape::Text,
            r#"name = "no_update_is_lost""#,
            "The function's name: lower-case letters, digits and `_`.",
        ),
        required(
            "kind",
            Shape::Text,
            r#"kind = "plain""#,
            "How it is run; the teacher's page says what each is for.",
        ),
        required(
            "points",
            Shape::Number,
            "points = 6",
            "What it is worth, 0 to 1000.",
        ),
        required(
            "feedback",
            Shape::Text,
            r#"feedback = "Two threads can both read the counter before either writes it back.""#,
            "The line for a learner whose submission fails here: what is wrong, not that it is.",
        ),
        optional(
            "limits",
            Shape::Table(&LIMITS),
            r#"limits = { wall = "2s" }"#,
            "What this test's process may use, where that differs from the other tests.",
        ),
        optional(
            "caps",
            Shape::Table(&CAPS),
            "caps = { exhaustive = 200000 }",
            "How far this test's schedules are searched, where that differs from the other tests.",
        ),
    ],
};

/// `[[exercise.wrong]]`
pub static WRONG: Table = Table {
    header: "[[exercise.wrong]]",
    about: "A wrong solution: a submission that must fail, with the verdict and the test that must catch it.",
    keys: &[
        required(
            "file",
            Shape::Text,
            r#"file = "load-then-store""#,
            "Its name: `tests/<slug>/wrong/<file>.rs`, or a folder of that name where several files are editable.",
        ),
        required(
            "verdict",
            Shape::Text,
            r#"verdict = "wrong_answer""#,
            "The verdict that it must get; `rejected` and `compile_error` for what is never run.",
        ),
        optional(
            "test",
            Shape::Text,
            r#"test = "no_update_is_lost""#,
            "The test that must catch it. Not for `compile_error` and `rejected`, where no test is run; \
             required for every other verdict.",
        ),
    ],
};

/// `[[exercise.right]]`
pub static RIGHT: Table = Table {
    header: "[[exercise.right]]",
    about: "Another right solution: a submission that must pass.",
    keys: &[required(
        "file",
        Shape::Text,
        r#"file = "scoped-threads""#,
        "Its name: `tests/<slug>/right/<file>.rs`, or a folder of that name where several files are editable.",
    )],
};

/// `[[exercise.equivalent]]`
pub static EQUIVALENT: Table = Table {
    header: "[[exercise.equivalent]]",
    about: "A mutant of the reference, as `kata course check --mutate` makes them, that does what the reference does.",
    keys: &[
        required(
            "mutant",
            Shape::Text,
            r#"mutant = "narrow-lock:Buffer::push:1""#,
            "Its name, as that command shows it.",
        ),
        required(
            "reason",
            Shape::Text,
            r#"reason = "Whoever is woken has to wait for the lock either way.""#,
            "Why nobody who keeps to the task could tell it from the reference.",
        ),
    ],
};

/// Every table, in the order of a reference.
pub static TABLES: [&Table; 10] = [
    &COURSE_TOML,
    &COURSE,
    &LIMITS,
    &CAPS,
    &TRACK,
    &EXERCISE,
    &TEST,
    &WRONG,
    &RIGHT,
    &EQUIVALENT,
];

impl Table {
    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_sets_its_key() {
        for table in TABLES {
            for key in table.keys {
                let parsed: toml::Table = key.example.parse().unwrap();
                let name = parsed.keys().next().unwrap();
                let own = name == key.name || parsed[name].get(key.name).is_some();
                assert!(own, "{}: {}", table.header, key.example);
            }
        }
    }
}
