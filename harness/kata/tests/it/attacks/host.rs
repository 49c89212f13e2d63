//! The host as attacks find it: courses, a home, a cache, secrets, and whoever answers on its sockets.
//!
//! Sources of attacks name all of it by placeholders. So an attack never fails because it did not know where to look, and
//! runs at the same time, each with a host of its own, do not meet.
//!
//! | placeholder | what it stands for |
//! | --- | --- |
//! | `@MARK@` | a word of this host alone: whatever an attack leaves carries it in its name |
//! | `@HOME@`, `@COURSE@`, `@PROGRAMS@`, `@CACHE@`, `@SUBMISSIONS@` | folders of whoever grades |
//! | `@TMP@` | a secret file in `/tmp` |
//! | `@TCP@`, `@TCP6@`, `@UDP@` | ports of the host that answer |
//! | `@LISTEN@` | a port to which somebody of the host goes on connecting |
//! | `@UNIX@`, `@ABSTRACT@` | sockets of the host that answer: a path, and an abstract name |
//! | `@CANARY@` | a process of the host that does nothing |
//! | `@LOCKED@` | a file of the system on which the host holds a lock |
//! | `@KEY@` | a number for what has numbers in the place of names |

use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use tempfile::TempDir;

use super::{kernel::Kernel, listeners::Listeners, processes::Canary, random};
use crate::fixture::{copy, data, repository, shared_cache};

/// What secrets begin with.
const SECRET: &str = "kata-secret-";

/// Folders in which anybody may leave something, looked at for names with the mark.
const PUBLIC: [&str; 14] = [
    "/",
    "/dev",
    "/dev/mqueue",
    "/dev/shm",
    "/etc",
    "/home",
    "/mnt",
    "/root",
    "/run",
    "/run/lock",
    "/tmp",
    "/usr/bin",
    "/var/lib",
    "/var/tmp",
];

/// Nobody else ever locks it.
const LOCKED: &str = "/usr/bin/env";

/// What kata and this test write themselves.
const OUR_OWN: [&str; 5] = [
    "cache/confinement.json",
    "cache/results",
    "cache/failures",
    "cache/locks",
    "handed-in",
];

/// A file as it was: a change that leaves all of it as it is cannot be made.
type Seen = (u32, u64, u64, i64, i64);

/// kata itself.
const KATA: &str = "kata";

/// Everything around the attacks of one way.
pub(super) struct Host {
    root: TempDir,
    public: TempDir,
    mark: String,
    secrets: Vec<String>,
    canary: Canary,
    listeners: Listeners,
    kernel: Kernel,
    _locked: File,
    before: Mutex<BTreeMap<PathBuf, Seen>>,
}

impl Host {
    /// A host on which `user` grades, or else whoever runs this.
    pub(super) fn new(user: Option<u32>) -> Host {
        let number = random();
        let mark = format!("kata{number:016x}");
        let root = tempfile::Builder::new().prefix("kata-host-").tempdir().unwrap();
        let public = tempfile::Builder::new()
            .prefix("kata-planted-")
            .tempdir_in("/tmp")
            .unwrap();
        for place in ["home", "cache", "submissions", "handed-in", "tmp"] {
            fs::create_dir(root.path().join(place)).unwrap();
        }
        for course in ["course", "program_course"] {
            copy(&data(course), &root.path().join(course));
        }
        for part in ["exercises", "solutions", "tests"] {
            copy(&repository().join(part), &root.path().join("katas").join(part));
        }
        let list = root.path().join("katas/course.toml");
        fs::copy(repository().join("course.toml"), list).unwrap();
        copy(
            &shared_cache().join("runtimes"),
            &root.path().join("cache/runtimes"),
        );
        // Where everybody may run it; by another process, for a file that a process of this one still has open to write could not be
        // executed.
        let binary = env::var("KATA_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_kata").to_owned());
        let copied = Command::new("cp")
            .arg(binary)
            .arg(root.path().join(KATA))
            .status();
        assert!(copied.unwrap().success());
        let locked = File::open(LOCKED).unwrap();
        locked.lock().unwrap();
        let mut host = Host {
            _locked: locked,
            listeners: Listeners::new(&public.path().join("socket"), &mark),
            kernel: Kernel::now(&mark, number, root.path()),
            canary: Canary::new(),
            root,
            public,
            mark,
            secrets: Vec::new(),
            before: Mutex::default(),
        };
        host.plant();
        // Others may come in: what they must not see is theirs to guard.
        for folder in [host.root.path(), host.public.path()] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
        if let Some(user) = user {
            give(host.root.path(), user);
            give(host.public.path(), user);
        }
        host
    }

    /// The program that grades.
    pub(super) fn binary(&self) -> PathBuf {
        self.root.path().join(KATA)
    }

    /// Takes what is there now for what has to be there.
    pub(super) fn remember(&self) {
        *self.before.lock().unwrap() = self.seen();
    }

    fn plant(&mut self) {
        let of_course: [PathBuf; 6] = [
            "course/solutions/demo/src/lib.rs",
            "course/tests/demo/hidden.rs",
            "program_course/solutions/errand/src/main.rs",
            "program_course/tests/errand/hidden.rs",
            "katas/solutions/greet/src/lib.rs",
            "katas/tests/greet/hidden.rs",
        ]
        .map(|file| self.root.path().join(file));
        for file in of_course {
            let secret = self.secret();
            let text = fs::read_to_string(&file).unwrap();
            // It is in the program of the tests as well.
            let planted =
                format!("{text}\n/// {secret}\n#[used]\npub static PLANTED: &str = \"{secret}\";\n");
            fs::write(file, planted).unwrap();
        }
        let private = [
            self.root.path().join("home/.secret"),
            self.root.path().join("submissions/of-somebody-else.rs"),
            self.public.path().join("secret"),
        ];
        for file in private {
            fs::write(&file, self.secret()).unwrap();
            fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// A new secret.
    fn secret(&mut self) -> String {
        let secret = format!("{SECRET}{:016x}", random());
        self.secrets.push(secret.clone());
        secret
    }

    /// Writes the source of an attack for this host.
    pub(super) fn submission(&self, name: &str, source: &str) -> PathBuf {
        let folder = |name: &str| self.root.path().join(name).display().to_string();
        let [tcp, tcp6, udp, listen] = self.listeners.ports();
        let known = [
            ("@MARK@", self.mark.clone()),
            ("@HOME@", folder("home")),
            ("@COURSE@", folder("course")),
            ("@PROGRAMS@", folder("program_course")),
            ("@CACHE@", folder("cache")),
            ("@SUBMISSIONS@", folder("submissions")),
            ("@TMP@", self.public.path().join("secret").display().to_string()),
            ("@TCP@", tcp.to_string()),
            ("@TCP6@", tcp6.to_string()),
            ("@UDP@", udp.to_string()),
            ("@LISTEN@", listen.to_string()),
            ("@UNIX@", self.public.path().join("socket").display().to_string()),
            ("@ABSTRACT@", self.listeners.abstract_name().to_owned()),
            ("@CANARY@", self.canary.id().to_string()),
            ("@LOCKED@", LOCKED.to_owned()),
            ("@KEY@", self.kernel.key().to_string()),
        ];
        let text = known
            .iter()
            .fold(source.to_owned(), |text, (name, value)| text.replace(name, value));
        let file = self.root.path().join("handed-in").join(format!("{name}.rs"));
        fs::write(&file, text).unwrap();
        file
    }

    /// Where kata runs, and what it is told there.
    pub(super) fn prepare(&self, command: &mut assert_cmd::Command, kata: &str) {
        let root = self.root.path();
        let course = ["course", "program_course", "katas"]
            .map(|course| root.join(course))
            .into_iter()
            .find(|course| course.join("exercises").join(kata).is_dir());
        // The compiler is not looked for in the new home.
        let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
        for (variable, folder) in [("RUSTUP_HOME", ".rustup"), ("CARGO_HOME", ".cargo")] {
            if env::var_os(variable).is_none() && home.join(folder).is_dir() {
                command.env(variable, home.join(folder));
            }
        }
        command
            .current_dir(course.unwrap())
            .env("HOME", root.join("home"))
            .env("TMPDIR", root.join("tmp"))
            .env("KATA_CACHE", root.join("cache"))
            .env("KATA_PLANTED_SECRET", format!("{SECRET}{}", self.mark))
            .env_remove("NO_COLOR");
    }

    /// The secrets that stand in what kata said.
    pub(super) fn secrets_in(&self, texts: &[&str]) -> Vec<String> {
        let of_environment = format!("{SECRET}{}", self.mark);
        let secrets = self.secrets.iter().chain([&of_environment]);
        secrets
            .filter(|secret| texts.iter().any(|text| text.contains(secret.as_str())))
            .map(|secret| format!("shows {secret}"))
            .collect()
    }

    /// What is not as it was, now that nothing runs.
    pub(super) fn changes(&self) -> Vec<String> {
        let mut changes = self.canary.strangers(&self.mark);
        changes.extend(self.canary.harmed());
        let now = self.seen();
        let mut before = self.before.lock().unwrap();
        for (file, seen) in &now {
            match before.get(file) {
                None => changes.push(left(file)),
                Some(before) if before != seen => changes.push(format!("changed {file:?}")),
                Some(_) => {}
            }
        }
        let gone = before.keys().filter(|file| !now.contains_key(*file));
        changes.extend(gone.map(|file| format!("removed {file:?}")));
        // Each is told once.
        *before = self.seen();
        drop(before);
        for folder in PUBLIC {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let ours = entries.filter(|entry| entry.file_name().to_string_lossy().contains(&self.mark));
            changes.extend(ours.map(|entry| left(&entry.path())));
        }
        changes.extend(self.listeners.heard());
        changes.extend(self.kernel.changes());
        changes
    }

    /// Everything in the host's folders.
    fn seen(&self) -> BTreeMap<PathBuf, Seen> {
        let mut found = BTreeMap::new();
        for root in [self.root.path(), self.public.path()] {
            see(root, root, &mut found);
        }
        found
    }
}

/// Says that something is left, and removes it: the next attack is not to find it.
fn left(place: &Path) -> String {
    let _ = fs::remove_dir_all(place).or_else(|_| fs::remove_file(place));
    format!("left {place:?}")
}

fn see(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Seen>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(known) = path.symlink_metadata() else {
            continue;
        };
        let inside = path.strip_prefix(root).unwrap();
        if OUR_OWN.iter().any(|own| inside == Path::new(own)) {
            continue;
        }
        if known.is_dir() {
            // Its times change when something in it comes and goes.
            found.insert(path.clone(), (known.mode(), known.ino(), 0, 0, 0));
            see(&path, root, found);
        } else {
            let seen = (
                known.mode(),
                known.ino(),
                known.len(),
                known.ctime(),
                known.ctime_nsec(),
            );
            found.insert(path, seen);
        }
    }
}

/// Gives a folder and all that is in it to a user.
fn give(place: &Path, user: u32) {
    chown(place, Some(user), Some(user)).unwrap();
    if place.is_dir() {
        for entry in fs::read_dir(place).unwrap() {
            give(&entry.unwrap().path(), user);
        }
    }
}
