//! The cache folder: runtimes, results, and the scratch folders of checks under way.
//!
//! ```text
//! runtimes/<key>/       a runtime that is whole
//! results/<key>.json    the answer to a check
//! failures/<key>.…      the last failing schedule of an exercise
//! scratch/<name>/       a check or a build under way; removed at its end
//! locks/<name>          held while something is built, and by the owner of each scratch folder
//! ```
//!
//! Whatever is kept appears under its name by a rename, so it is whole or absent. A scratch folder whose owner
//! was killed is removed by the next check: its lock is free then, which a process id could not tell.

use std::{
    env,
    fs::{self, File, TryLockError},
    io::{self, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use etcetera::BaseStrategy;
use tempfile::{NamedTempFile, TempDir};
use tokio_util::sync::CancellationToken;

use crate::Error;

/// How often a lock that another process holds is tried again.
const RETRY: Duration = Duration::from_millis(100);

/// The folder where kata keeps what can be made again.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
}

/// A folder that goes away when this is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    // The order matters: the folder goes before its lock is freed.
    folder: TempDir,
    lock_file: PathBuf,
    _lock: File,
}

impl Cache {
    /// The cache at `$KATA_CACHE`, or else in the user's cache folder.
    ///
    /// # Errors
    ///
    /// When there is no home folder, or the cache cannot be written.
    pub fn open() -> Result<Cache, Error> {
        match env::var_os("KATA_CACHE").filter(|folder| !folder.is_empty()) {
            Some(folder) => Cache::at(PathBuf::from(folder)),
            None => {
                let base = etcetera::choose_base_strategy().map_err(|_| Error::NoCacheFolder)?;
                Cache::at(base.cache_dir().join("kata"))
            }
        }
    }

    /// The cache at `root`, which is made if need be.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn at(root: PathBuf) -> Result<Cache, Error> {
        let made = std::path::absolute(&root).and_then(|root| {
            for folder in ["runtimes", "results", "failures", "scratch", "locks"] {
                fs::create_dir_all(root.join(folder))?;
            }
            // Tests run here, at paths without links.
            let root = root.canonicalize()?;
            is_ours(&root)?;
            Ok(root)
        });
        match made {
            Ok(root) => Ok(Cache { root }),
            Err(source) => Err(Error::Cache { folder: root, source }),
        }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that says how programs are confined on this machine.
    pub fn confinement(&self) -> PathBuf {
        self.root.join("confinement.json")
    }

    pub(crate) fn runtimes(&self) -> PathBuf {
        self.root.join("runtimes")
    }

    pub(crate) fn results(&self) -> PathBuf {
        self.root.join("results")
    }

    pub(crate) fn failures(&self) -> PathBuf {
        self.root.join("failures")
    }

    /// Writes a file of the cache, whole or not at all, and removes the oldest half of its neighbours when there are more than
    /// `most`.
    pub(crate) fn keep(&self, file: &Path, bytes: &[u8], most: usize) -> io::Result<()> {
        let folder = file.parent().unwrap_or(&self.root);
        let mut new = NamedTempFile::new_in(folder)?;
        new.write_all(bytes)?;
        new.persist(file)?;
        prune(folder, most);
        Ok(())
    }

    /// Holds the lock `name` until the file is dropped; `waiting` is called once if another process holds it.
    pub(crate) async fn lock(
        &self,
        name: &str,
        cancel: &CancellationToken,
        waiting: impl Fn(),
    ) -> Result<File, Error> {
        let at = |source| Error::Cache {
            folder: self.root.clone(),
            source,
        };
        let file = File::create(self.root.join("locks").join(name)).map_err(at)?;
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(source)) => return Err(at(source)),
                Err(TryLockError::WouldBlock) => {}
            }
            if !std::mem::replace(&mut told, true) {
                waiting();
            }
            tokio::select! {
                () = tokio::time::sleep(RETRY) => {}
                () = cancel.cancelled() => return Err(Error::Interrupted),
            }
        }
    }

    /// A new folder for work under way.
    pub(crate) fn scratch(&self, purpose: &str) -> io::Result<Scratch> {
        self.sweep()?;
        // The lock comes first, and has the folder's name: a folder without one held has no owner.
        let locks = self.root.join("locks");
        let (lock, lock_file) = tempfile::Builder::new()
            .prefix(&format!("scratch-{purpose}-"))
            .tempfile_in(locks)?
            .keep()?;
        lock.lock()?;
        let name = lock_file.file_name().expect("a file just made has a name");
        let path = self.root.join("scratch").join(name);
        fs::create_dir(&path)?;
        let folder = tempfile::Builder::new().prefix("in-").tempdir_in(path)?;
        Ok(Scratch {
            folder,
            lock_file,
            _lock: lock,
        })
    }

    /// Removes the scratch folders whose owners are gone.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join("scratch"))? {
            let entry = entry?;
            let lock_file = self.root.join("locks").join(entry.file_name());
            let owned = File::open(&lock_file)
                .is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
            if !owned {
                // Another process may sweep at the same time; whoever comes second finds nothing.
                let _ = fs::remove_dir_all(entry.path());
                let _ = fs::remove_file(lock_file);
            }
        }
        Ok(())
    }
}

/// Refuses a folder that strangers may write to: what is kept there is run, and believed. A group may, as on systems where
/// each user has one of their own.
fn is_ours(folder: &Path) -> io::Result<()> {
    let known = fs::metadata(folder)?;
    let refused = |why| Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    if known.uid() != rustix::process::geteuid().as_raw() {
        return refused("it belongs to another user, who could change what kata runs");
    }
    if known.mode() & EVERYBODY_WRITES != 0 {
        return refused("everybody may write to it, and kata runs what is kept there");
    }
    Ok(())
}

/// The bit of a mode (inode(7), `S_IWOTH`).
const EVERYBODY_WRITES: u32 = 0o002;

/// Removes files when there are too many: the oldest half.
fn prune(folder: &Path, most: usize) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    if files.len() > most {
        files.sort();
        for (_, file) in &files[..files.len() - most / 2] {
            // Another process may prune at the same time; whoever comes second finds nothing.
            let _ = fs::remove_file(file);
        }
    }
}

impl Scratch {
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(parent) = self.folder.path().parent() {
            // What cannot be removed now is swept by the next check.
            let _ = fs::remove_dir_all(parent);
        }
        let _ = fs::remove_file(&self.lock_file);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_folder_that_everybody_may_write_to_is_no_cache() {
        let folder = tempfile::tempdir().unwrap();
        let with = |mode| {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            Cache::at(folder.path().to_owned())
        };
        assert!(with(0o777).unwrap_err().to_string().contains("KATA_CACHE"));
        assert!(with(0o775).is_ok());
    }

    #[test]
    fn of_too_many_files_the_newest_half_stays() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned()).unwrap();
        for name in ["a", "b", "c", "d", "e"] {
            cache.keep(&cache.failures().join(name), b"whole", 4).unwrap();
        }
        let entries = fs::read_dir(cache.failures()).unwrap();
        let mut left: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["d", "e"]);
        assert_eq!(fs::read(cache.failures().join("e")).unwrap(), b"whole");
    }
}
