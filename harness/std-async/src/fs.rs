//! [`real_std::fs`], whose calls are seen on the event loop.

use real_std::{
    ffi::OsString,
    fs as real,
    io::{self, IoSlice, IoSliceMut, SeekFrom},
    path::{Path, PathBuf},
    process::Stdio,
    string::String,
    time::SystemTime,
    vec::Vec,
};

pub use real_std::fs::*;

use crate::{blocking, blocks, debug_as_real, passing};

macro_rules! of_paths {
    ($($name:ident($($path:ident: $p:ident),* $(; $more:ident: $type:ty)?) -> $result:ty;)*) => {
        $(
            #[doc = concat!("std's `", stringify!($name), "`.")]
            #[track_caller]
            pub fn $name<$($p: AsRef<Path>),*>($($path: $p,)* $($more: $type)?) -> $result {
                blocks(concat!("std::fs::", stringify!($name)));
                real::$name($($path,)* $($more)?)
            }
        )*
    };
}

of_paths! {
    canonicalize(path: P) -> io::Result<PathBuf>;
    copy(from: P, to: Q) -> io::Result<u64>;
    create_dir(path: P) -> io::Result<()>;
    create_dir_all(path: P) -> io::Result<()>;
    exists(path: P) -> io::Result<bool>;
    hard_link(original: P, link: Q) -> io::Result<()>;
    metadata(path: P) -> io::Result<Metadata>;
    read(path: P) -> io::Result<Vec<u8>>;
    read_link(path: P) -> io::Result<PathBuf>;
    read_to_string(path: P) -> io::Result<String>;
    remove_dir(path: P) -> io::Result<()>;
    remove_dir_all(path: P) -> io::Result<()>;
    remove_file(path: P) -> io::Result<()>;
    rename(from: P, to: Q) -> io::Result<()>;
    set_permissions(path: P; permissions: Permissions) -> io::Result<()>;
    symlink_metadata(path: P) -> io::Result<Metadata>;
}

/// std's `soft_link`.
#[deprecated(note = "replaced by `std::os::unix::fs::symlink`")]
#[track_caller]
pub fn soft_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    blocks("std::fs::soft_link");
    #[expect(deprecated, reason = "it is passed on")]
    real::soft_link(original, link)
}

/// std's `write`.
#[track_caller]
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {
    blocks("std::fs::write");
    real::write(path, contents)
}

/// std's `read_dir`.
#[track_caller]
pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {
    blocks("std::fs::read_dir");
    Ok(ReadDir {
        real: real::read_dir(path)?,
    })
}

/// std's `ReadDir`.
pub struct ReadDir {
    real: real::ReadDir,
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    #[track_caller]
    fn next(&mut self) -> Option<io::Result<DirEntry>> {
        blocks("ReadDir::next");
        Some(self.real.next()?.map(|entry| DirEntry { real: entry }))
    }
}

/// std's `DirEntry`.
pub struct DirEntry {
    real: real::DirEntry,
}

impl DirEntry {
    passing! { "DirEntry";
        fn path(self) -> PathBuf;
        fn file_name(self) -> OsString;
    }
    blocking! { "DirEntry";
        fn metadata(self) -> io::Result<Metadata>;
        fn file_type(self) -> io::Result<FileType>;
    }
}

/// std's `DirBuilder`.
pub struct DirBuilder {
    real: real::DirBuilder,
}

#[expect(clippy::new_without_default, reason = "std's has none")]
impl DirBuilder {
    /// std's `DirBuilder::new`.
    pub fn new() -> DirBuilder {
        DirBuilder {
            real: real::DirBuilder::new(),
        }
    }

    /// std's `DirBuilder::recursive`.
    pub fn recursive(&mut self, recursive: bool) -> &mut DirBuilder {
        self.real.recursive(recursive);
        self
    }

    /// std's `DirBuilder::create`.
    #[track_caller]
    pub fn create<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        blocks("DirBuilder::create");
        self.real.create(path)
    }
}

/// std's `OpenOptions`.
#[derive(Clone)]
pub struct OpenOptions {
    real: real::OpenOptions,
}

macro_rules! switches {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("std's `OpenOptions::", stringify!($name), "`.")]
            pub fn $name(&mut self, on: bool) -> &mut OpenOptions {
                self.real.$name(on);
                self
            }
        )*
    };
}

#[expect(clippy::new_without_default, reason = "std's has none")]
impl OpenOptions {
    switches! { read write append truncate create create_new }

    /// std's `OpenOptions::new`.
    pub fn new() -> OpenOptions {
        OpenOptions {
            real: real::OpenOptions::new(),
        }
    }

    /// std's `OpenOptions::open`.
    #[track_caller]
    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {
        blocks("OpenOptions::open");
        Ok(File {
            real: self.real.open(path)?,
        })
    }
}

/// std's `File`.
pub struct File {
    real: real::File,
}

debug_as_real!(File, ReadDir, DirEntry, DirBuilder, OpenOptions);

impl File {
    /// std's `File::open`.
    #[track_caller]
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        blocks("File::open");
        Ok(File {
            real: real::File::open(path)?,
        })
    }

    /// std's `File::create`.
    #[track_caller]
    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {
        blocks("File::create");
        Ok(File {
            real: real::File::create(path)?,
        })
    }

    /// std's `File::create_new`.
    #[track_caller]
    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {
        blocks("File::create_new");
        Ok(File {
            real: real::File::create_new(path)?,
        })
    }

    /// std's `File::options`.
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// std's `File::try_clone`.
    pub fn try_clone(&self) -> io::Result<File> {
        Ok(File {
            real: self.real.try_clone()?,
        })
    }

    passing! { "File";
        fn try_lock(self) -> Result<(), TryLockError>;
        fn try_lock_shared(self) -> Result<(), TryLockError>;
        fn unlock(self) -> io::Result<()>;
    }
    blocking! { "File";
        fn lock(self) -> io::Result<()>;
        fn lock_shared(self) -> io::Result<()>;
        fn metadata(self) -> io::Result<Metadata>;
        fn set_len(self, size: u64) -> io::Result<()>;
        fn set_modified(self, time: SystemTime) -> io::Result<()>;
        fn set_permissions(self, permissions: Permissions) -> io::Result<()>;
        fn set_times(self, times: FileTimes) -> io::Result<()>;
        fn sync_all(self) -> io::Result<()>;
        fn sync_data(self) -> io::Result<()>;
    }
}

/// The traits of `io` for a file, by whichever reference there is to it.
macro_rules! file_io {
    ($($type:ty)*) => {
        $(
            impl io::Read for $type {
                #[track_caller]
                fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                    blocks("File::read");
                    (&self.real).read(buffer)
                }

                #[track_caller]
                fn read_vectored(&mut self, buffers: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
                    blocks("File::read_vectored");
                    (&self.real).read_vectored(buffers)
                }

                #[track_caller]
                fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
                    blocks("File::read_to_end");
                    (&self.real).read_to_end(buffer)
                }

                #[track_caller]
                fn read_to_string(&mut self, buffer: &mut String) -> io::Result<usize> {
                    blocks("File::read_to_string");
                    (&self.real).read_to_string(buffer)
                }
            }

            impl io::Write for $type {
                #[track_caller]
                fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                    blocks("File::write");
                    (&self.real).write(bytes)
                }

                #[track_caller]
                fn write_vectored(&mut self, buffers: &[IoSlice<'_>]) -> io::Result<usize> {
                    blocks("File::write_vectored");
                    (&self.real).write_vectored(buffers)
                }

                #[track_caller]
                fn flush(&mut self) -> io::Result<()> {
                    (&self.real).flush()
                }
            }

            impl io::Seek for $type {
                #[track_caller]
                fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
                    blocks("File::seek");
                    (&self.real).seek(to)
                }
            }
        )*
    };
}

file_io! { File &File }

impl From<File> for Stdio {
    fn from(file: File) -> Stdio {
        file.real.into()
    }
}

#[cfg(unix)]
mod unix {
    use real_std::{
        os::{
            fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd},
            unix::fs::{DirBuilderExt, DirEntryExt, FileExt, OpenOptionsExt},
        },
        prelude::rust_2024::*,
    };

    use super::{DirBuilder, DirEntry, File, OpenOptions, blocks, io, real};

    impl AsFd for File {
        fn as_fd(&self) -> BorrowedFd<'_> {
            self.real.as_fd()
        }
    }

    impl AsRawFd for File {
        fn as_raw_fd(&self) -> RawFd {
            self.real.as_raw_fd()
        }
    }

    impl IntoRawFd for File {
        fn into_raw_fd(self) -> RawFd {
            self.real.into_raw_fd()
        }
    }

    impl From<File> for OwnedFd {
        fn from(file: File) -> OwnedFd {
            file.real.into()
        }
    }

    impl From<OwnedFd> for File {
        fn from(descriptor: OwnedFd) -> File {
            File {
                real: real::File::from(descriptor),
            }
        }
    }

    impl FileExt for File {
        #[track_caller]
        fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
            blocks("File::read_at");
            self.real.read_at(buffer, offset)
        }

        #[track_caller]
        fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
            blocks("File::write_at");
            self.real.write_at(bytes, offset)
        }
    }

    impl OpenOptionsExt for OpenOptions {
        fn mode(&mut self, mode: u32) -> &mut Self {
            self.real.mode(mode);
            self
        }

        fn custom_flags(&mut self, flags: i32) -> &mut Self {
            self.real.custom_flags(flags);
            self
        }
    }

    impl DirBuilderExt for DirBuilder {
        fn mode(&mut self, mode: u32) -> &mut Self {
            self.real.mode(mode);
            self
        }
    }

    impl DirEntryExt for DirEntry {
        fn ino(&self) -> u64 {
            self.real.ino()
        }
    }
}
