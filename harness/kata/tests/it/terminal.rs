//! kata on a terminal, with a learner at it.

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::OwnedFd,
    process::{Child, ExitStatus, Stdio},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    io::retry_on_intr,
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Termios, Winsize, tcgetattr, tcsetwinsize},
};

use crate::{fixture::Fixture, replay::of_threads};

/// A screen that has not come after so many seconds never will. Far more than any needs, on any machine.
const HUNG: i64 = 300;

const LEAVES_SCREEN: &str = "\u{1b}[?1049l";
const SHOWS_CURSOR: &str = "\u{1b}[?25h";

/// A terminal with kata running in it.
pub(crate) struct Learner {
    child: Child,
    /// What the learner sees and types.
    outside: File,
    /// What kata sees; held so that the terminal outlives it.
    inside: OwnedFd,
    before: Termios,
    /// All that kata has sent.
    sent: Vec<u8>,
}

impl Learner {
    pub(crate) fn sits_down(fixture: &Fixture, arguments: &[&str], (columns, rows): (u16, u16)) -> Learner {
        // Neither end is kata's to inherit: a terminal is gone when nobody outside has it any more.
        let outside = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&outside).unwrap();
        unlockpt(&outside).unwrap();
        let name = ptsname(&outside, Vec::new()).unwrap();
        let inside = rustix::fs::open(
            &name,
            OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC,
            Mode::empty(),
        )
        .unwrap();
        tcsetwinsize(&inside, size(columns, rows)).unwrap();
        let end = || Stdio::from(inside.try_clone().unwrap());
        let mut kata = fixture.command();
        kata.args(arguments)
            .env("TERM", "xterm-256color")
            .stdin(end())
            .stdout(end())
            .stderr(Stdio::piped());
        Learner {
            before: tcgetattr(&inside).unwrap(),
            child: kata.spawn().unwrap(),
            outside: File::from(outside),
            inside,
            sent: Vec::new(),
        }
    }

    /// Waits until a text is on the screen.
    pub(crate) fn sees(&mut self, text: &str) {
        loop {
            let screen = drawn(&self.sent());
            if screen.contains(text) {
                return;
            }
            assert!(self.looks(HUNG), "{text:?} does not come:\n{screen}");
        }
    }

    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent).into_owned()
    }

    /// Looks for so many seconds; gives whether there was something to see.
    fn looks(&mut self, seconds: i64) -> bool {
        let patience = Timespec {
            tv_sec: seconds,
            tv_nsec: 0,
        };
        let mut end = [PollFd::new(&self.outside, PollFlags::IN)];
        let ready = retry_on_intr(|| poll(&mut end, Some(&patience))).unwrap();
        let mut bytes = [0; 65536];
        let read = if ready > 0 {
            self.outside.read(&mut bytes).unwrap()
        } else {
            0
        };
        self.sent.extend_from_slice(&bytes[..read]);
        read > 0
    }

    pub(crate) fn types(&mut self, keys: &str) {
        self.outside.write_all(keys.as_bytes()).unwrap();
    }

    fn signals(&mut self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    pub(crate) fn is_raw(&self) -> bool {
        let modes = tcgetattr(&self.inside).unwrap().local_modes;
        !modes.intersects(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// Waits for kata's end, and sees to it that the terminal is as it was.
    pub(crate) fn leaves(mut self) -> ExitStatus {
        let ended = self.child.wait().unwrap();
        // All that was written is there to be read by now.
        while self.looks(0) {}
        let sent = self.sent();
        for due in [LEAVES_SCREEN, SHOWS_CURSOR] {
            assert!(sent.contains(due), "{due:?} was not sent: {sent:?}");
        }
        let after = tcgetattr(&self.inside).unwrap();
        assert_eq!(format!("{after:?}"), format!("{:?}", self.before));
        ended
    }
}

/// What a terminal of no more than 200 by 100 shows that was sent this. It knows what is sent here: where to go, when to clear,
/// and how to paint, which it leaves out.
fn drawn(sent: &str) -> String {
    let mut cells = vec![vec![' '; 200]; 100];
    let (mut row, mut column) = (0, 0);
    let mut chars = sent.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => {
                let mut code: Vec<char> = Vec::new();
                for c in chars.by_ref() {
                    code.push(c);
                    if c.is_ascii_alphabetic() {
                        break;
                    }
                }
                let code: String = code.into_iter().collect();
                if let Some(place) = code.strip_prefix('[').and_then(|code| code.strip_suffix('H')) {
                    let mut numbers = place.split(';').map(|number| number.parse().unwrap_or(1) - 1);
                    (row, column) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
                } else if code == "[2J" {
                    cells.iter_mut().for_each(|row| row.fill(' '));
                }
            }
            '\n' => row += 1,
            '\r' => column = 0,
            c => {
                cells[row][column] = c;
                column += 1;
            }
        }
    }
    let rows = cells.iter().map(|row| row.iter().collect::<String>());
    rows.map(|row| row.trim_end().to_owned() + "\n").collect()
}

fn size(columns: u16, rows: u16) -> Winsize {
    Winsize {
        ws_col: columns,
        ws_row: rows,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

fn with_a_failure() -> Fixture {
    let fixture = of_threads();
    fixture.kata(&["check"]).assert().code(1);
    fixture
}

#[test]
fn a_walk_forwards_and_back() {
    let fixture = with_a_failure();
    let mut learner = Learner::sits_down(&fixture, &["replay"], (80, 24));
    learner.sees("step 1 of");
    assert!(learner.is_raw());
    for (keys, text) in [
        ("l", "step 2 of"),
        ("\u{1b}[C", "step 3 of"),
        (" ", "step 4 of"),
        ("\r", "step 5 of"),
        ("h", "step 4 of"),
        ("\u{7f}", "step 3 of"),
        ("\u{1b}[D", "step 2 of"),
        ("G", "What went wrong"),
        ("g", "step 1 of"),
        ("\u{1b}[F", "expected 42, got 41"),
        ("?", "hide this"),
    ] {
        learner.types(keys);
        learner.sees(text);
    }
    learner.types("q");
    assert!(learner.leaves().success());
}

#[test]
fn every_way_out_gives_the_terminal_back() {
    let fixture = with_a_failure();
    for keys in ["q", "\u{1b}", "\u{3}"] {
        let mut learner = Learner::sits_down(&fixture, &["replay"], (80, 24));
        learner.sees("step 1 of");
        learner.types(keys);
        assert_eq!(learner.leaves().code(), Some(0), "{keys:?}");
    }
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut learner = Learner::sits_down(&fixture, &["replay"], (80, 24));
        learner.sees("step 1 of");
        learner.signals(signal);
        assert_eq!(learner.leaves().code(), Some(130), "{signal:?}");
    }
}

#[test]
fn without_its_terminal_it_ends() {
    let fixture = with_a_failure();
    let mut learner = Learner::sits_down(&fixture, &["replay"], (80, 24));
    learner.sees("step 1 of");
    let Learner {
        mut child,
        outside,
        inside,
        ..
    } = learner;
    drop((outside, inside));
    // Whether that is an error depends on whether it was reading or drawing; that it ends does not.
    child.wait().unwrap();
}

#[test]
fn another_size_is_another_screen() {
    let fixture = with_a_failure();
    let mut learner = Learner::sits_down(&fixture, &["replay"], (120, 40));
    learner.sees("quit");
    for (columns, rows, text) in [(40, 10, "← back  ?"), (5, 2, "step…"), (80, 24, "? all keys")] {
        tcsetwinsize(&learner.inside, size(columns, rows)).unwrap();
        learner.signals(Signal::WINCH);
        learner.sees(text);
    }
    learner.types("q");
    assert!(learner.leaves().success());
}

#[test]
fn text_is_text_on_a_terminal_too() {
    let fixture = with_a_failure();
    let mut learner = Learner::sits_down(&fixture, &["replay", "--format", "text"], (80, 24));
    while !learner.sent().contains("The end") {
        assert!(learner.looks(HUNG), "the end does not come: {}", learner.sent());
    }
    assert!(!learner.sent().contains("\u{1b}[?1049h"));
    assert!(learner.child.wait().unwrap().success());
}
