//! What is said of this machine's layers is so.

use std::{collections::BTreeSet, fs, process::Command};

use kata_sandbox::{Attack, Confinement, Found, Layer, Layers, Tier, Trial};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::scene::{confinement, executable, is_root, warden};

/// Whether something around these tests filters system calls, so that attacks may fail without any layer.
fn is_filtered() -> bool {
    let status = fs::read_to_string("/proc/self/status").expect("/proc is mounted");
    !status.contains("Seccomp:\t0\n")
}

#[tokio::test]
async fn every_attack_succeeds_where_no_layer_stops_it() {
    let found = Confinement::control(&warden(), &CancellationToken::new())
        .await
        .unwrap();
    let Found::Open(succeeded) = found else {
        panic!("not one attack succeeds: {found:?}");
    };
    let expected = Attack::ALL.into_iter().filter(|attack| *attack != Attack::Memory);
    let failed: Vec<Attack> = expected.filter(|attack| !succeeded.contains(attack)).collect();
    if is_filtered() || !is_root() {
        println!("stopped by this machine, not by a layer: {failed:?}");
    } else {
        assert_eq!(failed, []);
    }
}

#[test]
fn every_attack_is_stopped_by_some_layer_and_listed_once() {
    let stopped: Vec<Attack> = Layer::ALL
        .into_iter()
        .flat_map(Attack::stopped_by)
        .copied()
        .collect();
    assert!(Attack::ALL.iter().all(|attack| stopped.contains(attack)));
    assert!(stopped.iter().all(|attack| Attack::ALL.contains(attack)));
    let names: BTreeSet<&str> = Attack::ALL.into_iter().map(Attack::words).collect();
    assert_eq!(names.len(), Attack::ALL.len());
}

/// Checks that what is claimed was tried, and says why the tier is not the best that could be expected.
fn believe(confinement: &Confinement, expected: Tier) {
    let trial = |layer| confinement.trials.iter().find(|trial| trial.layer == layer);
    for layer in Layer::ALL.into_iter().filter(|layer| !layer.is_everywhere()) {
        let Trial { found, .. } = trial(layer).expect("every layer is tried");
        let held = *found == Found::Holds(Attack::stopped_by(layer).to_vec());
        assert_eq!(confinement.layers.contains(&layer), held, "{layer}: {found:?}");
    }
    assert!(
        Layer::ALL
            .into_iter()
            .filter(|layer| layer.is_everywhere())
            .all(|layer| confinement.layers.contains(&layer))
    );
    assert_eq!(confinement.tier, Tier::of(&confinement.layers));
    if confinement.tier != expected {
        // Then the machine is to blame, and has said so.
        let said = |trial: &&Trial| !matches!(&trial.found, Found::Holds(_));
        let reasons: Vec<&Trial> = confinement.trials.iter().filter(said).collect();
        println!("tier {} instead of {expected}: {reasons:?}", confinement.tier);
        assert!(!reasons.is_empty());
        assert!(
            confinement.tier > expected,
            "better than it can be: {confinement:?}"
        );
    }
}

/// A copy of the probe where everybody can execute it.
fn for_everybody() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder.path(), mode).expect("it is ours");
    let probe = folder.path().join("probe");
    // By another process: a file that this one has open for writing while a test forks could not be executed.
    let copied = Command::new("/bin/cp")
        .arg(executable())
        .arg(&probe)
        .status()
        .expect("there is a /bin/cp");
    assert!(copied.success());
    let probe = probe.to_str().expect("it is ASCII").to_owned();
    (folder, probe)
}

/// What the probe prints as `nobody`.
fn as_nobody(options: &[&str], args: &[&str]) -> String {
    let (_folder, probe) = for_everybody();
    let output = Command::new(&probe)
        .arg("as-nobody")
        .args(options)
        .args(["--", &probe])
        .args(args)
        .output()
        .expect("the probe can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(errors, "");
    String::from_utf8(output.stdout).expect("the probe prints UTF-8")
}

#[test]
fn this_user_has_the_layers_that_it_is_said_to_have() {
    believe(confinement(), if is_root() { Tier::A } else { Tier::B });
}

#[test]
fn nobody_has_namespaces_and_filters() {
    if !is_root() {
        return println!("skipped: only root becomes nobody");
    }
    let found: Confinement = serde_json::from_str(&as_nobody(&[], &["trial"])).unwrap();
    believe(&found, Tier::B);
    for layer in [Layer::OtherUser, Layer::ControlGroups] {
        assert!(!found.layers.contains(&layer), "{layer} is root's");
    }
}

#[test]
fn nobody_without_namespaces_has_the_filters() {
    if !is_root() {
        return println!("skipped: only root becomes nobody");
    }
    let told = as_nobody(&["--no-user-namespaces"], &["trial"]);
    let found: Confinement = serde_json::from_str(&told).unwrap();
    believe(&found, Tier::C);
    let missing = |trial: &Trial| match &trial.found {
        Found::Missing(why) => why.contains("make namespaces"),
        _ => false,
    };
    assert!(
        found
            .trials
            .iter()
            .any(|trial| trial.layer == Layer::Namespaces && missing(trial))
    );
}

#[test]
fn a_layer_that_cannot_be_put_up_is_named_and_nothing_runs() {
    if !is_root() {
        return println!("skipped: only root becomes nobody");
    }
    let cases: [(&[&str], Layer, &str); 3] = [
        (&[], Layer::OtherUser, "become another user"),
        (&[], Layer::ControlGroups, "make control groups"),
        (&["--no-user-namespaces"], Layer::Namespaces, "make namespaces"),
    ];
    for (options, layer, doing) in cases {
        let layers = serde_json::to_string(&Layers::from([layer])).unwrap();
        let told = as_nobody(options, &["grade-inside", &layers, "echo it runs"]);
        assert!(
            told.starts_with("refused: ") && told.contains(doing),
            "{layer}: {told}"
        );
        assert!(!told.contains("it runs"), "{layer}: {told}");
    }
    // The same, where it can be.
    let told = as_nobody(&[], &["grade-inside", "[\"seccomp\"]", "echo it runs"]);
    assert_eq!(told, "it runs\n");
}

/// A file of findings, and a way to look into it.
struct Memory(TempDir);

impl Memory {
    fn file(&self) -> std::path::PathBuf {
        self.0.path().join("confinement")
    }

    async fn ask(&self) -> Confinement {
        let cancel = CancellationToken::new();
        Confinement::remembered(&warden(), &self.file(), &cancel)
            .await
            .expect("it can be tried")
    }

    fn read(&self) -> (String, Confinement) {
        serde_json::from_slice(&fs::read(self.file()).expect("it has been written")).expect("it has the form")
    }

    fn write(&self, key: &str, confinement: &Confinement) {
        fs::write(
            self.file(),
            serde_json::to_vec(&(key, confinement)).expect("it has a JSON form"),
        )
        .expect("the folder is ours");
    }
}

#[tokio::test]
async fn what_was_found_is_remembered_until_its_key_changes() {
    let memory = Memory(tempfile::tempdir().unwrap());
    let found = memory.ask().await;
    let (key, kept) = memory.read();
    assert_eq!(kept, found);

    // A finding that no trial makes: whoever tells it has read it.
    let mark = Confinement {
        tier: Tier::D,
        layers: Layers::new(),
        trials: Vec::new(),
        together: Found::Holds(Vec::new()),
    };
    memory.write(&key, &mark);
    assert_eq!(memory.ask().await, mark);

    memory.write(&format!("{key} and one namespace more"), &mark);
    assert_eq!(memory.ask().await.layers, found.layers);
    assert_eq!(memory.read().0, key);
}

#[tokio::test]
async fn a_memory_that_is_broken_is_made_anew() {
    let memory = Memory(tempfile::tempdir().unwrap());
    let found = memory.ask().await;
    let whole = fs::read(memory.file()).unwrap();
    for broken in [&whole[..whole.len() / 2], b"", b"\xff\0", b"[\"\", {}]"] {
        fs::write(memory.file(), broken).unwrap();
        assert_eq!(memory.ask().await.layers, found.layers);
        assert_eq!(memory.read().1.layers, found.layers);
    }
    // And one that cannot be written is done without.
    let nowhere = memory.0.path().join("no/such/folder/confinement");
    let asked = Confinement::remembered(&warden(), &nowhere, &CancellationToken::new()).await;
    assert_eq!(asked.unwrap().layers, found.layers);
}

#[tokio::test]
async fn trials_can_be_cancelled() {
    let cancel = CancellationToken::new();
    cancel.cancel();
    let found = Confinement::find(&warden(), &cancel).await;
    assert!(matches!(found, Err(kata_sandbox::Error::Cancelled)), "{found:?}");
}
