//! Tests to run while you work: `cargo test -p background-thread`. `kata check` runs more.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use background_thread::Autosave;

#[test]
fn a_change_is_saved_on_another_thread_and_not_too_early() {
    let (disk, saved) = mpsc::channel();
    let begin = Instant::now();
    let autosave = Autosave::start(Duration::from_millis(100), move |version| {
        disk.send((version, thread::current().id(), begin.elapsed()))
            .unwrap();
    });
    autosave.changed("a version");
    let (version, thread_of_the_save, when) = saved.recv().unwrap();
    assert_eq!(version, "a version");
    assert_ne!(thread_of_the_save, thread::current().id());
    assert!(when >= Duration::from_millis(100), "saved after {when:?}");
}

#[test]
fn the_last_version_is_saved_when_the_owner_goes() {
    let (disk, saved) = mpsc::channel();
    {
        let autosave = Autosave::start(Duration::from_secs(5), move |version| {
            disk.send(version).unwrap();
        });
        for version in 1..=100 {
            autosave.changed(version);
        }
    }
    assert_eq!(saved.try_iter().last(), Some(100));
}
