//! Landlock: which files, and nobody outside.

use std::{io, path::Path};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};

use rustix::fs::{FileType, Mode, OFlags, fstat, open};

use crate::{
    Network, Program,
    view::{DEVICES, SYSTEM},
};

/// What is asked for, where the kernel has it; whether it was enough is found by trying.
const WANTED: ABI = ABI::V6;

/// Restricts this process and all that it will start to the program's view. Whoever is outside gets no signal from it.
///
/// `own_proc` says whether the `/proc` that is there has the program's own processes only.
pub(crate) fn restrict(program: &Program, own_proc: bool) -> io::Result<()> {
    let status = ruleset(program, own_proc)
        .and_then(RulesetCreated::restrict_self)
        .map_err(refused)?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err(io::Error::from_raw_os_error(libc::EOPNOTSUPP)),
        _ => Ok(()),
    }
}

fn ruleset(program: &Program, own_proc: bool) -> Result<RulesetCreated, RulesetError> {
    let all = AccessFs::from_all(WANTED);
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(all)?
        .scope(Scope::from_all(WANTED))?;
    if program.network == Network::None {
        ruleset = ruleset.handle_access(AccessNet::from_all(WANTED))?;
    }
    let mut ruleset = ruleset.create()?;
    let read = AccessFs::Execute | AccessFs::ReadFile | AccessFs::ReadDir;
    for path in SYSTEM.iter().map(Path::new) {
        ruleset = beneath(ruleset, path, read)?;
    }
    for path in &program.view.read {
        ruleset = shown(ruleset, path, read)?;
    }
    if own_proc && program.view.proc {
        ruleset = beneath(
            ruleset,
            Path::new("/proc"),
            AccessFs::ReadFile | AccessFs::ReadDir,
        )?;
    }
    for path in &program.view.write {
        ruleset = shown(ruleset, path, all & !(AccessFs::MakeChar | AccessFs::MakeBlock))?;
    }
    for path in DEVICES {
        ruleset = beneath(ruleset, Path::new(path), AccessFs::ReadFile | AccessFs::WriteFile)?;
    }
    // To execute a file is to read it, for Landlock. Whether the program can is up to the file's mode.
    beneath(ruleset, &program.path, AccessFs::Execute | AccessFs::ReadFile)
}

/// Allows `access` to what lies at `path`, if anything does.
fn beneath(
    ruleset: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    allow(ruleset, path, OFlags::PATH, access)
}

/// The same for a path of the view. A link that lies there leads nowhere: somebody else may have put it there.
fn shown(
    ruleset: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    allow(ruleset, path, OFlags::PATH | OFlags::NOFOLLOW, access)
}

fn allow(
    ruleset: RulesetCreated,
    path: &Path,
    flags: OFlags,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, RulesetError> {
    let Ok(file) = open(path, flags | OFlags::CLOEXEC, Mode::empty()) else {
        return Ok(ruleset);
    };
    let access = match fstat(&file).map(|stat| FileType::from_raw_mode(stat.st_mode)) {
        Ok(FileType::Directory) => access,
        Ok(FileType::Symlink) | Err(_) => return Ok(ruleset),
        Ok(_) => access & AccessFs::from_file(WANTED),
    };
    ruleset.add_rule(PathBeneath::new(file, access))
}

fn refused(error: RulesetError) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, error)
}
