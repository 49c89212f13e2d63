//! A machine that does not play along: disks that are full or read-only.

use std::{fs, path::Path};

use predicates::str::contains;
use rustix::mount::{MountFlags, UnmountFlags, mount, mount_bind, mount_remount, unmount};

use crate::fixture::Fixture;

/// Something mounted, until this is dropped.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = unmount(self.0, UnmountFlags::DETACH);
    }
}

/// A small disk at `place`; `None` where this user may not mount one.
fn small_disk<'a>(place: &'a Path, size: &str) -> Option<Mounted<'a>> {
    fs::create_dir_all(place).unwrap();
    let options = std::ffi::CString::new(format!("size={size}")).unwrap();
    match mount(
        "tmpfs",
        place,
        "tmpfs",
        MountFlags::empty(),
        Some(options.as_c_str()),
    ) {
        Ok(()) => Some(Mounted(place)),
        Err(error) => {
            eprintln!("not tested: mounting a small disk needs root ({error})");
            None
        }
    }
}

/// What each layer and each attack is called stands in the code once; the page has a section for each.
#[test]
fn a_full_disk_is_no_verdict() {
    for size in ["4k", "64k", "512k"] {
        let fixture = Fixture::new();
        let scratch = fixture.cache().join("scratch");
        let Some(_disk) = small_disk(&scratch, size) else {
            return;
        };
        fixture
            .kata(&["check", "demo", "--solution"])
            .assert()
            .code(3)
            .stderr(contains("make room there, or set KATA_CACHE"));
        fixture.assert_nothing_is_left();
    }
}

#[test]
fn a_full_disk_keeps_the_progress_that_was_there() {
    let fixture = Fixture::new();
    let course = fixture.course();
    let moved = course.with_extension("moved");
    fs::rename(&course, &moved).unwrap();
    let Some(_disk) = small_disk(&course, "1m") else {
        return;
    };
    crate::fixture::copy(&moved, &course);
    fixture.kata(&["hint", "demo"]).assert().success();
    let before = fs::read_to_string(course.join("kata-progress.txt")).unwrap();
    // Whatever is left of the disk.
    let _ = fs::write(course.join("fill"), vec![0; 2 << 20]);
    fixture.kata(&["check", "free", "--solution"]).assert().success();
    fixture
        .kata(&["hint", "demo"])
        .assert()
        .success()
        .stderr(contains("kata-progress.txt"));
    assert_eq!(
        fs::read_to_string(course.join("kata-progress.txt")).unwrap(),
        before
    );
}

#[test]
fn a_read_only_course_is_graded_and_nothing_is_remembered() {
    let fixture = Fixture::new();
    fixture.solve("demo");
    let course = fixture.course();
    if mount_bind(&course, &course).is_err() {
        eprintln!("not tested: mounting needs root");
        return;
    }
    let _mounted = Mounted(&course);
    mount_remount(&course, MountFlags::BIND | MountFlags::RDONLY, "").unwrap();
    fixture
        .kata(&["check", "demo"])
        .assert()
        .success()
        .stderr(contains("the pass is not remembered"));
    fixture
        .kata(&["reset", "demo"])
        .assert()
        .code(3)
        .stderr(contains("set-aside"));
}

#[test]
fn a_cache_that_cannot_be_made_is_named() {
    let fixture = Fixture::new();
    let mut check = fixture.kata(&["check", "demo"]);
    check
        .env("KATA_CACHE", "/proc/nowhere")
        .assert()
        .code(3)
        .stderr(contains("/proc/nowhere"));
}

#[test]
fn a_machine_without_rust_is_told_what_to_install() {
    let fixture = Fixture::new();
    let mut check = fixture.kata(&["check", "demo"]);
    check
        .env("RUSTC", "/nowhere/rustc")
        .assert()
        .code(3)
        .stderr(contains("install Rust"));
}
