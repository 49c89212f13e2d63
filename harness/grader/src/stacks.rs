//! Where in the learner's files a test's process was, from the addresses that it answers with.
//!
//! The process cannot read its own program, so it tells its stacks as addresses in the program's file. The file was linked here,
//! and its line tables say what stands at each. It was made of what a submission says, and the addresses come from the process
//! of one: nothing is taken for granted, and what leads nowhere is no place.

use std::{
    cell::OnceCell,
    fs::File,
    io::{Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use gimli::{Dwarf, EndianArcSlice, RunTimeEndian, SectionId};
use kata_protocol::{
    Location, Verdict,
    frame::{BLOCKS_THE_LOOP, NOTES_CAP, Outcome, STACK_DEPTH_CAP},
    tasks::Turns,
    trace::Trace,
};
use object::{Object, ObjectSection, ObjectSymbol, SymbolKind};

use crate::names::Source;

mod function;

/// A program of more bytes has no places: none of ours is near that.
const PROGRAM_CAP: u64 = 256 << 20;

/// A call in the learner's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The function that makes it, as its author knows it.
    pub(crate) function: Option<String>,
    pub(crate) location: Location,
}

/// The places of a program. Its file is read only if somebody asks for one.
pub(crate) struct Places<'a> {
    file: &'a File,
    tables: OnceCell<Option<Tables>>,
    sources: &'a [Source<'a>],
}

type Slice = EndianArcSlice<RunTimeEndian>;

/// What a program says of itself.
struct Tables {
    lines: addr2line::Context<Slice>,
    program: Vec<u8>,
}

impl Tables {
    /// The path of the function that this call stands in. The line tables do not tell an async function's name; the
    /// symbols do.
    fn function(&self, call: u64) -> Option<String> {
        let object = object::File::parse(&*self.program).ok()?;
        let has_it = |symbol: &object::Symbol<'_, '_>| {
            let distance = call.checked_sub(symbol.address());
            symbol.kind() == SymbolKind::Text && distance.is_some_and(|distance| distance < symbol.size())
        };
        let symbol = object.symbols().find(has_it)?;
        Some(addr2line::demangle_auto(symbol.name().ok()?.into(), None).into_owned())
    }
}

impl<'a> Places<'a> {
    /// The places that `file` has in the learner's files.
    pub(crate) fn new(file: &'a File, sources: &'a [Source<'a>]) -> Places<'a> {
        Places {
            file,
            tables: OnceCell::new(),
            sources,
        }
    }

    /// Puts places where `outcome` refers to stacks, and takes the stacks away.
    pub(crate) fn give(&self, outcome: &mut Outcome) {
        let stacks = std::mem::take(&mut outcome.stacks);
        let frames = |stack: Option<u32>| -> Vec<Frame> {
            let stack = stack.and_then(|stack| stacks.get(usize::try_from(stack).ok()?));
            stack.map_or_else(Vec::new, |stack| self.frames(stack))
        };
        tell(outcome, &frames(outcome.stack));
        outcome.stack = None;
        if let Some(trace) = &mut outcome.trace {
            give_steps(trace, &frames);
        }
        if let Some(turns) = &mut outcome.turns {
            self.give_turns(turns, &stacks);
        }
    }

    /// Says where tasks wait: at the innermost place of each stack, and only once.
    fn give_turns(&self, turns: &mut Turns, stacks: &[Vec<u64>]) {
        for turn in &mut turns.turns {
            let numbers = std::mem::take(&mut turn.until.stacks);
            let of_turn: Vec<&[u64]> = numbers
                .iter()
                .filter_map(|number| stacks.get(usize::try_from(*number).ok()?))
                .map(Vec::as_slice)
                .collect();
            for (at, stack) in of_turn.iter().enumerate() {
                if of_turn[at + 1..].iter().any(|later| self.is_behind(stack, later)) {
                    continue;
                }
                let place = self.frames(stack).into_iter().next().map(|frame| frame.location);
                let new = place.filter(|place| !turn.until.at.contains(place));
                turn.until.at.extend(new);
            }
        }
    }

    /// Whether a task that waited at `stack` has gone on when it comes to `later`: an async function waits at one place at a time, so
    /// it has where both lead through the same one, at different lines. (The branches of `join!` stand on one line.)
    fn is_behind(&self, stack: &[u64], later: &[u64]) -> bool {
        let outward = stack.iter().rev().zip(later.iter().rev());
        let Some((one, other)) = outward.into_iter().find(|(one, other)| one != other) else {
            return false;
        };
        let outermost = |call: &u64| self.frames(std::slice::from_ref(call)).into_iter().next_back();
        match (outermost(one), outermost(other)) {
            (Some(one), Some(other)) => {
                one.function == other.function && one.location.line != other.location.line
            }
            _ => false,
        }
    }

    /// The calls of a stack that are in the learner's files, the innermost first.
    pub(crate) fn frames(&self, stack: &[u64]) -> Vec<Frame> {
        let Some(tables) = self.tables.get_or_init(|| read(self.file)) else {
            return Vec::new();
        };
        let calls = stack.iter().take(STACK_DEPTH_CAP);
        // What reads a strange program is written not to panic, and it would be no reason to give no verdict.
        let found = catch_unwind(AssertUnwindSafe(|| {
            calls.flat_map(|call| self.inlined(tables, *call)).collect()
        }));
        found.unwrap_or_default()
    }

    /// The frames of one call: several where functions are inlined.
    fn inlined(&self, tables: &Tables, call: u64) -> Vec<Frame> {
        let mut frames = Vec::new();
        let Ok(mut inlined) = tables.lines.find_frames(call).skip_all_loads() else {
            return frames;
        };
        // The last of them is the function that the call really stands in.
        let mut outermost = None;
        while let Ok(Some(frame)) = inlined.next() {
            outermost = None;
            let Some(location) = frame.location.and_then(|at| self.learners(&at)) else {
                continue;
            };
            let name = frame.function.as_ref().and_then(|name| name.demangle().ok());
            let function = name.and_then(|name| function::shown(name.as_ref()));
            frames.push(Frame { function, location });
            outermost = frames.last_mut();
        }
        if let (Some(frame), Some(path)) = (outermost, tables.function(call)) {
            frame.function = function::shown(&path);
        }
        frames
    }

    /// The place as the learner knows it, if it is in one of the learner's files.
    fn learners(&self, at: &addr2line::Location<'_>) -> Option<Location> {
        let (file, line) = (at.file?, at.line?);
        // The compiler puts its folder before the path that it was given.
        let source = self.sources.iter().find(|source| {
            let before = file.strip_suffix(source.shown);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })?;
        let text = source
            .text
            .lines()
            .nth(usize::try_from(line.checked_sub(1)?).ok()?)?;
        // Tables count bytes, and people letters.
        let bytes = usize::try_from(at.column.unwrap_or(1).saturating_sub(1)).ok()?;
        let column = text.char_indices().take_while(|(at, _)| *at < bytes).count() + 1;
        Some(Location {
            file: source.shown.to_owned(),
            line,
            column: u32::try_from(column).ok()?,
        })
    }
}

/// Says in the outcome where it went wrong, and how the code came there.
fn tell(outcome: &mut Outcome, frames: &[Frame]) {
    let Some((innermost, callers)) = frames.split_first() else {
        return;
    };
    if outcome.location.is_none() {
        outcome.location = Some(innermost.location.clone());
        if let (Verdict::BlocksEventLoop, Some(message)) = (outcome.verdict, &mut outcome.message) {
            *message = message.replacen(
                BLOCKS_THE_LOOP,
                &format!("{BLOCKS_THE_LOOP} at {}", innermost.location),
                1,
            );
        }
    }
    let chain = callers.iter().map(|caller| match &caller.function {
        Some(function) => format!("called from {} in `{function}`", caller.location),
        None => format!("called from {}", caller.location),
    });
    let others = std::mem::take(&mut outcome.notes);
    outcome.notes = chain.chain(others).take(NOTES_CAP).collect();
}

fn give_steps(trace: &mut Trace, frames: &dyn Fn(Option<u32>) -> Vec<Frame>) {
    let steps = trace.steps.iter_mut();
    let steps = steps.map(|step| (&mut step.stack, &mut step.location));
    let blocked = trace.blocked.iter_mut();
    let blocked = blocked.map(|blocked| (&mut blocked.stack, &mut blocked.location));
    for (stack, location) in steps.chain(blocked) {
        if let Some(innermost) = frames(stack.take()).into_iter().next() {
            *location = innermost.location;
        }
    }
}

/// What a program says of itself, if it does.
fn read(mut file: &File) -> Option<Tables> {
    let mut program = Vec::new();
    // It may have been read before.
    file.rewind().ok()?;
    file.take(PROGRAM_CAP).read_to_end(&mut program).ok()?;
    let lines = catch_unwind(|| {
        let object = object::File::parse(&*program).ok()?;
        let endian = match object.is_little_endian() {
            true => RunTimeEndian::Little,
            false => RunTimeEndian::Big,
        };
        let section = |id: SectionId| -> Result<Slice, gimli::Error> {
            let section = object.section_by_name(id.name());
            // What is compressed is none of ours.
            let bytes = section.and_then(|section| section.data().ok());
            Ok(Slice::new(Arc::from(bytes.unwrap_or_default()), endian))
        };
        addr2line::Context::from_dwarf(Dwarf::load(section).ok()?).ok()
    });
    let lines = lines.ok().flatten()?;
    Some(Tables { lines, program })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use kata_calls::stack;
    use kata_protocol::frame::Stacks;

    use super::*;

    const HERE: [Source<'static>; 1] = [Source {
        shown: "src/stacks.rs",
        text: include_str!("stacks.rs"),
    }];

    fn own_program() -> Places<'static> {
        static PROGRAM: std::sync::LazyLock<File> =
            std::sync::LazyLock::new(|| File::open(std::env::current_exe().unwrap()).unwrap());
        Places::new(&PROGRAM, &HERE)
    }

    struct Learner;

    impl Learner {
        #[inline(never)]
        fn stack(&self) -> Vec<u64> {
            /* é */
            stack::capture(STACK_DEPTH_CAP)
        }
    }

    fn column_of(call: &str) -> u32 {
        let line = HERE[0].text.lines().find(|line| line.contains(call)).unwrap();
        let letters = line[..line.find(call).unwrap()].chars().count();
        u32::try_from(letters).unwrap() + 1
    }

    #[test]
    fn a_stack_leads_to_the_lines_of_its_calls() {
        let before = line!();
        let closure = || Learner.stack();
        let called = closure();
        let frames = own_program().frames(&called);
        let functions: Vec<_> = frames.iter().map(|frame| frame.function.as_deref()).collect();
        let this = Some("a_stack_leads_to_the_lines_of_its_calls");
        assert_eq!(functions[..3], [Some("Learner::stack"), this, this]);
        // Letters are counted, and the one before it has two bytes.
        assert_eq!(
            frames[0].location.column,
            column_of("stack::capture(STACK_DEPTH_CAP)")
        );
        assert_eq!(
            [frames[1].location.line, frames[2].location.line],
            [before + 1, before + 2]
        );
        assert_eq!(frames[1].location.file, "src/stacks.rs");
    }

    #[test]
    fn an_outcome_gets_its_place_and_the_way_there() {
        let mut stacks = Stacks::default();
        let mut outcome = Outcome {
            stack: stacks.number(Learner.stack()),
            stacks: stacks.into_inner(),
            ..Outcome::fail(Verdict::BlocksEventLoop, "`thread::sleep` blocks the event loop")
        };
        own_program().give(&mut outcome);
        let place = outcome.location.unwrap();
        assert_eq!(
            outcome.message,
            Some(format!("`thread::sleep` blocks the event loop at {place}"))
        );
        let this = "in `an_outcome_gets_its_place_and_the_way_there`";
        assert!(
            outcome.notes[0].starts_with("called from src/stacks.rs:"),
            "{:?}",
            outcome.notes
        );
        assert!(outcome.notes[0].ends_with(this), "{:?}", outcome.notes);
        assert_eq!((outcome.stack, outcome.stacks), (None, Vec::new()));
    }

    #[test]
    fn what_leads_nowhere_is_no_place() {
        let wild = [0, 1, u64::MAX, u64::MAX - 1, 1 << 63];
        assert_eq!(own_program().frames(&wild), []);
        let head = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        for bytes in [&[][..], b"no program", &head[..4096], &head[..head.len() / 2]] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            std::io::Seek::rewind(&mut file).unwrap();
            assert_eq!(Places::new(&file, &HERE).frames(&Learner.stack()), []);
        }
        let mut outcome = Outcome {
            stack: Some(7),
            stacks: vec![wild.to_vec()],
            ..Outcome::fail(Verdict::Panic, "panicked")
        };
        own_program().give(&mut outcome);
        assert_eq!(outcome, Outcome::fail(Verdict::Panic, "panicked"));
    }
}
