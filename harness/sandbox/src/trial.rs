//! Finding out which layers hold here: by attacks, each layer alone and then all together.

use std::{
    fs,
    io::{self, Read, Write},
    net::{TcpListener, UdpSocket},
    os::{
        linux::net::SocketAddrExt,
        unix::{
            fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
            net::{SocketAddr as UnixAddr, UnixListener},
        },
    },
    path::Path,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::{
    Attack, Ended, Error, How, Layer, Layers, Limit, Limits, Network, Program, Tier, View, Warden,
    attack::{MEMORY_LIMIT, Outcome, Plan, Targets},
    confinement,
    wire::Order,
};

/// How well programs are confined on this machine, for this user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// The short answer.
    pub tier: Tier,
    /// Every layer that holds.
    pub layers: Layers,
    /// What was tried for it.
    pub trials: Vec<Trial>,
    /// What came of all layers that hold alone, put up at once. Where they do not hold together, none of them is counted.
    pub together: Found,
}

/// What was tried of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The layer.
    pub layer: Layer,
    /// What came of it.
    pub found: Found,
}

/// What came of trying a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It stood, alone, against each of these.
    Holds(Vec<Attack>),
    /// It was put up, and these succeeded all the same.
    Open(Vec<Attack>),
    /// It could not be put up: why, in words.
    Missing(String),
}

impl Confinement {
    /// Tries every layer, in runs of `warden`, whose own layers do not count.
    ///
    /// # Errors
    ///
    /// When nothing can be tried: no warden starts, nothing can be planted, or `cancel` is cancelled.
    pub async fn find(warden: &Warden, cancel: &CancellationToken) -> Result<Confinement, Error> {
        let planted = Planted::new().map_err(Error::NothingToAttack)?;
        let mut trials = Vec::new();
        let mut layers = confinement::everywhere();
        for layer in Layer::ALL {
            if layer.is_everywhere() {
                continue;
            }
            let found = planted
                .attack(warden, &[layer].into(), Attack::stopped_by(layer), cancel)
                .await?;
            if let Found::Holds(_) = found {
                layers.insert(layer);
            }
            trials.push(Trial { layer, found });
        }
        // Layers that hold alone could still be in each other's way.
        let all: Vec<Attack> = layers
            .iter()
            .flat_map(|layer| Attack::stopped_by(*layer))
            .copied()
            .filter(|attack| *attack != Attack::Memory)
            .collect();
        let together = planted.attack(warden, &layers, &all, cancel).await?;
        match &together {
            Found::Holds(_) => {}
            Found::Open(_) | Found::Missing(_) => layers = confinement::everywhere(),
        }
        Ok(Confinement {
            tier: Tier::of(&layers),
            layers,
            trials,
            together,
        })
    }

    /// Keeps it in `file` for [`Confinement::remembered`]. Where the file cannot be written, it is found anew each time.
    pub fn remember(&self, file: &Path) {
        let _ = keep(file, &(here(), self));
    }

    /// Carries out every attack but [`Attack::Memory`] where no layer is put up that could stop it. All of them should
    /// succeed: then it is the layers that stop them, and nothing else. One that is missing from [`Found::Open`] is stopped
    /// by the machine itself, so that it proves nothing of a layer here.
    ///
    /// Memory is left out, because there the limits, which hold everywhere, do what they can.
    ///
    /// # Errors
    ///
    /// As [`Confinement::find`].
    pub async fn control(warden: &Warden, cancel: &CancellationToken) -> Result<Found, Error> {
        let planted = Planted::new().map_err(Error::NothingToAttack)?;
        let attacks: Vec<Attack> = Attack::ALL
            .into_iter()
            .filter(|attack| *attack != Attack::Memory)
            .collect();
        planted.attack(warden, &Layers::new(), &attacks, cancel).await
    }

    /// As [`Confinement::find`], unless `file` says what was found since this machine was started, for this user in
    /// these namespaces. What is found is kept there; a file that cannot be written is done without.
    ///
    /// # Errors
    ///
    /// As [`Confinement::find`].
    pub async fn remembered(
        warden: &Warden,
        file: &Path,
        cancel: &CancellationToken,
    ) -> Result<Confinement, Error> {
        if let Some((there, confinement)) = kept(file)
            && there == here()
        {
            return Ok(confinement);
        }
        let confinement = Confinement::find(warden, cancel).await?;
        confinement.remember(file);
        Ok(confinement)
    }
}

/// What was kept in `file`, if it can be believed: nobody but this user could have written it, and its tier is that of its
/// layers. A word of somebody else's must not open a machine to strangers.
fn kept(file: &Path) -> Option<(String, Confinement)> {
    let mut file = fs::OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(file)
        .ok()?;
    let metadata = file.metadata().ok()?;
    let own = metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o022 == 0;
    if !own || !metadata.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    let (there, confinement): (String, Confinement) = serde_json::from_slice(&bytes).ok()?;
    (confinement.tier == Tier::of(&confinement.layers)).then_some((there, confinement))
}

/// Writes `value` so that whoever reads at the same time reads all of it or nothing.
fn keep(file: &Path, value: &impl Serialize) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("/"));
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(&serde_json::to_vec(value)?)?;
    new.persist(file)?;
    Ok(())
}

/// All that what was found depends on: the boot, the user and its rights, the namespaces, and this crate.
fn here() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let rights = status.lines().filter(|line| {
        let name = line.split(':').next();
        name.is_some_and(|name| {
            [
                "Uid",
                "Gid",
                "Groups",
                "CapEff",
                "CapBnd",
                "NoNewPrivs",
                "Seccomp",
            ]
            .contains(&name)
        })
    });
    let namespaces = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"].map(|kind| {
        let link = fs::read_link(format!("/proc/self/ns/{kind}")).unwrap_or_default();
        link.to_string_lossy().into_owned()
    });
    let rights: Vec<_> = rights.collect();
    format!(
        "{} {} {} {}",
        env!("CARGO_PKG_VERSION"),
        boot.trim(),
        rights.join(" "),
        namespaces.join(" ")
    )
}

/// What there is to be attacked. It is gone with this value.
struct Planted {
    folder: TempDir,
    targets: Targets,
    _tcp: TcpListener,
    _udp: UdpSocket,
    _unix: UnixListener,
}

/// What stands for the program of the hidden tests.
const PROGRAM: &str = "program";

impl Planted {
    fn new() -> io::Result<Planted> {
        let folder = tempfile::Builder::new().prefix("kata-").tempdir()?;
        // Everybody may pass: it is the file that must not be read.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let secret = folder.path().join("secret");
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&secret)?
            .write_all(b"secret")?;
        // Everybody may read it, unless a layer has something against it.
        fs::write(folder.path().join(PROGRAM), "#!/bin/true\n")?;
        let tcp = TcpListener::bind("127.0.0.1:0")?;
        let udp = UdpSocket::bind("127.0.0.1:0")?;
        let name = folder.path().to_string_lossy().into_owned();
        let unix = UnixListener::bind_addr(&UnixAddr::from_abstract_name(&name)?)?;
        Ok(Planted {
            targets: Targets {
                secret,
                folder: folder.path().to_owned(),
                tcp: tcp.local_addr()?,
                udp: udp.local_addr()?,
                name,
            },
            folder,
            _tcp: tcp,
            _udp: udp,
            _unix: unix,
        })
    }

    /// Lets a process inside these layers attack.
    async fn attack(
        &self,
        warden: &Warden,
        layers: &Layers,
        attacks: &[Attack],
        cancel: &CancellationToken,
    ) -> Result<Found, Error> {
        let order = Order {
            program: Program {
                path: self.folder.path().join(PROGRAM),
                args: Vec::new(),
                env: Vec::new(),
                cwd: "/".into(),
                view: View::default(),
                network: Network::None,
                request: None,
                limits: LIMITS,
            },
            layers: layers.iter().copied().chain(confinement::everywhere()).collect(),
            watch: false,
            attack: Some(Plan {
                attacks: attacks.to_vec(),
                targets: self.targets.clone(),
            }),
        };
        match warden.carry_out(&order, cancel).await {
            Ok(Ended {
                how: How::Cancelled, ..
            }) => Err(Error::Cancelled),
            Ok(ended) => Ok(found(&ended, attacks)),
            Err(Error::Refused { doing, source }) => {
                Ok(Found::Missing(format!("could not {doing}: {source}")))
            }
            Err(error) => Err(error),
        }
    }
}

/// Enough for any attack.
const LIMITS: Limits = Limits {
    cpu: Duration::from_secs(10),
    wall: Duration::from_secs(10),
    memory: Some(MEMORY_LIMIT),
    processes: 32,
    output: 16 << 10,
    reply: 0,
    file_size: 4096,
    open_files: 64,
};

fn found(ended: &Ended, attacks: &[Attack]) -> Found {
    // The kernel may have chosen the attacker itself.
    if attacks == [Attack::Memory] && ended.how == How::Stopped(Limit::Memory) {
        return Found::Holds(attacks.to_vec());
    }
    let outcomes: Vec<Outcome> = match serde_json::from_slice(&ended.stdout.bytes) {
        Ok(outcomes) if ended.how == How::Exited(0) => outcomes,
        _ => return Found::Missing(format!("the process that tries it ended with {:?}", ended.how)),
    };
    let succeeded: Vec<Attack> = outcomes
        .iter()
        .filter(|(_, stopped)| stopped.is_none())
        .map(|(attack, _)| *attack)
        .collect();
    if succeeded.is_empty() && outcomes.len() == attacks.len() {
        Found::Holds(attacks.to_vec())
    } else {
        Found::Open(succeeded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confinement(tier: Tier) -> Confinement {
        Confinement {
            tier,
            layers: confinement::everywhere(),
            trials: Vec::new(),
            together: Found::Holds(Vec::new()),
        }
    }

    #[test]
    fn what_was_found_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("confinement.json");
        let found = ("here".to_owned(), confinement(Tier::D));
        keep(&file, &found).unwrap();
        assert_eq!(kept(&file), Some(found));
    }

    #[test]
    fn a_tier_that_its_layers_do_not_add_up_to_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("confinement.json");
        keep(&file, &("here", confinement(Tier::A))).unwrap();
        assert_eq!(kept(&file), None);
    }

    #[test]
    fn a_file_that_others_can_write_or_lead_elsewhere_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("confinement.json");
        keep(&file, &("here", confinement(Tier::D))).unwrap();
        let link = folder.path().join("link.json");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(kept(&link), None);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
        assert_eq!(kept(&file), None);
    }
}
