//! What the compiler says, from its JSON; see "JSON Output" in the rustc book.

use kata_protocol::{
    Location,
    report::{Diagnostic, Level},
};
use kata_untrusted::clean;
use serde::Deserialize;

/// More messages than this are not kept; the count of errors says nothing new after that.
const KEPT_CAP: usize = 100;

/// The longest rendered message that is kept, in characters.
const RENDERED_CAP: usize = 16 * 1024;

#[derive(Deserialize)]
struct Line {
    message: String,
    code: Option<Code>,
    level: String,
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    column_start: u32,
    is_primary: bool,
}

/// Reads the messages that a compiler printed, one JSON object per line.
pub(crate) fn read(stderr: &[u8]) -> Vec<Diagnostic> {
    String::from_utf8_lossy(stderr)
        .lines()
        .filter_map(|line| serde_json::from_str::<Line>(line).ok())
        .filter_map(diagnostic)
        .take(KEPT_CAP)
        .collect()
}

/// What the compiler said that is no message: a crash report, the linker's words. Not for people in a hurry.
pub(crate) fn said_besides(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.starts_with('{') && !line.contains("[0x"))
        .map(without_thread_id)
        .take(40)
        .collect();
    clean(&lines.join("\n")).into_owned()
}

/// The first line of a crash without the id of its thread. Like the addresses of a backtrace, which are left out
/// too, it is another one each time.
fn without_thread_id(line: &str) -> String {
    let parts = line
        .strip_prefix("thread '")
        .and_then(|rest| rest.split_once("' ("))
        .and_then(|(name, rest)| Some((name, rest.split_once(')')?)));
    match parts {
        Some((name, (id, rest))) if id.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("thread '{name}'{rest}")
        }
        _ => line.to_owned(),
    }
}

fn diagnostic(line: Line) -> Option<Diagnostic> {
    let level = match line.level.as_str() {
        "error" | "error: internal compiler error" => Level::Error,
        "warning" => Level::Warning,
        _ => return None,
    };
    let location = line
        .spans
        .iter()
        .find(|span| span.is_primary)
        .map(|span| Location {
            file: clean(&span.file_name).into_owned(),
            line: span.line_start,
            column: span.column_start,
        });
    // "aborting due to 2 previous errors", "3 warnings emitted": sums, not messages.
    let sums_up = location.is_none()
        && line.code.is_none()
        && (line.message.starts_with("aborting due to") || line.message.ends_with(" emitted"));
    if sums_up {
        return None;
    }
    let rendered: String = line
        .rendered
        .as_deref()
        .unwrap_or(&line.message)
        .chars()
        .take(RENDERED_CAP)
        .collect();
    Some(Diagnostic {
        level,
        code: line.code.map(|code| code.code),
        message: clean(&line.message).into_owned(),
        location,
        rendered: clean(rendered.trim_end()).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVED: &str = r#"{"$message_type":"diagnostic","message":"use of moved value: `x`","code":{"code":"E0382","explanation":null},"level":"error","spans":[{"file_name":"exercises/a/src/lib.rs","byte_start":1,"byte_end":2,"line_start":4,"line_end":4,"column_start":9,"column_end":10,"is_primary":true,"text":[],"label":null,"suggested_replacement":null,"suggestion_applicability":null,"expansion":null}],"children":[],"rendered":"error[E0382]: use of moved value\n"}"#;
    const SUM: &str = r#"{"$message_type":"diagnostic","message":"aborting due to 1 previous error","code":null,"level":"error","spans":[],"children":[],"rendered":"x"}"#;

    #[test]
    fn a_message_keeps_code_place_and_rendering() {
        let read = read(format!("{MOVED}\n{SUM}\nnoise\n").as_bytes());
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].code.as_deref(), Some("E0382"));
        assert_eq!(
            read[0].location.as_ref().unwrap().to_string(),
            "exercises/a/src/lib.rs:4:9"
        );
        assert_eq!(read[0].rendered, "error[E0382]: use of moved value");
    }

    #[test]
    fn what_is_no_message_is_kept_apart() {
        assert_eq!(
            said_besides(format!("{MOVED}\nLLVM ERROR: out of memory").as_bytes()),
            "LLVM ERROR: out of memory"
        );
    }

    #[test]
    fn a_crash_is_told_in_the_same_words_each_time() {
        let said = |id, address| {
            format!(
                "error: rustc interrupted by SIGSEGV, printing backtrace\n\n\
                 /lib/librustc_driver.so(+0x3b62e1c)[{address}]\n\
                 thread 'rustc' ({id}) panicked at compiler/x.rs:1:2:\n(7) is kept\n"
            )
        };
        let told = said_besides(said(9548, "0x7faf3a962e1c").as_bytes());
        assert_eq!(told, said_besides(said(17, "0x7f0000000e1c").as_bytes()));
        assert!(
            told.ends_with("thread 'rustc' panicked at compiler/x.rs:1:2:\n(7) is kept"),
            "{told}"
        );
    }
}
