//! What is so after each step, for every kind of object.

use kata_protocol::trace::{Blocked, Trace};

use super::*;
use crate::samples::traces::{self, trace};

/// A trace in which everything is in the hidden test: only who did what to which object matters.
fn made(objects: &[&str], threads: usize, steps: &str) -> Trace {
    let steps: String = steps
        .lines()
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(thread, rest)| format!("{thread} 0: {rest}\n"))
        .collect();
    let objects: Vec<String> = objects.iter().map(|object| format!("{object} 0:")).collect();
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    trace("flag", &objects, &vec!["0:"; threads], &steps)
}

fn object<'a>(moment: &'a Moment<'_>, number: u32) -> &'a Shared<'a> {
    let found = moment.objects.iter().find(|(object, _)| *object == number);
    &found
        .unwrap_or_else(|| panic!("object {number} is not shown: {moment:?}"))
        .1
}

fn holders(moment: &Moment<'_>, number: u32) -> Vec<u32> {
    object(moment, number)
        .holders
        .iter()
        .map(|holding| holding.thread)
        .collect()
}

fn pending<'a, 'b>(moment: &'b Moment<'a>, thread: usize) -> &'b Pending<'a> {
    match &moment.threads[thread] {
        Stand::Before(pending) => pending,
        other => panic!("thread {thread} is about to do nothing: {other:?}"),
    }
}

fn values(trace: &Trace, number: u32) -> Vec<Option<String>> {
    let walk = Walk::of(trace);
    let moments = (0..=walk.len()).map(|steps| walk.after(steps));
    let value = |moment: Moment<'_>| {
        let shared = moment.objects.iter().find(|(object, _)| *object == number);
        shared.and_then(|(_, shared)| shared.value.map(str::to_owned))
    };
    moments.map(value).collect()
}

#[test]
fn a_value_is_what_was_written_last_or_what_the_first_step_finds() {
    let values = values(&traces::lost_update(), 0);
    let texts: Vec<&str> = values
        .iter()
        .map(|value| value.as_deref().unwrap_or("-"))
        .collect();
    // Nobody is about to touch it before the first thread is there.
    assert_eq!(
        texts,
        ["-", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1", "1"]
    );
}

#[test]
fn threads_start_run_and_end() {
    let trace = traces::lost_update();
    let walk = Walk::of(&trace);
    assert_eq!(walk.after(0).threads[1..], [Stand::NotStarted, Stand::NotStarted]);
    let both = walk.after(2);
    assert_eq!(pending(&both, 0).wait, Some(Wait::Ends(vec![1])));
    assert_eq!(
        (pending(&both, 1).op, pending(&both, 1).location.line),
        ("load", 7)
    );
    // Step 7 is the end of thread 2, step 8 that of thread 1.
    assert_eq!(walk.after(7).threads[2], Stand::Ended);
    assert_eq!(pending(&walk.after(7), 1).op, "end");
    assert_eq!(pending(&walk.after(7), 0).wait, Some(Wait::Ends(vec![1])));
    assert_eq!(pending(&walk.after(8), 0).wait, None);
    assert_eq!(walk.after(11).threads, [Stand::Ended, Stand::Ended, Stand::Ended]);
    assert_eq!(walk.after(99), walk.after(11));
}

#[test]
fn a_deadlock_is_seen_to_come() {
    let trace = traces::two_locks();
    let walk = Walk::of(&trace);
    let before = walk.after(3);
    assert_eq!((holders(&before, 0), holders(&before, 1)), (vec![1], vec![]));
    assert_eq!(pending(&before, 1).wait, None, "the second lock is free");
    let end = walk.after(4);
    assert_eq!((holders(&end, 0), holders(&end, 1)), (vec![1], vec![2]));
    assert_eq!((end.wanted_by(0), end.wanted_by(1)), (vec![2], vec![1]));
    let Some(Wait::Held(held)) = &pending(&end, 1).wait else {
        panic!("{end:?}")
    };
    assert_eq!((held[0].thread, held[0].since.line), (2, 14));
    assert_eq!(pending(&end, 0).wait, Some(Wait::Ends(vec![1])));
}

#[test]
fn a_lock_is_given_back() {
    let trace = made(
        &["Mutex total"],
        2,
        "0 spawn - t=1
         0 lock total r=0
         1 try_lock total n=would_block
         0 unlock total w=5
         1 lock total r=5
         1 unlock total n=poisons_it",
    );
    let walk = Walk::of(&trace);
    let held: Vec<Vec<u32>> = (2..=6).map(|steps| holders(&walk.after(steps), 0)).collect();
    assert_eq!(held, [vec![0], vec![0], vec![], vec![1], vec![]]);
    assert_eq!(
        object(&walk.after(3), 0).value,
        Some("0"),
        "what is being written is not known yet"
    );
    assert_eq!(object(&walk.after(4), 0).value, Some("5"));
    assert!(object(&walk.after(6), 0).poisoned);
    // One that only tries does not wait.
    assert_eq!(pending(&walk.after(2), 1).wait, None);
}

#[test]
fn readers_share_and_queue_behind_a_writer_that_waits() {
    let trace = made(
        &["RwLock data"],
        4,
        "0 spawn - t=1
         0 spawn - t=2
         0 spawn - t=3
         1 read data r=0
         2 read data r=0
         3 write data n=begins_to_wait
         2 unlock data
         1 unlock data
         3 write data r=0
         3 downgrade data w=1
         2 read data r=1",
    );
    let walk = Walk::of(&trace);
    assert_eq!(holders(&walk.after(5), 0), [1, 2]);
    assert!(matches!(&pending(&walk.after(5), 3).wait, Some(Wait::Held(held)) if held.len() == 2));
    assert_eq!(pending(&walk.after(7), 2).wait, Some(Wait::Behind(vec![3])));
    assert_eq!(walk.after(7).wanted_by(0), [2, 3]);
    let written = walk.after(9);
    assert!(matches!(&written.objects[0].1.holders[..], [writer] if !writer.share && writer.thread == 3));
    let shared = walk.after(10);
    assert!(matches!(&shared.objects[0].1.holders[..], [reader] if reader.share));
    assert_eq!(shared.objects[0].1.value, Some("1"));
    assert_eq!(holders(&walk.after(11), 0), [3, 2]);
}

#[test]
fn a_waiter_waits_to_be_notified_and_then_for_the_mutex() {
    let trace = made(
        &["Mutex done", "Condvar ready"],
        2,
        "0 spawn - t=1
         0 lock done r=false
         0 wait ready
         0 unlock done
         1 lock done r=false
         1 notify_one ready t=0
         1 unlock done w=true
         0 woken ready
         0 relock done r=true",
    );
    let walk = Walk::of(&trace);
    assert_eq!(
        pending(&walk.after(2), 0).wait,
        None,
        "it is about to wait, and can"
    );
    let waits = walk.after(5);
    assert_eq!(pending(&waits, 0).wait, Some(Wait::Notification));
    assert_eq!(object(&waits, 1).waiting, [0]);
    let notified = walk.after(6);
    let Some(Wait::Mutex(0, held)) = &pending(&notified, 0).wait else {
        panic!("{notified:?}")
    };
    assert_eq!(held[0].thread, 1);
    assert_eq!(notified.wanted_by(0), [0]);
    assert!(object(&notified, 1).waiting.is_empty());
    assert_eq!(pending(&walk.after(7), 0).wait, None);
    assert_eq!(holders(&walk.after(9), 0), [0]);
}

#[test]
fn one_that_nobody_notifies_waits_at_the_end() {
    let trace = traces::missed_signal();
    let walk = Walk::of(&trace);
    let end = walk.after(walk.len());
    assert_eq!(pending(&end, 0).wait, Some(Wait::Notification));
    assert_eq!(end.threads[1], Stand::Ended);
    assert_eq!(end.wanted_by(1), [0]);
    assert!(holders(&end, 0).is_empty());
}

#[test]
fn messages_are_counted() {
    let trace = traces::receiver();
    let walk = Walk::of(&trace);
    let counts: Vec<Option<usize>> = (2..=10)
        .map(|steps| object(&walk.after(steps), 0).messages)
        .collect();
    assert_eq!(counts, [0, 1, 1, 1, 0, 1, 1, 1, 0].map(Some));
    assert_eq!(pending(&walk.after(2), 0).wait, Some(Wait::Message));
    assert_eq!(pending(&walk.after(3), 0).wait, None);
    assert_eq!(pending(&walk.after(10), 0).wait, Some(Wait::Message));
}

#[test]
fn without_a_buffer_a_sender_waits_until_its_message_is_taken() {
    let trace = made(
        &["channel orders", "Mutex log"],
        2,
        "0 spawn - t=1
         1 send orders n=waits_for_the_receiver
         0 lock log
         0 recv orders
         1 lock log
         1 drop~sender orders n=the_last_one
         0 drop~receiver orders",
    );
    let walk = Walk::of(&trace);
    let offered = walk.after(3);
    assert_eq!(
        (pending(&offered, 1).op, &pending(&offered, 1).wait),
        ("send", &Some(Wait::Receiver))
    );
    assert_eq!(object(&offered, 0).offers, [1]);
    assert_eq!(pending(&walk.after(4), 1).op, "lock");
    assert!(object(&walk.after(6), 0).no_sender);
    assert!(object(&walk.after(7), 0).no_receiver);
}

#[test]
fn who_arrives_at_a_barrier_waits_for_the_last() {
    let trace = made(
        &["Barrier start"],
        2,
        "0 spawn - t=1
         1 barrier~wait start n=waits
         0 barrier~wait start n=the_last_to_arrive
         1 barrier~passed start",
    );
    let walk = Walk::of(&trace);
    assert_eq!(pending(&walk.after(1), 1).wait, None);
    assert_eq!(pending(&walk.after(2), 1).wait, Some(Wait::Others));
    assert_eq!(object(&walk.after(2), 0).waiting, [1]);
    assert_eq!(pending(&walk.after(3), 1).wait, None);
}

#[test]
fn what_is_done_once_is_waited_for() {
    let trace = made(
        &["OnceLock settings", "Mutex log"],
        2,
        "0 spawn - t=1
         0 get_or_init settings n=the_first
         0 lock log
         0 once settings n=done
         1 get_or_init settings",
    );
    let walk = Walk::of(&trace);
    assert_eq!(holders(&walk.after(2), 0), [0]);
    assert!(matches!(&pending(&walk.after(2), 1).wait, Some(Wait::Held(held)) if held[0].thread == 0));
    let done = walk.after(4);
    assert!(object(&done, 0).done && holders(&done, 0).is_empty());
    assert_eq!(pending(&done, 1).wait, None);
}

#[test]
fn one_that_parks_waits_for_its_token() {
    let trace = made(
        &[],
        2,
        "0 spawn - t=1
         1 park -
         0 unpark - t=1
         1 park -
         0 join - t=1",
    );
    let walk = Walk::of(&trace);
    assert_eq!(pending(&walk.after(2), 1).wait, Some(Wait::Unpark));
    assert_eq!(pending(&walk.after(3), 1).wait, None);
}

#[test]
fn locks_that_were_taken_before_the_trace_begins_are_held() {
    let mut trace = traces::two_locks();
    trace.left_out = 2;
    // The step in which thread 2 took its lock is not carried; that thread 1 waits for it tells of it.
    trace.steps.drain(..2);
    trace.steps.retain(|step| step.thread != 2);
    let begin = Walk::of(&trace).after(0);
    assert_eq!(holders(&begin, 1), [2]);
    assert_eq!(
        pending(&begin, 2).wait,
        None,
        "its own wait begins when the other lock is taken"
    );

    let mut trace = made(&["Mutex total"], 1, "0 unlock total w=1\n0 lock total r=1");
    trace.left_out = 1;
    let walk = Walk::of(&trace);
    let held: Vec<usize> = (0..=2)
        .map(|steps| walk.after(steps).objects[0].1.holders.len())
        .collect();
    assert_eq!(held, [1, 0, 1]);
}

#[test]
fn what_stands_for_a_thread_is_not_shown() {
    let trace = made(&["thread -", "channel a", "senders -"], 1, "0 join #0\n0 send a");
    let end = Walk::of(&trace).after(2);
    assert_eq!(
        end.objects.iter().map(|(object, _)| *object).collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn a_thread_that_was_stopped_in_between_has_not_ended() {
    let mut trace = traces::spinning();
    let walk_end = |trace: &Trace| {
        let end = Walk::of(trace).after(usize::MAX);
        matches!(end.threads[1], Stand::Unknown)
    };
    assert!(walk_end(&trace));
    let location = trace.steps[1].location.clone();
    trace.blocked = vec![Blocked {
        thread: 1,
        op: "load".to_owned(),
        object: Some(1),
        location,
        holders: Vec::new(),
        joins: Vec::new(),
        stack: None,
    }];
    let end = Walk::of(&trace).after(usize::MAX);
    assert_eq!(pending(&end, 1).wait, None, "to read never has to wait");
}

#[test]
fn no_trace_is_too_strange() {
    let trace = traces::hostile();
    let walk = Walk::of(&trace);
    for steps in 0..=walk.len() {
        assert_eq!(walk.after(steps).threads.len(), trace.threads.len());
    }
}
