//! What a program sees from inside the layers, who it is there, and what it may do.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use kata_sandbox::{How, Layer, Layers, Program, View};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::scene::{alive, all_layers, holds, is_root, mark, probe, run_inside, status, text, until, warden};

/// The sets of layers that decide what of the file system there is.
fn walls() -> Vec<Layers> {
    let walls = [Layer::Namespaces, Layer::Landlock]
        .into_iter()
        .filter(|layer| holds(*layer));
    walls.map(|layer| [layer].into()).chain([all_layers()]).collect()
}

/// Files and folders that everybody may read and write, as far as their modes say.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let place = Place { folder };
        place.open_to_all("");
        for name in ["shown", "hidden"] {
            fs::write(place.at(name), name).expect("the folder is ours");
            place.open_to_all(name);
        }
        for name in ["workshop", "library", "cwd", "vault"] {
            fs::create_dir(place.at(name)).expect("the folder is ours");
            place.open_to_all(name);
            fs::write(place.at(name).join("inside"), name).expect("the folder is ours");
            place.open_to_all(&format!("{name}/inside"));
        }
        symlink(place.at("hidden"), place.at("link")).expect("the folder is ours");
        symlink(place.at("vault"), place.at("link-to-folder")).expect("the folder is ours");
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there").join(name)
    }

    fn open_to_all(&self, name: &str) {
        fs::set_permissions(self.at(name), fs::Permissions::from_mode(0o777)).expect("it is ours");
    }

    /// A program that tries all of these, with the files and folders above in its view.
    fn program(&self, names: &[&str]) -> Program {
        let paths: Vec<String> = names
            .iter()
            .map(|name| self.at(name).to_str().expect("it is ASCII").to_owned())
            .collect();
        let mut args = vec!["inside"];
        args.extend(paths.iter().map(String::as_str));
        let mut program = probe(&args);
        program.cwd = self.at("cwd");
        program.view.read = ["shown", "library", "link", "link-to-folder"]
            .map(|name| self.at(name))
            .into();
        program.view.write = vec![self.at("workshop")];
        program
    }
}

/// What came of one of the things that the program tried.
fn answer(told: &str, what: &str, path: &Path) -> bool {
    let start = format!("{what} {}: ", path.display());
    let line = told.lines().find_map(|line| line.strip_prefix(&start));
    match line {
        Some("yes") => true,
        Some(no) if no.starts_with("no, ") => false,
        _ => panic!("{start:?} is not told in {told}"),
    }
}

#[tokio::test]
async fn what_is_shown_can_be_read_what_is_given_can_be_written_and_nothing_else_is_there() {
    let (read, write, make) = ("read", "write", "make a file in");
    // A file: read, written. A folder: a file made in it.
    let cases = [
        ("shown", read, true),
        ("shown", write, false),
        ("library/inside", read, true),
        ("library/inside", write, false),
        ("library", make, false),
        ("workshop/inside", read, true),
        ("workshop/inside", write, true),
        ("workshop", make, true),
        ("hidden", read, false),
        ("hidden", write, false),
        ("vault/inside", read, false),
        ("vault", make, false),
        ("cwd/inside", read, false),
        ("cwd", make, false),
        ("link", read, false),
        ("link-to-folder/inside", read, false),
    ];
    let names: Vec<&str> = cases.iter().map(|(name, ..)| *name).collect();

    // Without a layer all of it can be done: nothing but the layers is in the way.
    let place = Place::new();
    let ended = run_inside(&Layers::new(), &place.program(&names)).await;
    let told = text(&ended.stdout.bytes);
    for (name, what, _) in cases {
        assert!(answer(&told, what, &place.at(name)), "{what} {name}: {told}");
    }

    for layers in walls() {
        let place = Place::new();
        let ended = run_inside(&layers, &place.program(&names)).await;
        assert_eq!(ended.how, How::Exited(0), "{layers:?}: {ended:?}");
        let told = text(&ended.stdout.bytes);
        for (name, what, can) in cases {
            assert_eq!(
                answer(&told, what, &place.at(name)),
                can,
                "{layers:?}: {what} {name}: {told}"
            );
        }
        for what in ["read /etc/passwd", "list /home", "list /proc"] {
            assert!(told.contains(&format!("{what}: no, ")), "{layers:?}: {told}");
        }
        assert_eq!(fs::read(place.at("workshop/new")).unwrap(), b"new");
        assert!(!place.at("library/new").exists() && !place.at("vault/new").exists());
        assert_eq!(fs::read(place.at("hidden")).unwrap(), b"hidden");
    }
}

#[tokio::test]
async fn the_folder_that_a_program_starts_in_looks_empty() {
    if !holds(Layer::Namespaces) {
        return;
    }
    let place = Place::new();
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        let mut program = probe(&["-c", "pwd; for name in * .*; do echo \"$name\"; done"]);
        program.path = "/bin/sh".into();
        program.cwd = place.at("cwd");
        let told = text(&run_inside(&layers, &program).await.stdout.bytes);
        let names: Vec<&str> = told
            .lines()
            .skip(1)
            .filter(|name| ![".", "..", "*", ".*"].contains(name))
            .collect();
        assert_eq!(told.lines().next(), place.at("cwd").to_str(), "{layers:?}");
        assert!(names.is_empty(), "{layers:?}: {told}");
        // Unless it is shown.
        program.view.read = vec![place.at("cwd")];
        let told = text(&run_inside(&layers, &program).await.stdout.bytes);
        assert!(told.lines().any(|name| name == "inside"), "{layers:?}: {told}");
    }
}

#[tokio::test]
async fn no_process_outside_is_seen_and_none_knows_its_own_number_outside() {
    if !holds(Layer::Namespaces) {
        return;
    }
    for layers in [Layers::from([Layer::Namespaces]), all_layers()] {
        let mut program = probe(&["inside"]);
        program.view.proc = true;
        let told = text(&run_inside(&layers, &program).await.stdout.bytes);
        let seen: Vec<u32> = told
            .lines()
            .filter_map(|line| line.strip_prefix("process ")?.parse().ok())
            .collect();
        let pid = told
            .lines()
            .find_map(|line| line.strip_prefix("pid "))
            .unwrap()
            .parse()
            .unwrap();
        // The warden inside, and itself.
        assert_eq!(seen, [1, pid], "{layers:?}: {told}");
        assert!(pid < 10, "{layers:?}: {pid}");
    }
}

#[tokio::test]
async fn a_program_has_no_rights_and_gets_none() {
    let needed = [Layer::Namespaces, Layer::Seccomp];
    if !needed.into_iter().all(holds) {
        return;
    }
    let mut program = probe(&["inside"]);
    program.view = View {
        proc: true,
        ..View::default()
    };
    let told = text(&run_inside(&all_layers(), &program).await.stdout.bytes);
    let none = "0000000000000000";
    for line in [
        format!("CapInh: {none}"),
        format!("CapPrm: {none}"),
        format!("CapEff: {none}"),
        format!("CapAmb: {none}"),
        "NoNewPrivs: 1".into(),
        "Seccomp: 2".into(),
    ] {
        assert!(told.contains(&format!("status {line}\n")), "{line}: {told}");
    }
}

#[tokio::test]
async fn each_layer_takes_the_rights_that_it_is_about() {
    for layer in [Layer::Namespaces, Layer::OtherUser, Layer::Seccomp] {
        if !holds(layer) {
            continue;
        }
        let mut program = probe(&["inside"]);
        program.view.proc = true;
        let told = text(&run_inside(&[layer].into(), &program).await.stdout.bytes);
        let expected = match layer {
            Layer::Seccomp => "status Seccomp: 2\n",
            _ => "status CapEff: 0000000000000000\n",
        };
        assert!(told.contains(expected), "{layer}: {told}");
    }
}

#[tokio::test]
async fn runs_at_the_same_time_are_different_users() {
    if !holds(Layer::OtherUser) {
        return;
    }
    for layers in [Layers::from([Layer::OtherUser]), all_layers()] {
        let programs = [(); 3].map(|()| probe(&["sleep"]));
        let cancel = CancellationToken::new();
        let runs: Vec<_> = programs
            .iter()
            .cloned()
            .map(|program| {
                let (warden, cancel) = (warden().with_layers(&layers), cancel.clone());
                tokio::spawn(async move { warden.run(&program, &cancel).await })
            })
            .collect();
        let mut users = Vec::new();
        for program in &programs {
            let mark = mark(program);
            until("the program has started", || alive(&mark).len() == 1).await;
            let pid = alive(&mark)[0];
            let (uid, gid) = (status(pid, "Uid"), status(pid, "Gid"));
            let ids: Vec<&str> = uid.split_whitespace().collect();
            // Real, effective, saved and for files: all the same, and the group likewise, with no other.
            assert!(ids.iter().all(|id| *id == ids[0]), "{uid}");
            assert_eq!(uid, gid);
            assert_eq!(status(pid, "Groups"), "");
            users.push(ids[0].parse::<u32>().unwrap());
        }
        cancel.cancel();
        for run in runs {
            assert_eq!(run.await.unwrap().unwrap().how, How::Cancelled);
        }
        users.sort_unstable();
        users.dedup();
        assert_eq!(users.len(), programs.len(), "{layers:?}: {users:?}");
        assert!(is_root() && users.iter().all(|user| *user > 1 << 30), "{users:?}");
    }
}
