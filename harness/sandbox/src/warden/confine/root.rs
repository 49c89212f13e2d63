//! A root of the program's own, with what it is shown and nothing else.
//!
//! All is taken hold of first, as detached copies of mounts (open_tree(2)); then an empty file system is mounted where it covers something
//! that nobody needs any more, the copies are put into it, and it becomes the root. Nothing is looked up by a path in a
//! place that a program could have changed.

use std::{
    fs, io,
    os::{fd::OwnedFd, unix::fs::PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::{
    fs::CWD,
    mount::{
        MountFlags, MountPropagationFlags, MoveMountFlags, OpenTreeFlags, UnmountFlags, mount, mount_change,
        move_mount, open_tree, unmount,
    },
    process::pivot_root,
    thread::UnshareFlags,
};

use super::{super::system, user::Slot};
use crate::{
    Program,
    view::{DEVICES, SYSTEM},
};

/// Where the new root is put together: a folder that is there, and that is of no use any more.
const SITE: &str = "/proc";

/// The new root holds folders, links and empty files, for something else to be mounted on. Bytes.
const ROOM: &str = "size=1m,nr_inodes=4k,mode=755";

/// Something to be shown.
struct Shown {
    path: PathBuf,
    tree: OwnedFd,
    is_folder: bool,
}

/// Gives this process a mount namespace and a root of its own.
pub(crate) fn enter(program: &Program, owner: Option<Slot>) -> io::Result<()> {
    system::unshare(UnshareFlags::NEWNS)?;
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;

    let mut links = Vec::new();
    let mut shown = Vec::new();
    for path in SYSTEM.iter().map(Path::new) {
        match fs::symlink_metadata(path) {
            // `/bin` is `usr/bin` on most systems of today.
            Ok(metadata) if metadata.is_symlink() => links.push((path, fs::read_link(path)?)),
            Ok(_) => shown.push(take(path, READ_ONLY)?),
            Err(_) => {}
        }
    }
    for path in DEVICES.iter().map(Path::new).filter(|path| path.exists()) {
        shown.push(take(path, system::NOSUID)?);
    }
    if program.view.proc {
        // That of the namespace, which the warden has mounted.
        shown.push(take(Path::new("/proc"), READ_ONLY)?);
    }
    for path in &program.view.read {
        shown.push(take(path, READ_ONLY)?);
    }
    for path in &program.view.write {
        if let Some(owner) = owner {
            owner.own(path)?;
        }
        shown.push(take(path, system::NOSUID | system::NODEV)?);
    }
    // It may be there already, by a link of the system's too, as `/bin/sh` is.
    let through_link = links.iter().any(|(link, _)| program.path.starts_with(link));
    if !through_link && !shown.iter().any(|shown| program.path.starts_with(&shown.path)) {
        shown.push(take(&program.path, READ_ONLY)?);
    }
    // What lies inside another one comes after it.
    shown.sort_by(|one, other| one.path.cmp(&other.path));

    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    let room = std::ffi::CString::new(ROOM).expect("it has no NUL byte");
    mount("tmpfs", SITE, "tmpfs", flags, Some(&*room))?;
    for (path, target) in links {
        let place = inside(path);
        make_parents(&place)?;
        std::os::unix::fs::symlink(target, place)?;
    }
    make_folder(&inside(&program.cwd))?;
    for shown in shown {
        let place = inside(&shown.path);
        if shown.is_folder {
            make_folder(&place)?;
        } else if !place.exists() {
            make_parents(&place)?;
            fs::File::create(&place)?;
        }
        let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH;
        move_mount(&shown.tree, "", CWD, &place, flags)?;
    }
    let root = rustix::fs::open(SITE, rustix::fs::OFlags::PATH, rustix::fs::Mode::empty())?;
    system::restrict_mount(&root, READ_ONLY, system::Depth::One)?;

    // pivot_root(2), "pivot_root(".", ".")": the old root ends up on top of the new one, and is taken off.
    rustix::process::chdir(SITE)?;
    pivot_root(".", ".")?;
    unmount(".", UnmountFlags::DETACH)?;
    rustix::process::chdir("/")?;
    Ok(())
}

const READ_ONLY: u64 = system::RDONLY | system::NOSUID | system::NODEV;

/// Takes hold of what lies at `path`, with all that is mounted below it.
fn take(path: &Path, restrictions: u64) -> io::Result<Shown> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_RECURSIVE
        | OpenTreeFlags::AT_SYMLINK_NOFOLLOW;
    let tree = open_tree(CWD, path, flags)?;
    let is_folder = fs::symlink_metadata(path)?.is_dir();
    system::restrict_mount(&tree, restrictions, system::Depth::All)?;
    Ok(Shown {
        path: path.to_owned(),
        tree,
        is_folder,
    })
}

/// The place of `path` while the new root is put together.
fn inside(path: &Path) -> PathBuf {
    Path::new(SITE).join(path.strip_prefix("/").unwrap_or(path))
}

fn make_parents(place: &Path) -> io::Result<()> {
    place.parent().map_or(Ok(()), make_folder)
}

/// Makes a folder with its parents, which everybody may pass.
fn make_folder(place: &Path) -> io::Result<()> {
    if place.is_dir() {
        return Ok(());
    }
    make_parents(place)?;
    fs::create_dir(place)?;
    fs::set_permissions(place, fs::Permissions::from_mode(0o755))
}
