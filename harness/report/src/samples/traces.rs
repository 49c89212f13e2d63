//! Traces for the tests of screens and exports, as an exploration of schedules writes them.
//!
//! Each is a source and its steps, one a line: `1 7:load load counter r=0` is thread 1, at `load` of line 7, which loads
//! `counter` and reads 0. Line 0 is one of the hidden test.

pub(crate) use super::sources::SOURCES;

use kata_protocol::{
    Location,
    trace::{Blocked, Holder, Object, Step, Thread, Trace},
};

/// A place in a source, found by a word of the line.
fn place(slug: &str, place: &str) -> Location {
    let (line, word) = place.split_once(':').unwrap();
    let line: u32 = line.parse().unwrap();
    if line == 0 {
        return Location {
            file: format!("exercises/{slug}/tests/hidden.rs"),
            line: 12,
            column: 5,
        };
    }
    let source = SOURCES.iter().find(|(name, _)| *name == slug).unwrap().1;
    let text = source.lines().nth(line as usize - 1).unwrap();
    let column = text
        .find(word)
        .unwrap_or_else(|| panic!("no {word:?} in line {line} of {slug}: {text}"));
    Location {
        file: format!("exercises/{slug}/src/lib.rs"),
        line,
        column: column as u32 + 1,
    }
}

/// A trace from its objects (`kind name place`), the places where its threads begin, and its steps.
pub(crate) fn trace(slug: &str, objects: &[&str], threads: &[&str], steps: &str) -> Trace {
    let object = |text: &&str| {
        let mut words = text.split_whitespace();
        Object {
            kind: words.next().unwrap().to_owned(),
            name: words.next().filter(|name| *name != "-").map(str::to_owned),
            created: place(slug, words.next().unwrap()),
        }
    };
    let objects: Vec<Object> = objects.iter().map(object).collect();
    let thread = |spawned: &&str| Thread {
        name: None,
        spawned: place(slug, spawned),
        finished: true,
    };
    let steps = steps.lines().map(str::trim).filter(|line| !line.is_empty());
    let steps = steps.map(|line| step(slug, &objects, line)).collect();
    Trace {
        found_at: Some(3),
        preemptions: 1,
        some_pass: true,
        threads: threads.iter().map(thread).collect(),
        steps,
        objects: objects.clone(),
        left_out: 0,
        blocked: Vec::new(),
        schedule: vec![0, 0, 1, 2, 2, 1],
    }
}

/// The object of a name, or of a number such as `#2`.
fn find(objects: &[Object], name: &str) -> Option<u32> {
    if let Some(number) = name.strip_prefix('#') {
        return number.parse().ok();
    }
    let at = objects
        .iter()
        .position(|object| object.name.as_deref() == Some(name));
    at.map(|at| at as u32)
}

fn step(slug: &str, objects: &[Object], line: &str) -> Step {
    let words: Vec<&str> = line.split_whitespace().collect();
    let value = |key: &str| {
        words[4..]
            .iter()
            .find_map(|word| word.strip_prefix(key))
            .map(|text| text.replace('_', " "))
    };
    Step {
        thread: words[0].parse().unwrap(),
        op: words[2].replace('~', " "),
        object: find(objects, words[3]),
        read: value("r="),
        wrote: value("w="),
        threads: value("t=")
            .map(|thread| thread.parse().unwrap())
            .into_iter()
            .collect(),
        note: value("n="),
        location: place(slug, words[1]),
        stack: None,
    }
}

/// A thread that waits for ever: for what, and who has had it since when.
fn blocked(
    slug: &str,
    thread: u32,
    op: &str,
    object: Option<u32>,
    at: &str,
    held: Option<(u32, &str)>,
) -> Blocked {
    let holder = |(thread, since): (u32, &str)| Holder {
        thread,
        since: place(slug, since),
    };
    Blocked {
        thread,
        op: op.to_owned(),
        object,
        location: place(slug, at),
        holders: held.map(holder).into_iter().collect(),
        joins: Vec::new(),
        stack: None,
    }
}

fn join(slug: &str, at: &str, thread: u32) -> Blocked {
    Blocked {
        joins: vec![thread],
        ..blocked(slug, 0, "join", None, at, None)
    }
}

/// Two threads read a counter before either writes it back.
pub(crate) fn lost_update() -> Trace {
    trace(
        "lost-update",
        &["AtomicUsize counter 2:AtomicUsize"],
        &["0:", "6:thread", "6:thread"],
        "0 6:spawn spawn - t=1
         0 6:spawn spawn - t=2
         1 7:load load counter r=0
         2 7:load load counter r=0
         2 8:store store counter r=0 w=1
         1 8:store store counter r=1 w=1
         2 8:store end -
         1 8:store end -
         0 12:join join - t=1
         0 12:join join - t=2
         0 14:load load counter r=1",
    )
}

/// Two threads take two locks in opposite orders.
pub(crate) fn two_locks() -> Trace {
    let slug = "two-locks";
    let mut trace = trace(
        slug,
        &["Mutex a 0:", "Mutex b 0:"],
        &["0:", "7:thread", "13:thread"],
        "0 7:spawn spawn - t=1
         0 13:spawn spawn - t=2
         1 8:lock lock a r=1
         2 14:lock lock b r=2",
    );
    trace.blocked = vec![
        join(slug, "18:join", 1),
        blocked(slug, 1, "lock", Some(1), "9:lock", Some((2, "14:lock"))),
        blocked(slug, 2, "lock", Some(0), "15:lock", Some((1, "8:lock"))),
    ];
    for thread in &mut trace.threads {
        thread.finished = false;
    }
    trace
}

/// The same, where the source gives no names.
pub(crate) fn no_names() -> Trace {
    let mut trace = two_locks();
    for (object, word) in trace.objects.iter_mut().zip(["2:use", "4:Mutex"]) {
        object.name = None;
        object.created = place("two-locks", word);
    }
    trace
}

/// A thread notifies before the other one waits.
pub(crate) fn missed_signal() -> Trace {
    let slug = "missed-signal";
    let mut trace = trace(
        slug,
        &["Mutex done 5:Mutex", "Condvar ready 5:Condvar"],
        &["0:", "8:thread"],
        "0 8:spawn spawn - t=1
         1 10:lock lock done r=false
         1 10:lock unlock done w=true
         1 12:notify notify_one ready n=nobody_is_waiting
         1 12:notify end -
         0 16:lock lock done r=true
         0 17:wait wait ready
         0 16:lock unlock done",
    );
    trace.found_at = Some(1);
    trace.preemptions = 0;
    trace.threads[0].finished = false;
    trace.blocked = vec![blocked(slug, 0, "wait", Some(1), "17:wait", None)];
    trace
}

/// Five philosophers each take the left fork first.
pub(crate) fn philosophers() -> Trace {
    let slug = "dining-philosophers";
    let spawns = (1..=5).map(|thread| format!("0 10:spawn spawn - t={thread}\n"));
    let locks = (1..=5).map(|thread| format!("{thread} 11:lock lock #{}\n", thread - 1));
    let steps: String = spawns.chain(locks).collect();
    let threads = [
        "0:",
        "10:thread",
        "10:thread",
        "10:thread",
        "10:thread",
        "10:thread",
    ];
    let mut trace = trace(slug, &["Mutex forks 5:Mutex"; 5], &threads, &steps);
    trace.blocked = vec![join(slug, "16:join", 1)];
    trace.blocked.extend((1..=5).map(|thread| {
        let next = thread % 5 + 1;
        blocked(
            slug,
            thread,
            "lock",
            Some(next - 1),
            "12:lock",
            Some((next, "11:lock")),
        )
    }));
    trace.found_at = Some(1_612);
    trace.preemptions = 4;
    for thread in &mut trace.threads {
        thread.finished = false;
    }
    trace
}

/// A channel whose first sender is never dropped.
pub(crate) fn receiver() -> Trace {
    let slug = "channel";
    let mut trace = trace(
        slug,
        &["channel receiver 5:mpsc", "senders - 5:mpsc"],
        &["0:", "8:thread", "8:thread"],
        "0 8:spawn spawn - t=1
         0 8:spawn spawn - t=2
         1 9:send send receiver
         1 9:sender drop~sender receiver
         1 9:send end -
         0 12:iter recv receiver
         2 9:send send receiver
         2 9:sender drop~sender receiver
         2 9:send end -
         0 12:iter recv receiver",
    );
    trace.found_at = Some(1);
    trace.preemptions = 0;
    trace.some_pass = false;
    trace.threads[0].finished = false;
    trace.blocked = vec![blocked(slug, 0, "recv", Some(0), "12:iter", None)];
    trace
}

/// Both threads look, and both take the last seat.
pub(crate) fn check_then_act() -> Trace {
    trace(
        "check-then-act",
        &["Mutex seats 0:"],
        &["0:", "0:", "0:"],
        "0 0: spawn - t=1
         0 0: spawn - t=2
         1 3:lock lock seats r=1
         1 3:lock unlock seats
         2 3:lock lock seats r=1
         2 3:lock unlock seats
         2 4:lock lock seats r=1
         2 4:lock unlock seats w=0
         1 4:lock lock seats r=0
         1 4:lock unlock seats w=4294967295
         0 0: join - t=1
         0 0: join - t=2
         0 0: lock seats r=4294967295",
    )
}

/// Two threads each spin until the other is done.
pub(crate) fn spinning() -> Trace {
    let round = "1 4:load load taken r=false\n0 7:load load ready r=false\n0 8:yield yield_now -\n";
    let steps = "0 3:spawn spawn - t=1\n".to_owned() + &round.repeat(20);
    let objects = ["AtomicBool ready 0:", "AtomicBool taken 0:"];
    let mut trace = trace("flag", &objects, &["0:", "3:spawn"], &steps);
    for thread in &mut trace.threads {
        thread.finished = false;
    }
    trace.some_pass = false;
    trace
}

/// A condition variable as it is meant.
pub(crate) fn waits_rightly() -> Trace {
    trace(
        "missed-signal",
        &["Mutex done 5:Mutex", "Condvar ready 5:Condvar"],
        &["0:", "8:thread"],
        "0 8:spawn spawn - t=1
         0 16:lock lock done r=false
         0 17:wait wait ready
         0 16:lock unlock done
         1 10:lock lock done r=false
         1 10:lock unlock done w=true
         1 12:notify notify_one ready t=0
         0 17:wait woken ready
         0 17:wait relock done r=true
         0 17:wait unlock done w=false",
    )
}

/// A thread wakes without a reason, and goes on.
pub(crate) fn wakes_and_goes_on() -> Trace {
    trace(
        "missed-signal",
        &["Mutex done 5:Mutex", "Condvar ready 5:Condvar"],
        &["0:", "8:thread"],
        "0 8:spawn spawn - t=1
         0 16:lock lock done r=false
         0 17:wait wait ready
         0 16:lock unlock done
         0 17:wait woken ready n=woke_without_a_reason
         0 17:wait relock done r=false
         0 17:wait unlock done",
    )
}

/// A thread looks at two objects while another one has changed the second and not yet the first.
pub(crate) fn halves() -> Trace {
    trace(
        "two-locks",
        &["Mutex a 0:", "Mutex b 0:"],
        &["0:", "7:thread", "13:thread"],
        "1 8:lock lock a r=1
         1 8:lock unlock a
         2 14:lock lock b r=2
         2 14:lock unlock b w=1
         2 15:lock lock a r=1
         2 15:lock unlock a w=2
         1 9:lock lock b r=1
         1 9:lock unlock b",
    )
}

/// A thread adds to a sum because it is not closed, and it is closed before that.
pub(crate) fn checks_a_flag() -> Trace {
    trace(
        "two-locks",
        &["AtomicBool closed 0:", "Mutex sum 0:"],
        &["0:", "7:thread", "13:thread"],
        "1 8:lock load closed r=false
         2 14:lock store closed r=false w=true
         1 9:lock lock sum r=0
         1 9:lock unlock sum w=50",
    )
}

/// Two threads run on and on; one of them has just left its loop when the schedule is stopped.
pub(crate) fn naps() -> Trace {
    let round = "0 17:wait wait_timeout ready\n0 17:wait woken ready n=timed_out\n";
    let steps = "0 8:spawn spawn - t=1\n".to_owned() + &round.repeat(20) + "0 16:lock unlock done\n";
    let objects = ["Mutex done 5:Mutex", "Condvar ready 5:Condvar"];
    let mut trace = trace("missed-signal", &objects, &["0:", "8:thread"], &steps);
    trace.threads[0].finished = false;
    trace
}

/// An update is lost in the midst of much else: 60 steps.
pub(crate) fn long() -> Trace {
    let rounds = |number: usize| {
        let round = "1 9:push lock log\n1 9:push unlock log\n2 9:push lock log\n2 9:push unlock log\n";
        round.repeat(number)
    };
    let steps = "0 6:spawn spawn - t=1\n0 6:spawn spawn - t=2\n".to_owned()
        + &rounds(6)
        + "1 7:load load counter r=0\n"
        + &rounds(2)
        + "2 7:load load counter r=0\n2 8:store store counter r=0 w=1\n1 8:store store counter r=1 w=1\n"
        + &rounds(5)
        + "0 12:join join - t=1\n0 12:join join - t=2\n0 14:load load counter r=1";
    let steps = steps.replace("9:push", "9:");
    let objects = ["AtomicUsize counter 2:AtomicUsize", "Mutex log 3:Vec"];
    trace("lost-update", &objects, &["0:", "6:thread", "6:thread"], &steps)
}

/// A trace that says what it must not, and points where nothing is.
pub(crate) fn hostile() -> Trace {
    let evil = "\u{1b}[2J\u{202e}evil`\u{200b}\n✓ passed ";
    let mut trace = lost_update();
    for step in &mut trace.steps {
        step.op = evil.repeat(20);
        step.read = Some(evil.repeat(50));
        step.wrote = Some("w".repeat(5000));
        step.note = Some(evil.to_owned());
        step.threads = vec![u32::MAX, 0];
        step.location.line = u32::MAX;
        step.location.column = u32::MAX;
    }
    trace.steps[3].op = "store".to_owned();
    trace.steps[4].object = Some(u32::MAX);
    trace.steps[5].thread = u32::MAX;
    trace.threads[1].name = Some(evil.repeat(9));
    trace.objects[0].name = Some(evil.repeat(9));
    trace.left_out = usize::MAX;
    trace.found_at = Some(u64::MAX);
    trace.preemptions = u32::MAX;
    trace.blocked = two_locks().blocked;
    trace.blocked[1].op = evil.to_owned();
    trace.blocked[1].object = Some(u32::MAX);
    trace.blocked[2].location.file = evil.repeat(9);
    trace
}
