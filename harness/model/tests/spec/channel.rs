//! `mpsc`.

use kata_model::{
    explore::FailureKind,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError},
    },
    thread,
};

use crate::{LIMIT, fails, failure, holds};

#[test]
fn a_receive_can_time_out_before_the_last_sender_goes_or_see_it_gone() {
    for expected in [RecvTimeoutError::Timeout, RecvTimeoutError::Disconnected] {
        let failure = failure(move || {
            let (sender, receiver) = mpsc::channel::<u32>();
            let child = thread::spawn(move || drop(sender));
            assert_ne!(receiver.recv_timeout(LIMIT), Err(expected));
            child.join().unwrap();
        });
        assert!(!failure.always, "{expected:?}");
    }
}

#[test]
fn nothing_is_sent_to_a_receiver_that_is_gone() {
    holds(|| {
        let (sender, receiver) = mpsc::channel();
        sender.send(1).unwrap();
        drop(receiver);
        assert_eq!(sender.send(2).unwrap_err().0, 2);
        let (sender, receiver) = mpsc::sync_channel(1);
        drop(receiver);
        assert_eq!(sender.try_send(3), Err(TrySendError::Disconnected(3)));
    });
}

#[test]
fn a_sender_that_waits_for_room_is_told_when_the_receiver_goes() {
    for room in [0, 1] {
        holds(move || {
            let (sender, receiver) = mpsc::sync_channel(room);
            let child = thread::spawn(move || (sender.send(1), sender.send(2)));
            drop(receiver);
            let (_, second) = child.join().unwrap();
            assert!(second.is_err());
        });
    }
}

#[test]
fn messages_outlive_their_senders() {
    holds(|| {
        let (sender, receiver) = mpsc::sync_channel(2);
        sender.send(1).unwrap();
        sender.try_send(2).unwrap();
        assert_eq!(sender.try_send(3), Err(TrySendError::Full(3)));
        drop(sender);
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [1, 2]);
        assert!(receiver.recv().is_err());
    });
}

#[test]
fn an_empty_channel_is_not_one_without_senders() {
    failure(|| {
        let (sender, receiver) = mpsc::channel();
        let child = thread::spawn(move || sender.send(1).unwrap());
        // Polls once, and takes an empty channel for the end.
        assert_eq!(receiver.try_recv(), Ok(1));
        child.join().unwrap();
    });
}

#[test]
fn try_send_meets_a_receiver_that_waits_or_none() {
    for expected in [true, false] {
        failure(move || {
            let (sender, receiver) = mpsc::sync_channel(0);
            let child = thread::spawn(move || receiver.recv().is_ok());
            let sent = sender.try_send(1).is_ok();
            drop(sender);
            assert_eq!(child.join().unwrap(), sent);
            assert_ne!(sent, expected);
        });
    }
}

#[test]
fn a_receiver_may_be_shared_behind_a_lock() {
    use kata_model::sync::Mutex;
    let report = crate::report(|| {
        let (sender, receiver) = mpsc::channel();
        let receiver = Mutex::new(receiver);
        let sum = AtomicU32::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let message = receiver.lock().unwrap().recv().unwrap();
                    sum.fetch_add(message, SeqCst);
                });
            }
            sender.send(1).unwrap();
            sender.send(2).unwrap();
        });
        assert_eq!(sum.load(SeqCst), 3);
    });
    assert!(report.verdict.is_ok());
}

#[test]
fn a_channel_ends_with_its_last_sender() {
    holds(|| {
        let (sender, receiver) = mpsc::channel();
        let children = [1, 2].map(|value| {
            let sender = sender.clone();
            thread::spawn(move || sender.send(value).unwrap())
        });
        drop(sender);
        assert_eq!(receiver.iter().sum::<u32>(), 3);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        children.into_iter().for_each(|child| child.join().unwrap());
    });
    fails(FailureKind::Deadlock, || {
        let (_kept, receiver) = mpsc::channel::<u32>();
        receiver.iter().for_each(drop);
    });
}

#[test]
fn messages_of_one_sender_keep_their_order() {
    holds(|| {
        let (sender, receiver) = mpsc::channel();
        let child = thread::spawn(move || (0..3).for_each(|value| sender.send(value).unwrap()));
        assert_eq!(receiver.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
        child.join().unwrap();
    });
}

#[test]
fn a_channel_without_a_buffer_hands_over() {
    holds(|| {
        let (sender, receiver) = mpsc::sync_channel(0);
        assert_eq!(sender.try_send(0), Err(TrySendError::Full(0)));
        let met = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&met);
        let child = thread::spawn(move || {
            theirs.store(1, SeqCst);
            receiver.recv().unwrap()
        });
        sender.send(7).unwrap();
        assert_eq!(met.load(SeqCst), 1, "the receiver had come");
        assert_eq!(child.join().unwrap(), 7);
        assert!(sender.send(8).is_err());
    });
    fails(FailureKind::Deadlock, || {
        let (sender, _receiver) = mpsc::sync_channel(0);
        sender.send(1).unwrap();
    });
}

#[test]
fn a_full_channel_makes_its_sender_wait() {
    fails(FailureKind::Deadlock, || {
        let (sender, receiver) = mpsc::sync_channel(1);
        sender.send(1).unwrap();
        sender.send(2).unwrap();
        drop(receiver);
    });
}

#[test]
fn a_receive_without_a_message_times_out() {
    holds(|| {
        let (sender, receiver) = mpsc::channel::<u32>();
        assert_eq!(receiver.recv_timeout(LIMIT), Err(RecvTimeoutError::Timeout));
        drop(sender);
        assert_eq!(receiver.recv_timeout(LIMIT), Err(RecvTimeoutError::Disconnected));
    });
}

#[test]
fn a_receive_expires_or_not() {
    let scenario = |times_out: bool| {
        move || {
            let (sender, receiver) = mpsc::channel();
            let child = thread::spawn(move || sender.send(1).is_ok());
            assert_eq!(receiver.recv_timeout(LIMIT).is_err(), times_out);
            child.join().unwrap();
        }
    };
    failure(scenario(true));
    failure(scenario(false));
}
