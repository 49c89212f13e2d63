//! `[course]`, `[[track]]`, and what the exercises say of each other.

use super::{
    Defaults, Entry, Reader, exercise,
    words::{all, listed, phrase, slug},
};
use crate::{Course, Edition, Track, check, names, nearest::nearest, source_text::At};

/// Reads the whole tree; `None` when something in it has no value.
pub(super) fn read(reader: &mut Reader<'_>, top: Entry<'_>) -> Option<Course> {
    let head = top.table("course");
    let id = head
        .and_then(|head| head.text("id"))
        .and_then(|id| slug(reader, "the course's id", id));
    let title = head
        .and_then(|head| head.text("title"))
        .and_then(|title| phrase(reader, "title", title));
    let edition = head
        .and_then(|head| head.text("edition"))
        .and_then(|text| edition(reader, text));
    let defaults = Defaults::default().with(reader, top);
    let tracks = tracks(reader, top);
    let entries = top.tables("exercise");
    let exercises = all(entries
        .iter()
        .map(|entry| exercise::read(reader, *entry, defaults)));
    check_tracks(reader, top);
    check::order::check(reader, &entries);
    Some(Course {
        root: reader.root.to_owned(),
        id: id?,
        title: title?,
        edition: edition?,
        tracks: tracks?,
        exercises: exercises?,
    })
}

fn tracks(reader: &mut Reader<'_>, top: Entry<'_>) -> Option<Vec<Track>> {
    let entries = top.tables("track");
    let ids: Vec<_> = entries.iter().filter_map(|entry| entry.text("id")).collect();
    reader.report_repeated("track", &ids);
    let track = |entry: &Entry<'_>| {
        let id = entry.text("id").and_then(|id| slug(reader, "a track's id", id));
        let title = entry
            .text("title")
            .and_then(|title| phrase(reader, "title", title));
        Some(Track {
            id: id?,
            title: title?,
        })
    };
    all(entries.iter().map(track))
}

/// Each exercise's track against those that there are.
fn check_tracks(reader: &mut Reader<'_>, top: Entry<'_>) {
    let tracks = top.tables("track");
    let ids: Vec<&str> = tracks
        .iter()
        .filter_map(|track| Some(track.text("id")?.value))
        .collect();
    let sound = ids.len() == tracks.len() && ids.iter().all(|id| names::slug_fault(id).is_none());
    // Of a list with a gap nobody can say what is not in it.
    if reader.damage.any() || ids.is_empty() || !sound {
        return;
    }
    for exercise in top.tables("exercise") {
        let Some(track) = exercise.text("track").filter(|track| !ids.contains(&track.value)) else {
            continue;
        };
        let message = format!("there is no track `{}`", track.value);
        let fault = reader.fault(track.span, message, "no `[[track]]` has this id");
        let help = match nearest(track.value, ids.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the tracks are {}", listed(ids.iter().copied())),
        };
        reader.report(fault.help(help));
    }
}

fn edition(reader: &mut Reader<'_>, text: At<&str>) -> Option<Edition> {
    let edition = Edition::ALL
        .into_iter()
        .find(|edition| edition.name() == text.value);
    if edition.is_none() {
        let message = format!("`{}` is no edition that kata compiles", text.value);
        let fault = reader.fault(text.span, message, "unknown edition");
        reader.report(fault.help("write \"2021\" or \"2024\""));
    }
    edition
}
