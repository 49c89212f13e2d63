//! Attacks on the machine that grades: each gets its verdict, gets out nowhere, and leaves the host as it was.
//!
//! Each is a file in `tests/attacks`, whose first lines say what it tries and what must come of it. It is given all that
//! an attacker could ever find out: see [`host`].

mod attack;
mod host;
mod kernel;
mod listeners;
mod processes;

use std::{
    env,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::fixture::data;
use attack::Attack;
use host::Host;

/// A way to start kata, which decides how well it can confine what it runs.
struct Way {
    name: &'static str,
    /// What stands before kata's own name on the command line.
    launcher: Vec<String>,
    /// Who it runs as, where that is somebody else.
    user: Option<u32>,
}

/// The ways to start it on this machine.
fn ways() -> Vec<Way> {
    let mut ways = vec![Way {
        name: "as this user",
        launcher: Vec::new(),
        user: None,
    }];
    if can_become_nobody() {
        ways.push(Way::as_nobody("as nobody", ""));
        ways.push(Way::as_nobody(
            "as nobody, without user namespaces",
            "--no-user-namespaces",
        ));
    }
    ways
}

/// Whether this is root, with all of root's rights: in many containers it has not.
fn can_become_nobody() -> bool {
    let mut mounts = Command::new("unshare");
    mounts.args(["--mount", "mount", "--bind", "/", "/mnt"]);
    let can =
        rustix::process::geteuid().is_root() && mounts.output().is_ok_and(|output| output.status.success());
    if !can {
        println!("nobody's tiers are not tried: that takes root, and mounts");
    }
    can
}

/// The user `nobody`.
const NOBODY: u32 = 65534;

impl Way {
    /// As `nobody`, who finds the compiler at `/mnt`, in a mount namespace: where root has it, nobody may look.
    fn as_nobody(name: &'static str, option: &str) -> Way {
        let script = format!(
            "mount --bind \"$(rustc --print sysroot)\" /mnt && export RUSTC=/mnt/bin/rustc \
             && exec \"$0\" as-nobody {option} -- \"$@\""
        );
        let probe = probe().display().to_string();
        let words = ["unshare", "--mount", "sh", "-c", &script, &probe];
        Way {
            name,
            launcher: words.map(str::to_owned).to_vec(),
            user: Some(NOBODY),
        }
    }
}

/// The sandbox's own test program, which lies beside kata's. Nobody has to be able to run it.
fn probe() -> PathBuf {
    let kata = Path::new(env!("CARGO_BIN_EXE_kata"));
    let mut build = Command::new(env!("CARGO"));
    build.args([
        "build",
        "--quiet",
        "--package",
        "kata-sandbox",
        "--bin",
        "kata-sandbox-probe",
    ]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    assert!(build.status().unwrap().success());
    kata.with_file_name("kata-sandbox-probe")
}

/// Attacks that run at the same time.
const AT_ONCE: usize = 4;

/// How long a check may take before it counts as hung. Far more than any needs, on any machine.
const HUNG: Duration = Duration::from_secs(300);

/// Set in the process that has nothing to do besides.
const ALONE: &str = "KATA_ATTACKS_ALONE";

#[test]
fn nothing_gets_out_and_each_has_its_verdict() {
    alone("nothing_gets_out_and_each_has_its_verdict", || run(1));
}

#[test]
#[ignore = "many rounds, each in another order"]
fn nothing_gets_out_in_any_order() {
    let rounds = env::var("KATA_ROUNDS").map_or(5, |rounds| rounds.parse().unwrap());
    alone("nothing_gets_out_in_any_order", || run(rounds));
}

#[test]
fn every_attack_says_what_must_come_of_it() {
    let attacks = Attack::all();
    assert!(attacks.len() >= 270, "there are {} only", attacks.len());
}

/// Does `work` in a process of its own. Whatever an attack leaves behind becomes a child of that process, and it has no
/// other children: so none of them is overlooked, or taken for one of another test.
fn alone(test: &str, work: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        processes::adopt_orphans();
        return work();
    }
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--include-ignored", "--nocapture"])
        .arg(format!("attacks::{test}"))
        .env(ALONE, "1")
        .status();
    assert!(status.unwrap().success(), "see above");
}

fn run(rounds: u64) {
    let seed = env::var("KATA_SEED").map_or_else(|_| random(), |seed| seed.parse().unwrap());
    println!("KATA_SEED={seed} repeats the order");
    let only = env::var("KATA_ATTACKS").unwrap_or_default();
    let mut attacks = Attack::all();
    attacks.retain(|attack| attack.name.contains(&only));
    let mut failed = Vec::new();
    for way in ways() {
        let host = Host::new(way.user);
        let tier = tier(&way, &host);
        println!("{}: tier {tier}", way.name);
        if tier == "D" {
            println!("this machine has nothing that would stop them, so they are not run");
            continue;
        }
        // Whatever the first check of all makes is there from now on.
        assert_works(&way, &host);
        host.remember();
        for round in 0..rounds {
            shuffle(&mut attacks, seed.wrapping_add(round));
            for batch in attacks.chunks(AT_ONCE) {
                failed.extend(run_batch(batch, &way, &host));
            }
        }
        assert_works(&way, &host);
    }
    assert!(failed.is_empty(), "{} faults, told above", failed.len());
}

/// Runs some attacks at once, and gives what is wrong then.
fn run_batch(batch: &[Attack], way: &Way, host: &Host) -> Vec<String> {
    let mut wrong: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = batch
            .iter()
            .map(|attack| scope.spawn(|| run_one(attack, way, host)))
            .collect();
        running
            .into_iter()
            .flat_map(|attack| attack.join().unwrap())
            .collect()
    });
    let names: Vec<&str> = batch.iter().map(|attack| attack.name.as_str()).collect();
    let left = host.changes();
    wrong.extend(
        left.into_iter()
            .map(|change| format!("one of {}: {change}", names.join(", "))),
    );
    for fault in wrong.iter_mut() {
        *fault = format!("{}: {fault}", way.name);
        println!("{fault}");
    }
    wrong
}

/// Runs one attack, as often as it asks for, and gives what is wrong with its reports.
fn run_one(attack: &Attack, way: &Way, host: &Host) -> Vec<String> {
    let file = host.submission(&attack.name, &attack.source);
    let mut wrong = Vec::new();
    for _ in 0..attack.runs {
        let arguments = ["--submission", file.to_str().unwrap()];
        let output = check(&attack.kata, &arguments, way, host);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let faults = match serde_json::from_str::<Value>(&text) {
            Ok(report) => attack.faults(&report, &said),
            Err(error) => vec![format!("no report: {error}: {text:?} {said:?} {}", output.status)],
        };
        let leaked = host.secrets_in(&[&text, &said]);
        let all = faults.into_iter().chain(leaked);
        wrong.extend(all.map(|fault| format!("{}: {fault}", attack.name)));
    }
    wrong
}

/// One check by the real binary.
fn check(kata: &str, whose: &[&str], way: &Way, host: &Host) -> Output {
    let binary = host.binary().display().to_string();
    let words: Vec<&str> = way
        .launcher
        .iter()
        .map(String::as_str)
        .chain([binary.as_str(), "check", kata])
        .chain(whose.iter().copied())
        .chain(["--no-cache", "--format", "json"])
        .collect();
    let mut command = assert_cmd::Command::new(words[0]);
    host.prepare(&mut command, kata);
    command.args(&words[1..]).timeout(HUNG).output().unwrap()
}

#[test]
fn a_machine_without_layers_is_not_for_strangers() {
    let way = Way {
        name: "as this user",
        launcher: Vec::new(),
        user: None,
    };
    let host = Host::new(None);
    if tier(&way, &host) != "D" {
        let output = check("demo", &["--solution", "--untrusted"], &way, &host);
        assert!(output.status.success(), "{output:?}");
    }
    // There is one host at a time: each holds a lock.
    drop(host);
    if !can_become_nobody() {
        return;
    }
    let way = Way::as_nobody("without layers", "--no-user-namespaces --no-landlock");
    let host = Host::new(way.user);
    // One's own code is graded all the same.
    assert_eq!(tier(&way, &host), "D");
    let output = check("demo", &["--solution", "--untrusted"], &way, &host);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    for word in ["tier D", "namespaces", "Landlock", "kata doctor"] {
        assert!(said.contains(word), "{said}");
    }
}

/// How well kata says that it confines what it runs.
fn tier(way: &Way, host: &Host) -> String {
    let output = check("demo", &["--solution"], way, host);
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{}: {error}: {output:?}", way.name));
    report["sandbox"]["tier"].as_str().unwrap().to_owned()
}

/// The machine grades as it should, before all of it and after.
fn assert_works(way: &Way, host: &Host) {
    for kata in ["demo", "later", "greet", "errand", "meeting"] {
        let output = check(kata, &["--solution"], way, host);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["verdict"], "pass", "{}: {report:#}", way.name);
    }
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .unwrap();
    u64::from_le_bytes(bytes)
}

/// Fisher and Yates's shuffle, by a generator that is the same everywhere.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bound = u64::try_from(last + 1).unwrap();
        let other = usize::try_from((state >> 33) % bound).unwrap();
        items.swap(last, other);
    }
}
