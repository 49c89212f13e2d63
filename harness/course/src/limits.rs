//! What the process of a test may use, and how amounts are written: `"10s"`, `"512MiB"`.

use std::{ops::RangeInclusive, time::Duration};

/// What the process of one test may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Processor time of the process and all that it starts.
    pub cpu: Duration,
    /// Real time from start to end: what stops a process that waits for ever.
    pub wall: Duration,
    /// Bytes of memory held at once.
    pub memory: u64,
    /// Processes and threads alive at once.
    pub processes: u32,
    /// Bytes kept of each output stream.
    pub output: u64,
}

impl Default for Limits {
    /// The limits of a course that sets none.
    fn default() -> Self {
        Limits {
            cpu: Duration::from_secs(10),
            wall: Duration::from_secs(20),
            memory: 512 * MIB,
            processes: 64,
            output: 256 * KIB,
        }
    }
}

impl Limits {
    /// These limits, but for what `overrides` sets.
    pub(crate) fn with(self, overrides: Overrides) -> Limits {
        Limits {
            cpu: overrides.cpu.unwrap_or(self.cpu),
            wall: overrides.wall.unwrap_or(self.wall),
            memory: overrides.memory.unwrap_or(self.memory),
            processes: overrides.processes.unwrap_or(self.processes),
            output: overrides.output.unwrap_or(self.output),
        }
    }
}

/// What one `limits` table of `course.toml` sets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) cpu: Option<Duration>,
    pub(crate) wall: Option<Duration>,
    pub(crate) memory: Option<u64>,
    pub(crate) processes: Option<u32>,
    pub(crate) output: Option<u64>,
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;

/// A kind of amount: the units it is written in, smallest first, each with what it stands for.
#[derive(Debug)]
pub(crate) struct Units {
    /// In a sentence: "a duration".
    pub(crate) noun: &'static str,
    /// How one is written.
    pub(crate) example: &'static str,
    /// The unit that a bare number probably meant.
    pub(crate) usual: &'static str,
    units: &'static [(&'static str, u64)],
}

/// Durations, in milliseconds.
pub(crate) const DURATION: Units = Units {
    noun: "a duration",
    example: "10s",
    usual: "s",
    units: &[("ms", 1), ("s", SECOND), ("min", MINUTE)],
};

/// Sizes, in bytes.
pub(crate) const SIZE: Units = Units {
    noun: "a size",
    example: "512MiB",
    usual: "MiB",
    units: &[("KiB", KIB), ("MiB", MIB), ("GiB", GIB)],
};

/// Time limits, in milliseconds. A test that needs an hour is no test; a test needs time to start.
pub(crate) const TIME_RANGE: RangeInclusive<u64> = 10..=60 * MINUTE;
/// Memory, in bytes. Below this no Rust program with a test in it starts.
pub(crate) const MEMORY_RANGE: RangeInclusive<u64> = 8 * MIB..=64 * GIB;
/// Processes and threads. The test itself is one.
pub(crate) const PROCESSES_RANGE: RangeInclusive<u64> = 1..=4096;
/// Output, in bytes. It is held in memory and shown on a screen.
pub(crate) const OUTPUT_RANGE: RangeInclusive<u64> = KIB..=16 * MIB;

/// Why a text is no amount; holds what was probably meant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadAmount {
    /// A number without a unit.
    NoUnit(String),
    /// A number with a unit that there is not.
    UnknownUnit(Option<String>),
    /// Something else, or a number beyond all measure.
    NoNumber,
}

impl Units {
    /// Reads a whole number with a unit, in the smallest measure of its kind (milliseconds, bytes).
    pub(crate) fn parse(&self, text: &str) -> Result<u64, BadAmount> {
        let unit_at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(unit_at);
        let number: u64 = digits.parse().map_err(|_| BadAmount::NoNumber)?;
        let unit = unit.trim_start();
        if unit.is_empty() {
            return Err(BadAmount::NoUnit(format!("{digits}{}", self.usual)));
        }
        if !unit.starts_with(char::is_alphabetic) {
            return Err(BadAmount::NoNumber);
        }
        match self.units.iter().find(|(name, _)| *name == unit) {
            Some((_, size)) => number.checked_mul(*size).ok_or(BadAmount::NoNumber),
            None => Err(BadAmount::UnknownUnit(
                self.meant(unit).map(|unit| format!("{digits}{unit}")),
            )),
        }
    }

    /// The names of the units, smallest first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.units.iter().map(|(name, _)| *name)
    }

    /// Writes an amount in the largest unit that needs no fraction.
    pub(crate) fn show(&self, amount: u64) -> String {
        let fits = |unit: &&(&str, u64)| amount.is_multiple_of(unit.1);
        match self.units.iter().rev().find(fits) {
            Some((name, size)) => format!("{}{name}", amount / size),
            None => amount.to_string(),
        }
    }

    /// The unit that a wrong one was probably meant to be: `MB` and `m` are the common slips.
    fn meant(&self, unit: &str) -> Option<&'static str> {
        let same_start = |(name, _): &&(&'static str, u64)| {
            let (known, written) = (name.as_bytes()[0], unit.as_bytes()[0]);
            known.eq_ignore_ascii_case(&written)
        };
        self.units.iter().rfind(same_start).map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_a_unit() {
        assert_eq!(DURATION.parse("500ms"), Ok(500));
        assert_eq!(DURATION.parse("10s"), Ok(10_000));
        assert_eq!(DURATION.parse("2 min"), Ok(120_000));
        assert_eq!(SIZE.parse("64KiB"), Ok(65_536));
        assert_eq!(SIZE.parse("1GiB"), Ok(1 << 30));
    }

    #[test]
    fn anything_else_is_refused_with_what_was_probably_meant() {
        assert_eq!(DURATION.parse("10"), Err(BadAmount::NoUnit("10s".into())));
        assert_eq!(
            DURATION.parse("10sec"),
            Err(BadAmount::UnknownUnit(Some("10s".into())))
        );
        assert_eq!(
            DURATION.parse("2m"),
            Err(BadAmount::UnknownUnit(Some("2min".into())))
        );
        assert_eq!(
            SIZE.parse("512MB"),
            Err(BadAmount::UnknownUnit(Some("512MiB".into())))
        );
        assert_eq!(
            SIZE.parse("1gb"),
            Err(BadAmount::UnknownUnit(Some("1GiB".into())))
        );
        assert_eq!(SIZE.parse("1éB"), Err(BadAmount::UnknownUnit(None)));
        for text in [
            "",
            "s",
            "-1s",
            "1.5s",
            "99999999999999999999s",
            "18446744073709551615min",
        ] {
            assert_eq!(DURATION.parse(text), Err(BadAmount::NoNumber), "{text}");
        }
    }

    #[test]
    fn an_amount_is_shown_as_it_would_be_written() {
        assert_eq!(DURATION.show(500), "500ms");
        assert_eq!(DURATION.show(120_000), "2min");
        assert_eq!(SIZE.show(512 * MIB), "512MiB");
    }

    #[test]
    fn what_is_set_wins_over_what_is_not() {
        let overrides = Overrides {
            wall: Some(Duration::from_secs(2)),
            ..Overrides::default()
        };
        let limits = Limits::default().with(overrides);
        assert_eq!(limits.wall, Duration::from_secs(2));
        assert_eq!(limits.cpu, Limits::default().cpu);
    }
}
