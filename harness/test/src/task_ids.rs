//! The numbers of tokio's tasks, which go on from one execution to the next, counted from the begin of each.
//!
//! A `JoinError` shows the number of its task, and so does a panic that unwraps one. In every execution of an exploration that number is
//! another one, and what is said would never be the same twice.

use tokio::task::Id;

/// Where numbers of tasks stand in tokio's words: `JoinError::Panic(Id(7), …)`, `task 7 panicked`, `task 7 was cancelled`.
const BEFORE: [&str; 2] = ["Id(", "task "];

/// The text with numbers of tasks as if `before` had been the number 0.
pub(crate) fn since(before: Id, text: &str) -> String {
    match before.to_string().parse() {
        Ok(before) => counted_from(before, text),
        Err(_) => text.to_owned(),
    }
}

fn counted_from(before: u64, text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some(at) = BEFORE
        .iter()
        .filter_map(|word| Some(rest.find(word)? + word.len()))
        .min()
    {
        told.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[..digits].parse::<u64>() {
            Ok(number) if number > before => told.push_str(&(number - before).to_string()),
            _ => told.push_str(&rest[..digits]),
        }
        rest = &rest[digits..];
    }
    told + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_tasks_begin_anew_and_others_stay() {
        for (text, told) in [
            (
                "JoinError::Panic(Id(102), \"12\", ...)",
                "JoinError::Panic(Id(2), \"12\", ...)",
            ),
            (
                "task 103 panicked with message \"task 7\"",
                "task 3 panicked with message \"task 7\"",
            ),
            ("Id(", "Id("),
            ("nothing of 101", "nothing of 101"),
        ] {
            assert_eq!(counted_from(100, text), told);
        }
    }
}
