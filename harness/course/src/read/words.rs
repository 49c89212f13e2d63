//! Texts that stand in several tables: names, phrases, paragraphs.

use super::Reader;
use crate::{names, source_text::At};

/// A slug, or a name that has its form.
pub(crate) fn slug(reader: &mut Reader<'_>, what: &str, text: At<&str>) -> Option<String> {
    let Some(why) = names::slug_fault(text.value) else {
        return Some(text.value.to_owned());
    };
    let fault = reader.fault(text.span, format!("`{}` cannot be {what}", text.value), why);
    reader.report(fault.help(match names::as_slug(text.value) {
        Some(meant) => format!("write it as \"{meant}\""),
        None => "such a name is lower-case letters, digits and `-`, and starts with a letter".to_owned(),
    }));
    None
}

/// A text in one line for people: not empty, and nothing in it that a terminal would take for a command.
pub(crate) fn phrase(reader: &mut Reader<'_>, key: &str, text: At<&str>) -> Option<String> {
    if text.value.contains('\n') {
        let fault = reader.fault(
            text.span,
            format!("`{key}` has more than one line"),
            "one line, please",
        );
        reader.report(fault.help("keep it short; what needs room stands in the README"));
        return None;
    }
    paragraph(reader, key, text)
}

/// A text for people that may have several lines.
pub(crate) fn paragraph(reader: &mut Reader<'_>, key: &str, text: At<&str>) -> Option<String> {
    let control = |c: char| c.is_control() && c != '\n';
    let fault = if text.value.trim().is_empty() {
        let fault = reader.fault(text.span, format!("`{key}` is empty"), "nothing to read here");
        fault.help(match key {
            "feedback" => "say what is wrong in a submission that fails here, in a sentence",
            "reason" => "say why nobody who keeps to the task could tell this mutant from the solution",
            "mutant" => "`kata course check --mutate` shows the names of those that pass",
            _ => "write what the learner is to read",
        })
    } else if text.value.contains(control) {
        let message = format!("`{key}` holds a control character");
        let fault = reader.fault(text.span, message, "a terminal would act on it");
        fault.help("remove it: tabs, escapes and the like have no place in a text that is shown")
    } else {
        return Some(text.value.to_owned());
    };
    reader.report(fault);
    None
}

/// All values, where every one of them is one. Each is asked for, so that each can report its fault.
pub(super) fn all<T>(values: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let values: Vec<Option<T>> = values.collect();
    values.into_iter().collect()
}

/// Words as a sentence lists them, each in backquotes.
pub(crate) fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
