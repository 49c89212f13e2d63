//! `hidden.rs` against the list of tests: each listed test is a function in the file, each test in the file is
//! listed, and each has the form that its kind asks for.

use std::{path::Path, sync::Arc};

use kata_protocol::Kind;

use super::functions::{Function, NotRust, functions};
use crate::{
    Layout,
    fault::Fault,
    names,
    nearest::nearest,
    read::{Entry, Reader},
    source_text::{At, ReadError, SourceText, Span, read_capped},
};

/// Checks the hidden tests of one exercise.
pub(crate) fn check(reader: &mut Reader<'_>, entry: Entry<'_>, slug: At<&str>) {
    let path = Layout::new(Path::new(""), slug.value).hidden();
    let source = match read(reader, slug.span, &path) {
        Ok(source) => Arc::new(source),
        Err(fault) => return reader.report(*fault),
    };
    let functions = match functions(&source.text) {
        Ok(functions) => functions,
        Err(NotRust { span, why }) => {
            let message = format!("`{}` is not Rust", path.display());
            let fault = Fault::at(&source, span, message, why);
            return reader.report(fault.help("make it compile: it is linked with each submission"));
        }
    };
    let tests = entry.tables("test");
    let listed: Vec<At<&str>> = tests.iter().filter_map(|test| test.text("name")).collect();
    for test in &tests {
        let Some(name) = test
            .text("name")
            .filter(|name| names::test_name_fault(name.value).is_none())
        else {
            continue;
        };
        match functions
            .iter()
            .find(|function| function.is_test && !function.is_of_std && function.name == name.value)
        {
            Some(function) => {
                let kind = test.text("kind").and_then(|kind| kind.value.parse().ok());
                check_form(reader, &source, function, kind);
            }
            None => report_missing(reader, name, &path, &functions, &listed),
        }
    }
    // Of a list with a gap nobody can say what is not in it.
    let is_name = |name: &At<&str>| names::test_name_fault(name.value).is_none();
    let complete = !tests.is_empty() && listed.len() == tests.len() && listed.iter().all(is_name);
    if complete && !reader.damage.any() {
        report_unlisted(reader, &source, slug.value, &functions, &listed);
    }
}

fn read(reader: &Reader<'_>, span: Span, path: &Path) -> Result<SourceText, Box<Fault>> {
    let shown = path.display();
    let fault =
        |message: String, help: &str| Box::new(reader.fault(span, message, "needs this file").help(help));
    let bytes = read_capped(&reader.root.join(path)).map_err(|error| match error {
        ReadError::Missing(_) => fault(
            format!("`{shown}` does not exist"),
            "write the hidden tests there, each a function",
        ),
        ReadError::NotAFile(_) => fault(format!("`{shown}` is not a file"), "write the hidden tests there"),
        ReadError::TooBig(_) => fault(
            format!("`{shown}` is larger than 1 MiB"),
            "test less, or in fewer words",
        ),
        ReadError::Io { source, .. } => fault(
            format!("`{shown}` cannot be read: {source}"),
            "look at the permissions of the file",
        ),
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fault(format!("`{shown}` is not UTF-8 text"), "save it as UTF-8"))?;
    Ok(SourceText {
        path: path.to_owned(),
        // The parser drops a byte order mark, and counts from behind it.
        text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
    })
}

fn check_form(reader: &mut Reader<'_>, source: &Arc<SourceText>, function: &Function, kind: Option<Kind>) {
    let name = &function.name;
    if function.in_module {
        let message = format!("the test `{name}` stands in a module");
        let fault = Fault::at(source, function.name_span, message, "not at the top level");
        reader.report(fault.help("move it out: tests are looked for at the top level of the file"));
    }
    if let Some(arguments) = function.arguments {
        let message = format!("the test `{name}` takes arguments");
        let fault = Fault::at(source, arguments, message, "nobody gives it any");
        reader.report(fault.help("leave the parentheses empty"));
    }
    let Some(kind) = kind.filter(|kind| kind.is_async() != function.is_async) else {
        return;
    };
    let (message, label, help) = if function.is_async {
        (
            format!("the test `{name}` is of kind `{kind}` and async"),
            "must be a plain `fn`",
            format!(
                "write `fn {name}()`, or `kind = \"{}\"` in course.toml",
                Kind::VirtualTime
            ),
        )
    } else {
        (
            format!("the test `{name}` is of kind `{kind}` and not async"),
            "must be an `async fn`",
            format!("write `async fn {name}()`, or give it another `kind` in course.toml"),
        )
    };
    reader.report(Fault::at(source, function.name_span, message, label).help(help));
}

fn report_unlisted(
    reader: &mut Reader<'_>,
    source: &Arc<SourceText>,
    slug: &str,
    functions: &[Function],
    listed: &[At<&str>],
) {
    for function in functions.iter().filter(|function| function.is_test) {
        if listed.iter().any(|name| name.value == function.name) {
            continue;
        }
        let message = format!(
            "the test `{}` is not in course.toml, so it would never be run",
            function.name
        );
        let fault = Fault::at(source, function.name_span, message, "not listed");
        let entry = format!("an `[[exercise.test]]` of `{slug}`");
        reader.report(fault.help(format!("add {entry} with `name = \"{}\"`", function.name)));
    }
}

fn report_missing(
    reader: &mut Reader<'_>,
    name: At<&str>,
    path: &Path,
    functions: &[Function],
    listed: &[At<&str>],
) {
    let message = format!("there is no test `{}` in `{}`", name.value, path.display());
    let fault = reader.fault(name.span, message, "no such function");
    let unlisted = functions
        .iter()
        .filter(|function| function.is_test && listed.iter().all(|name| name.value != function.name))
        .map(|function| function.name.as_str());
    let there = functions.iter().find(|function| function.name == name.value);
    let help = if let Some(function) = there {
        let instead = if function.is_test {
            " in place of `#[test]`"
        } else {
            ""
        };
        format!(
            "the function `{}` is there: write `#[kata_test::test]` above it{instead}",
            name.value
        )
    } else if let Some(meant) = nearest(name.value, unlisted) {
        format!("did you mean `{meant}`?")
    } else {
        format!(
            "write it there, at the top level: `#[kata_test::test] fn {}()`",
            name.value
        )
    };
    reader.report(fault.help(help));
}
