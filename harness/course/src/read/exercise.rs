//! `[[exercise]]`, but for its tests and solutions.

use super::{
    Defaults, Entry, Reader, solutions, test,
    words::{all, listed, paragraph, phrase, slug},
};
use kata_protocol::Kind;

use crate::{Exercise, Forbidden, RelativePath, Test, check, names, nearest::nearest, source_text::At};

/// Reads one exercise, and looks at the files that it names; `None` when something in it has no value.
pub(super) fn read(reader: &mut Reader<'_>, entry: Entry<'_>, defaults: Defaults) -> Option<Exercise> {
    let slug = entry.text("slug").and_then(|text| exercise_slug(reader, text));
    let title = entry
        .text("title")
        .and_then(|title| phrase(reader, "title", title));
    let editable = editable(reader, entry);
    let crates = crates(reader, entry);
    let forbid = forbid(reader, entry);
    let hints = hints(reader, entry);
    let defaults = defaults.with(reader, entry);
    let tests = test::read_all(reader, entry, defaults);
    programs_alone(reader, entry, tests.as_deref().unwrap_or_default());
    only_std_where_explored(reader, &crates, tests.as_deref().unwrap_or_default());
    let wrong = solutions::wrong(reader, entry);
    let right = solutions::right(reader, entry);
    let equivalent = solutions::equivalent(reader, entry);
    // Of two exercises of one slug the files are those of the first.
    let is_first = |slug: &At<&str>| reader.slugs.insert(slug.value.to_owned());
    if let (Some(_), Some(slug)) = (&slug, entry.text("slug").filter(is_first)) {
        check::files::check(reader, entry, slug, editable.as_deref());
        if let (Some(editable), Some(tests)) = (&editable, &tests) {
            check::files::check_root(reader, entry, slug, editable, tests);
        }
        check::hidden::check(reader, entry, slug);
    }
    Some(Exercise {
        slug: slug?,
        title: title?,
        track: entry.text("track")?.value.to_owned(),
        after: owned(&entry.texts("after")),
        editable: editable?,
        crates: owned(&crates),
        forbid: forbid?,
        hints: hints?,
        tests: tests?,
        wrong: wrong?,
        right: right?,
        equivalent: equivalent?,
        limits: defaults.limits,
        caps: defaults.caps,
    })
}

/// Crates besides std keep to the real std, and would block the one thread that all explored threads share.
fn only_std_where_explored(reader: &mut Reader<'_>, crates: &[At<&str>], tests: &[Test]) {
    let explored = tests.iter().any(|test| test.kind.is_modelled());
    if let (true, Some(first)) = (explored, crates.first()) {
        let message = "an exercise with tests of kind `explore` or `ideal` cannot use crates besides std";
        let fault = reader.fault(first.span, message, "keeps to the real threads");
        reader.report(fault.help("leave `crates` empty, or give the tests another kind"));
    }
}

/// A program is no library: what runs it cannot call it as well.
fn programs_alone(reader: &mut Reader<'_>, entry: Entry<'_>, tests: &[Test]) {
    let of_programs = tests.iter().filter(|test| test.kind == Kind::Program).count();
    let Some(slug) = entry.text("slug").filter(|_| of_programs > 0) else {
        return;
    };
    if of_programs < tests.len() {
        let message = "an exercise with tests of kind `program` cannot have tests of other kinds";
        let fault = reader.fault(slug.span, message, "has both");
        reader.report(fault.help("make two exercises of it, or give all tests the kind `program`"));
    }
}

fn owned(texts: &[At<&str>]) -> Vec<String> {
    texts.iter().map(|text| text.value.to_owned()).collect()
}

fn exercise_slug(reader: &mut Reader<'_>, text: At<&str>) -> Option<String> {
    let slug = slug(reader, "a slug", text)?;
    if let Some(why) = names::crate_fault(&slug, reader.pinned) {
        let fault = reader.fault(text.span, format!("`{slug}` cannot be a slug"), why);
        reader.report(fault.help("give the exercise another slug, before anyone has solved it"));
        return None;
    }
    Some(slug)
}

fn editable(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<RelativePath>> {
    let list = entry.value("editable")?;
    let texts = entry.texts("editable");
    let repeated = reader.report_repeated("the file", &texts);
    if list.value.as_array().is_some_and(|list| list.is_empty()) {
        let fault = reader.fault(list.span, "`editable` is empty", "the learner could edit nothing");
        reader.report(fault.help("for example `editable = [\"src/lib.rs\"]`"));
    }
    let path = |text: &At<&str>| match RelativePath::new(text.value) {
        Ok(path) => Some(path),
        Err(why) => {
            let message = format!("`{}` cannot be editable", text.value);
            let fault = reader.fault(text.span, message, why.to_string());
            reader.report(fault.help("name a source of the exercise's crate, such as \"src/lib.rs\""));
            None
        }
    };
    all(texts.iter().map(path)).filter(|_| !repeated)
}

fn crates<'t>(reader: &mut Reader<'_>, entry: Entry<'t>) -> Vec<At<&'t str>> {
    let texts = entry.texts("crates");
    reader.report_repeated("crate", &texts);
    for text in &texts {
        if reader.pinned.contains(&text.value) {
            continue;
        }
        let message = format!("submissions cannot use the crate `{}`", text.value);
        let fault = reader.fault(text.span, message, "not in the set that kata pins");
        let help = match nearest(text.value, reader.pinned.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the set is {}", listed(reader.pinned.iter().copied())),
        };
        reader.report(fault.help(help));
    }
    texts
}

fn forbid(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<Forbidden>> {
    let texts = entry.texts("forbid");
    reader.report_repeated("the rule", &texts);
    let rule = |text: &At<&str>| match text.value {
        "unsafe" => Some(Forbidden::Unsafe),
        path if names::is_path(path) => Some(Forbidden::Path(path.to_owned())),
        other => {
            let message = format!("kata knows no rule `{other}`");
            let fault = reader.fault(text.span, message, "neither `unsafe` nor a path");
            reader.report(fault.help(match nearest(other, ["unsafe"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write \"unsafe\", or a whole path such as \"std::process::exit\"".to_owned(),
            }));
            None
        }
    };
    all(texts.iter().map(rule))
}

fn hints(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Vec<String>> {
    let texts = entry.texts("hints").into_iter();
    all(texts.map(|text| paragraph(reader, "hints", text)))
}
