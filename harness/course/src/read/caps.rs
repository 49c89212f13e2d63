//! A `caps` table, with counts that make sense.

use std::ops::RangeInclusive;

use super::{Entry, Reader};
use crate::{caps::Overrides, source_text::At};

/// Executions. A search of none proves nothing; one of a billion is no longer run on every save.
const EXECUTIONS_RANGE: RangeInclusive<u64> = 1..=1_000_000_000;
/// Executions of each sampler: it may be left out.
const SAMPLES_RANGE: RangeInclusive<u64> = 0..=1_000_000_000;
/// Steps of one execution. Below this few programs come to their ends.
const STEPS_RANGE: RangeInclusive<u64> = 100..=10_000_000;

/// Reads the table, where there is one.
pub(super) fn read(reader: &mut Reader<'_>, entry: Option<Entry<'_>>) -> Overrides {
    let Some(entry) = entry else {
        return Overrides::default();
    };
    let mut count = |key, range| count(reader, key, range, entry.number(key)?);
    Overrides {
        exhaustive: count("exhaustive", EXECUTIONS_RANGE),
        bounded: count("bounded", EXECUTIONS_RANGE),
        samples: count("samples", SAMPLES_RANGE),
        steps: count("steps", STEPS_RANGE).and_then(|steps| u32::try_from(steps).ok()),
    }
}

fn count(reader: &mut Reader<'_>, key: &str, range: RangeInclusive<u64>, number: At<i128>) -> Option<u64> {
    let count = u64::try_from(number.value)
        .ok()
        .filter(|count| range.contains(count));
    if count.is_none() {
        let message = format!("`{key}` cannot be {}", number.value);
        let fault = reader.fault(number.span, message, "out of range");
        reader.report(fault.help(format!("it may be {} to {}", range.start(), range.end())));
    }
    count
}
