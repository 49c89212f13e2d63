//! What the grader asks a test process, and the one answer that counts.
//!
//! The process gets a [`Request`] on the socket that is its standard input, before any code of the learner
//! runs, and moves that socket out of reach (close-on-exec; standard input becomes `/dev/null`). When the
//! test is over it writes one [`Frame`] that repeats the request's nonce. A learner's code cannot know the
//! nonce, so a frame without it is [`Reply::Forged`], as is anything that follows the frame.
//!
//! On the wire both are one line of JSON.

use serde::{Deserialize, Serialize};

use crate::{
    Caps, Location, Verdict,
    measure::Measure,
    program::{Launch, Ran},
    tasks::Turns,
    timeline::Timeline,
    trace::{Proof, Trace},
};

/// The longest frame that is read, in bytes. Messages are cut to [`MESSAGE_CAP`] long before that.
pub const FRAME_CAP: usize = 1024 * 1024;

/// The longest message, in characters, that a frame carries; the rest is cut, and the message says so.
pub const MESSAGE_CAP: usize = 4 * 1024;

/// The most notes that a frame carries.
pub const NOTES_CAP: usize = 8;

/// The most stacks that a frame carries.
pub const STACKS_CAP: usize = 128;

/// The most calls of a stack that a frame carries, the innermost ones.
pub const STACK_DEPTH_CAP: usize = 128;

/// Which test to run, and the secret that its answer must repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// 128 random bits in hexadecimal, new for each run.
    pub nonce: String,
    /// The test's name, from `course.toml`.
    pub test: String,
    /// How many bytes the test and the code under test may hold on the heap at once.
    pub memory: u64,
    /// How many threads may exist at once. Who counts from outside may come too late.
    pub threads: u32,
    /// How far the schedules of a scenario are searched.
    pub caps: Caps,
    /// The runs of the learner's program that the test has asked for so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Ran>,
}

/// The answer of a test process: how its one test ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The request's nonce.
    pub nonce: String,
    /// The request's test.
    pub test: String,
    /// How the test ended.
    pub outcome: Outcome,
    /// How many assertions of the test were evaluated.
    pub assertions: u32,
}

/// How a test ended, as the test itself saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// `pass`, or what went wrong.
    pub verdict: Verdict,
    /// What went wrong, in a sentence for the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where in the learner's code, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// More that helps, such as the panics of other threads; in an order that does not depend on luck.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// For a scenario that passes under the schedules that were explored: how sure that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// The steps of all executions that it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// For one that fails: what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Box<Trace>>,
    /// For one of tasks that fails: what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<Box<Turns>>,
    /// For one in virtual time that fails: what was under way when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Box<Timeline>>,
    /// What was measured on the ideal machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Box<Measure>>,
    /// Stacks of the test's process, each as the addresses of its calls in the program's file, the innermost first. The
    /// process cannot read its program: the grader finds out what stands there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacks: Vec<Vec<u64>>,
    /// Which of the stacks tells where it went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<u32>,
    /// The run of the learner's program without which the test cannot go on: this is no answer yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Box<Launch>>,
}

impl Outcome {
    /// The test passed.
    pub fn pass() -> Self {
        Outcome {
            verdict: Verdict::Pass,
            message: None,
            location: None,
            notes: Vec::new(),
            proof: None,
            steps: None,
            trace: None,
            turns: None,
            timeline: None,
            measured: None,
            stacks: Vec::new(),
            stack: None,
            wanted: None,
        }
    }

    /// The test failed with `verdict`; `message` says why.
    pub fn fail(verdict: Verdict, message: impl Into<String>) -> Self {
        Outcome {
            verdict,
            message: Some(cut(message.into())),
            location: None,
            notes: Vec::new(),
            proof: None,
            steps: None,
            trace: None,
            turns: None,
            timeline: None,
            measured: None,
            stacks: Vec::new(),
            stack: None,
            wanted: None,
        }
    }
}

/// Stacks for a frame: each is kept once, and known by its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stacks(Vec<Vec<u64>>);

impl Stacks {
    /// The number of this stack, cut to [`STACK_DEPTH_CAP`]; none when there are [`STACKS_CAP`] others already.
    pub fn number(&mut self, mut stack: Vec<u64>) -> Option<u32> {
        stack.truncate(STACK_DEPTH_CAP);
        let known = self.0.iter().position(|known| *known == stack);
        let at = known.or_else(|| {
            (self.0.len() < STACKS_CAP).then(|| {
                self.0.push(stack);
                self.0.len() - 1
            })
        })?;
        u32::try_from(at).ok()
    }

    /// All of them, by their numbers.
    pub fn into_inner(self) -> Vec<Vec<u64>> {
        self.0
    }
}

/// What a thread of a test is called while it waits for others to end before it starts one more, as the limit has it. If it stands
/// still like that, they never do.
pub const NO_ROOM_FOR_A_THREAD: &str = "kata: no room";

/// What is said of a test that asks for too much memory, whoever has counted it.
pub const TOO_MUCH_MEMORY: &str = "asks for more memory than the limit of this test";

/// What is said of a test that runs more than `limit` processes and threads, whoever has counted them.
pub fn too_many_threads(limit: u32) -> String {
    format!("runs more than {limit} processes and threads at once")
}

/// What is said of a call on the event loop, before the place: the grader adds it where the test does not know it.
pub const BLOCKS_THE_LOOP: &str = "blocks the event loop";

/// What the message begins with of a test whose scenario takes another course under the same schedule: that is a matter
/// of the code, although nobody can say yet whether it is right.
pub const NOT_THE_SAME_EACH_TIME: &str = "does not do the same each time";

/// Cuts a message to [`MESSAGE_CAP`] characters, and says so when it did.
fn cut(message: String) -> String {
    match message.char_indices().nth(MESSAGE_CAP) {
        None => message,
        Some((end, _)) => format!("{} … (cut)", &message[..end]),
    }
}

impl Request {
    /// The request as it travels: one line.
    pub fn to_line(&self) -> Vec<u8> {
        line(self)
    }

    /// Reads a request from its line.
    ///
    /// # Errors
    ///
    /// When the line is no request.
    pub fn from_line(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

impl Frame {
    /// The frame as it travels: one line.
    pub fn to_line(&self) -> Vec<u8> {
        line(self)
    }
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("strings and numbers always have a JSON form");
    bytes.push(b'\n');
    bytes
}

/// What came back from a test process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing: the process ended before its test did.
    Nothing,
    /// The test's own frame, and nothing else.
    Answer(Box<Frame>),
    /// Something that the test did not write; the text says how it is known.
    Forged(&'static str),
}

impl Reply {
    /// Weighs all bytes that the process wrote in answer to `request`.
    pub fn read(bytes: &[u8], request: &Request) -> Reply {
        if bytes.is_empty() {
            return Reply::Nothing;
        }
        if bytes.len() > FRAME_CAP {
            return Reply::Forged("the answer is longer than any answer of a test");
        }
        let Some((first, rest)) = bytes.split_at_checked(newline(bytes)) else {
            return Reply::Forged("the answer is not a whole line");
        };
        let Ok(frame) = serde_json::from_slice::<Frame>(first) else {
            return Reply::Forged("the answer does not have the form of one");
        };
        if frame.nonce != request.nonce {
            return Reply::Forged("the answer does not carry this run's secret");
        }
        if frame.test != request.test {
            return Reply::Forged("the answer is for another test");
        }
        if !rest.is_empty() {
            return Reply::Forged("there is more than one answer");
        }
        Reply::Answer(Box::new(frame))
    }
}

/// The length of the first line with its newline; past the end where there is no newline.
fn newline(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(usize::MAX, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request {
            nonce: "5ec4e7".into(),
            test: "counts".into(),
            memory: 1 << 20,
            threads: 8,
            caps: Caps::default(),
            runs: Vec::new(),
        }
    }

    fn frame() -> Frame {
        Frame {
            nonce: "5ec4e7".into(),
            test: "counts".into(),
            outcome: Outcome::pass(),
            assertions: 3,
        }
    }

    #[test]
    fn the_tests_own_frame_is_an_answer() {
        assert_eq!(
            Reply::read(&frame().to_line(), &request()),
            Reply::Answer(Box::new(frame()))
        );
    }

    #[test]
    fn silence_is_no_answer() {
        assert_eq!(Reply::read(b"", &request()), Reply::Nothing);
    }

    #[test]
    fn whatever_else_is_written_is_forged() {
        let other_nonce = Frame {
            nonce: "guess".into(),
            ..frame()
        }
        .to_line();
        let other_test = Frame {
            test: "another".into(),
            ..frame()
        }
        .to_line();
        let twice = [frame().to_line(), frame().to_line()].concat();
        let garbage_behind = [frame().to_line(), b"x".to_vec()].concat();
        let half = frame().to_line()[..20].to_vec();
        let flood = vec![b'{'; FRAME_CAP + 1];
        let cases = [
            other_nonce,
            other_test,
            twice,
            garbage_behind,
            half,
            flood,
            b"\n".to_vec(),
        ];
        for bytes in cases {
            let reply = Reply::read(&bytes, &request());
            assert!(
                matches!(reply, Reply::Forged(_)),
                "{reply:?} for {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }

    #[test]
    fn a_long_message_is_cut_and_says_so() {
        let outcome = Outcome::fail(Verdict::Panic, "é".repeat(MESSAGE_CAP * 2));
        let message = outcome.message.unwrap();
        assert!(message.ends_with("(cut)"));
        assert!(message.chars().count() < MESSAGE_CAP + 20);
    }

    #[test]
    fn the_longest_honest_frame_fits() {
        let mut honest = frame();
        honest.outcome = Outcome::fail(Verdict::Panic, "\u{1}".repeat(MESSAGE_CAP * 2));
        let mut stacks = Stacks::default();
        for number in 0..STACKS_CAP as u64 {
            // The addresses of a program of 16 MiB.
            stacks.number(vec![(16 << 20) + number; STACK_DEPTH_CAP]);
        }
        honest.outcome.stacks = stacks.into_inner();
        assert!(honest.to_line().len() < FRAME_CAP / 4);
    }

    #[test]
    fn a_stack_is_carried_once_and_no_more_than_there_is_room_for() {
        let mut stacks = Stacks::default();
        assert_eq!(stacks.number(vec![1, 2]), Some(0));
        assert_eq!(stacks.number(vec![3]), Some(1));
        assert_eq!(stacks.number(vec![1, 2]), Some(0));
        assert_eq!(stacks.number(vec![7; STACK_DEPTH_CAP * 2]), Some(2));
        for other in 100.. {
            if stacks.number(vec![other]).is_none() {
                break;
            }
        }
        // Those that are known are still found.
        assert_eq!(stacks.number(vec![3]), Some(1));
        let stacks = stacks.into_inner();
        assert_eq!(stacks.len(), STACKS_CAP);
        assert_eq!(stacks[2].len(), STACK_DEPTH_CAP);
    }
}
