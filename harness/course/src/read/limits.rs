//! A `limits` table, with amounts that make sense.

use std::{ops::RangeInclusive, time::Duration};

use super::{Entry, Reader, listed};
use crate::{
    limits::{
        BadAmount, DURATION, MEMORY_RANGE, OUTPUT_RANGE, Overrides, PROCESSES_RANGE, SIZE, TIME_RANGE, Units,
    },
    source_text::At,
};

/// Reads the table, where there is one.
pub(super) fn read(reader: &mut Reader<'_>, entry: Option<Entry<'_>>) -> Overrides {
    let Some(entry) = entry else {
        return Overrides::default();
    };
    let mut amount = |key, units, range| {
        let text = entry.text(key)?;
        amount(reader, key, units, range, text)
    };
    let cpu = amount("cpu", &DURATION, TIME_RANGE);
    let wall = amount("wall", &DURATION, TIME_RANGE);
    let memory = amount("memory", &SIZE, MEMORY_RANGE);
    let output = amount("output", &SIZE, OUTPUT_RANGE);
    Overrides {
        cpu: cpu.map(Duration::from_millis),
        wall: wall.map(Duration::from_millis),
        memory,
        processes: entry
            .number("processes")
            .and_then(|number| processes(reader, number)),
        output,
    }
}

fn amount(
    reader: &mut Reader<'_>,
    key: &str,
    units: &Units,
    range: RangeInclusive<u64>,
    text: At<&str>,
) -> Option<u64> {
    let refused = match units.parse(text.value) {
        Ok(amount) if range.contains(&amount) => return Some(amount),
        Ok(amount) => {
            let bounds = format!("{} to {}", units.show(*range.start()), units.show(*range.end()));
            let label = if amount == 0 {
                "nothing could run"
            } else {
                "out of range"
            };
            let message = format!("`{key}` cannot be `{}`", text.value);
            reader
                .fault(text.span, message, label)
                .help(format!("it may be {bounds}"))
        }
        Err(BadAmount::NoUnit(meant)) => {
            let message = format!("`{key}` has no unit");
            reader
                .fault(text.span, message, "a number of what?")
                .help(format!("write `{key} = \"{meant}\"`"))
        }
        Err(BadAmount::UnknownUnit(meant)) => {
            let message = format!("`{key}` has an unknown unit");
            reader
                .fault(text.span, message, "no unit of this kind")
                .help(match meant {
                    Some(meant) => format!("did you mean `\"{meant}\"`?"),
                    None => format!("the units are {}", listed(units.names())),
                })
        }
        Err(BadAmount::NoNumber) => {
            let message = format!("`{key}` is not {}", units.noun);
            let label = "expected a whole number with a unit";
            reader
                .fault(text.span, message, label)
                .help(format!("for example `{key} = \"{}\"`", units.example))
        }
    };
    reader.report(refused);
    None
}

fn processes(reader: &mut Reader<'_>, number: At<i128>) -> Option<u32> {
    let in_range = u64::try_from(number.value).is_ok_and(|number| PROCESSES_RANGE.contains(&number));
    if in_range {
        return u32::try_from(number.value).ok();
    }
    let message = format!("`processes` cannot be {}", number.value);
    let label = if number.value == 0 {
        "nothing could run"
    } else {
        "out of range"
    };
    let bounds = format!(
        "it may be {} to {}",
        PROCESSES_RANGE.start(),
        PROCESSES_RANGE.end()
    );
    reader.report(reader.fault(number.span, message, label).help(bounds));
    None
}
