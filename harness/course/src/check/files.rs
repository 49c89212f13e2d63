//! The files that an exercise needs: each is there, none lies outside the course, and no wrong or right
//! solution lies about without being listed.

use std::{fs, io, path::Path};

use kata_protocol::Kind;

use crate::{
    Layout, RelativePath, Source, Test, names,
    read::{Entry, Reader},
    source_text::{At, Span},
};

/// Checks the files of one exercise. `editable` is `None` where the list itself is at fault.
pub(crate) fn check(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    slug: At<&str>,
    editable: Option<&[RelativePath]>,
) {
    let layout = Layout::new(Path::new(""), slug.value);
    expect(
        reader,
        slug.span,
        &layout.manifest(),
        "write the manifest of the learner's crate there",
    );
    expect(
        reader,
        slug.span,
        &layout.readme(),
        "write the task there: what to build, and what is graded",
    );
    let Some(editable) = editable.filter(|editable| !editable.is_empty()) else {
        return;
    };
    for (at, file) in entry.texts("editable").iter().zip(editable) {
        refuse_outside(reader, at.span, &layout.exercise().join(file));
        expect(
            reader,
            at.span,
            &layout.solution().join(file),
            "write the reference solution there",
        );
    }
    let starter = "put a copy of what the learner begins with there, for `kata reset`";
    expect_all(reader, slug.span, &layout, &Source::Starter, editable, starter);
    for (key, what) in [
        ("wrong", "a submission that must fail"),
        ("right", "a submission that must pass"),
    ] {
        let help = format!("write {what} there");
        let entries = entry.tables(key);
        let listed: Vec<At<&str>> = entries.iter().filter_map(|entry| entry.text("file")).collect();
        for file in listed
            .iter()
            .filter(|file| names::slug_fault(file.value).is_none())
        {
            let source = match key {
                "wrong" => Source::Wrong(file.value.to_owned()),
                _ => Source::Right(file.value.to_owned()),
            };
            expect_all(reader, file.span, &layout, &source, editable, &help);
        }
        // Of a list with a gap nobody can say what is not in it.
        let is_name = |file: &At<&str>| names::slug_fault(file.value).is_none();
        let absent = entries.is_empty() && (key == "wrong" || entry.value(key).is_some());
        let complete = listed.len() == entries.len() && listed.iter().all(is_name) && !absent;
        if complete && !reader.damage.any() {
            let folder = layout.tests().join(key);
            report_unlisted(reader, slug.span, &folder, key, &listed, editable.len() == 1);
        }
    }
}

/// Reports when there is no file that the compiler begins with: a program's, or that of a library.
pub(crate) fn check_root(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    slug: At<&str>,
    editable: &[RelativePath],
    tests: &[Test],
) {
    let is_program = tests.iter().any(|test| test.kind == Kind::Program);
    let (root, what, other) = match is_program {
        true => (
            "src/main.rs",
            "tests of kind `program` run",
            "give the tests another kind",
        ),
        false => ("src/lib.rs", "tests call", "give all tests the kind `program`"),
    };
    let given = Layout::new(Path::new(""), slug.value).exercise().join(root);
    if editable.iter().any(|file| file.as_str() == root) || matches!(presence(reader, &given), Presence::File)
    {
        return;
    }
    let span = entry.value("editable").map_or(slug.span, |list| list.span);
    let message = format!("there is no `{root}`, which {what}");
    let fault = reader.fault(span, message, "neither in here nor given in the learner's crate");
    reader.report(fault.help(format!("make `{root}` one of the editable files, or {other}")));
}

fn expect_all(
    reader: &mut Reader<'_>,
    span: Span,
    layout: &Layout<'_>,
    source: &Source,
    editable: &[RelativePath],
    help: &str,
) {
    for located in layout.files(source, editable) {
        expect(reader, span, &located.path, help);
    }
}

/// What is found under a path of the course.
enum Presence {
    File,
    NoFile,
    Missing,
    Outside,
    Unreadable(io::Error),
}

fn presence(reader: &Reader<'_>, path: &Path) -> Presence {
    match reader.root.join(path).canonicalize() {
        Ok(real) if !real.starts_with(&reader.real_root) => Presence::Outside,
        Ok(real) if real.is_file() => Presence::File,
        Ok(_) => Presence::NoFile,
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => match path.parent() {
                // What is not there is outside all the same when the way to it leads outside.
                Some(parent) => match presence(reader, parent) {
                    Presence::Outside => Presence::Outside,
                    _ => Presence::Missing,
                },
                None => Presence::Missing,
            },
            _ => Presence::Unreadable(error),
        },
    }
}

/// Reports when there is no regular file inside the course under that path.
fn expect(reader: &mut Reader<'_>, span: Span, path: &Path, help: &str) {
    let shown = path.display();
    let fault = match presence(reader, path) {
        Presence::File => return,
        Presence::Missing => reader
            .fault(span, format!("`{shown}` does not exist"), "needs this file")
            .help(help),
        Presence::NoFile => reader
            .fault(span, format!("`{shown}` is not a file"), "needs this file")
            .help(help),
        Presence::Outside => return refuse_outside(reader, span, path),
        Presence::Unreadable(error) => {
            let fault = reader.fault(
                span,
                format!("`{shown}` cannot be reached: {error}"),
                "needs this file",
            );
            fault.help("look at the permissions of the file and of the folders above it")
        }
    };
    reader.report(fault);
}

/// Reports when the path leads out of the course through a link. Whether the file is there is not asked: of
/// the learner's own file that is the learner's affair, and `kata reset` brings it back.
fn refuse_outside(reader: &mut Reader<'_>, span: Span, path: &Path) {
    if matches!(presence(reader, path), Presence::Outside) {
        let message = format!("`{}` leads out of the course", path.display());
        let fault = reader.fault(span, message, "through a link");
        reader.report(fault.help("put the file itself there: a course is one folder, and copies of it work"));
    }
}

/// Reports what lies in `tests/<slug>/wrong` or `right` and is not in the list: it would never be run.
fn report_unlisted(
    reader: &mut Reader<'_>,
    span: Span,
    folder: &Path,
    key: &str,
    listed: &[At<&str>],
    one_file: bool,
) {
    let Ok(entries) = fs::read_dir(reader.root.join(folder)) else {
        return; // without a folder there is nothing in it, and listed files were reported as missing
    };
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    // Editors and file managers leave hidden files behind.
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort_unstable();
    for name in names {
        let stem = if one_file {
            name.strip_suffix(".rs")
        } else {
            Some(name.as_str())
        };
        if stem.is_some_and(|stem| listed.iter().any(|file| file.value == stem)) {
            continue;
        }
        let path = folder.join(&name);
        let message = format!("`{}` is not listed, so it would never be run", path.display());
        let fault = reader.fault(span, message, format!("has no `[[exercise.{key}]]` for it"));
        let remove = "or delete the file";
        reader.report(match stem.filter(|stem| names::slug_fault(stem).is_none()) {
            Some(stem) => fault.help(format!(
                "add an `[[exercise.{key}]]` with `file = \"{stem}\"`, {remove}"
            )),
            None if one_file => fault.help(format!("rename it to a slug with `.rs` and list it, {remove}")),
            None => fault.help(format!("rename it to a slug and list it, {remove}")),
        });
    }
}
