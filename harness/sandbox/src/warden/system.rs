//! The system calls that no safe interface offers, each behind a safe function.
//!
//! There is `unsafe` in this module and in `trace`, and nowhere else in the crate.
#![expect(
    unsafe_code,
    reason = "fork, signal masks and resource usage have no safe interface"
)]

use std::{
    ffi::CString,
    fs, io,
    mem::MaybeUninit,
    os::{
        fd::{AsFd, AsRawFd, FromRawFd, OwnedFd},
        unix::process::CommandExt,
    },
    process::Command,
    ptr,
    time::Duration,
};

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getpid, getppid, getrlimit, set_child_subreaper,
    set_parent_process_death_signal, setrlimit, setsid,
};
use rustix::thread::UnshareFlags;

use crate::{Limits, wire::Fault};

/// The size of the main thread's stack: the kernel's own default (`_STK_LIM`), so that how deep a
/// recursion may go does not depend on the shell that kata was started from.
const STACK: u64 = 8 << 20;

/// How many tasks the rest of the machine may start during a run before `RLIMIT_NPROC` could fail a
/// program that is within its own limit.
const TASKS_OF_OTHERS: u64 = 4096;

/// How many tasks beyond its limit a user of its own may have: so many that the warden has counted before forks fail, and
/// that a control group, which says that they do, is the first to refuse one.
const TASKS_BEYOND: u64 = 1024;

/// What a program and all its descendants used, as far as they have been waited for.
pub(super) struct Used {
    pub(super) cpu: Duration,
    pub(super) peak_memory: u64,
}

/// Makes this process the one that inherits every orphan below it, and that only `SIGKILL` ends early.
pub(super) fn become_warden(name: &str) -> Result<(), Fault> {
    let refused = |doing: &str| {
        let doing = doing.to_owned();
        move |errno: rustix::io::Errno| Fault::Refused {
            doing,
            errno: errno.raw_os_error(),
        }
    };
    let name = CString::new(name).expect("the name has no NUL byte");
    rustix::thread::set_name(&name).map_err(refused("name itself"))?;
    set_child_subreaper(Some(getpid())).map_err(refused("become a subreaper"))?;

    // With `SIGCHLD` ignored, as some parents leave it, the kernel would reap the children itself.
    default_dispositions();
    block(Signals::All).map_err(|err| Fault::Refused {
        doing: "block signals".into(),
        errno: err.raw_os_error().unwrap_or(libc::EIO),
    })
}

/// Runs `prepare` in the process that `command` starts, before it executes the program.
pub(super) fn before_exec(
    command: &mut Command,
    prepare: impl FnMut() -> io::Result<()> + Send + Sync + 'static,
) {
    // SAFETY: the closure runs in the forked child of a process with one thread: no lock is held by a thread that is not
    // there, so that it may allocate and do what any program does.
    unsafe { command.pre_exec(prepare) };
}

/// Puts up what holds everywhere: a session of its own, no new rights, `limits`, default dispositions, no signal blocked,
/// and no life beyond the warden's.
pub(super) fn set_limits(warden: Pid, limits: &[(Resource, Rlimit)]) -> io::Result<()> {
    die_with(warden)?;
    setsid()?;
    rustix::thread::set_no_new_privs(true)?;
    for (resource, limit) in limits {
        setrlimit(*resource, *limit)?;
    }
    default_dispositions();
    block(Signals::None)
}

/// Ends this process when the warden, its parent, ends.
pub(super) fn die_with(warden: Pid) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    match getppid() == Some(warden) {
        true => Ok(()),
        false => Err(io::Error::from_raw_os_error(libc::ESRCH)), // it died before that line
    }
}

/// The limits that the kernel enforces on each process, none above what this process is held to itself. `alone` says
/// that the program's user has no other tasks.
pub(super) fn resource_limits(limits: &Limits, alone: bool) -> [(Resource, Rlimit); 7] {
    // A backstop: one second beyond the warden's own limit, so that it is the warden that decides.
    let cpu = limits.cpu.as_secs().saturating_add(2);
    let own = u64::from(limits.processes);
    let tasks = if alone {
        Some(own * 2 + TASKS_BEYOND)
    } else {
        tasks_of_the_machine().map(|tasks| tasks + own + TASKS_OF_OTHERS)
    };
    [
        (Resource::Cpu, Some(cpu), Some(cpu.saturating_add(1))),
        (Resource::Data, limits.memory, limits.memory),
        (Resource::Stack, Some(STACK), Some(STACK)),
        (Resource::Nproc, tasks, tasks),
        (Resource::Fsize, Some(limits.file_size), Some(limits.file_size)),
        (Resource::Nofile, Some(limits.open_files), Some(limits.open_files)),
        // 0 keeps the kernel from writing a file, and not from telling a program of the host's (core(5), "Piping core dumps
        // to a program"); 1 does both.
        (Resource::Core, Some(1), Some(1)),
    ]
    .map(|(resource, soft, hard)| {
        let held_to = getrlimit(resource).maximum;
        let lower = |wanted: Option<u64>| match (wanted, held_to) {
            (Some(wanted), Some(held_to)) => Some(wanted.min(held_to)),
            (wanted, held_to) => wanted.or(held_to),
        };
        (
            resource,
            Rlimit {
                current: lower(soft),
                maximum: lower(hard),
            },
        )
    })
}

/// The tasks of the whole machine, out of the fourth field of `/proc/loadavg` (proc_loadavg(5)): at least
/// as many as this user has, which is what `RLIMIT_NPROC` counts, for the price of one read.
fn tasks_of_the_machine() -> Option<u64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().nth(3)?.split_once('/')?.1.parse().ok()
}

/// Gives every signal its default disposition: an ignored one would survive an exec.
fn default_dispositions() {
    // The kernel's `struct sigaction`, with room to spare: all zeros are `SIG_DFL` without flags. Through
    // `syscall`, because glibc refuses the two signals that it uses itself (signal(7)), and these can have
    // been ignored by whatever started the grader.
    let default = [0_u64; 8];
    let length_of_a_mask = size_of::<u64>();
    for signal in 1..=64 {
        // SAFETY: the pointers are to a whole `struct sigaction`, and to none. It fails for `SIGKILL` and
        // `SIGSTOP`, which have no other disposition.
        unsafe {
            libc::syscall(
                libc::SYS_rt_sigaction,
                signal,
                default.as_ptr(),
                ptr::null::<u64>(),
                length_of_a_mask,
            )
        };
    }
}

enum Signals {
    All,
    None,
}

/// Blocks these signals, and no others.
fn block(signals: Signals) -> io::Result<()> {
    let mut set = MaybeUninit::uninit();
    // SAFETY: `sigfillset` and `sigemptyset` initialise the set that they are given, and `sigprocmask`
    // reads it. The process has one thread.
    let done = unsafe {
        match signals {
            Signals::All => libc::sigfillset(set.as_mut_ptr()),
            Signals::None => libc::sigemptyset(set.as_mut_ptr()),
        };
        libc::sigprocmask(libc::SIG_SETMASK, set.as_ptr(), ptr::null_mut())
    };
    if done == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Marks every descriptor from `first` on, so that it is closed by the exec and not before: std reports a
/// failed exec through one of them.
pub(super) fn close_on_exec_from(first: libc::c_uint) -> io::Result<()> {
    // SAFETY: it takes three numbers. Through `syscall`, because glibc has had the function since 2.34 only.
    let marked = unsafe {
        libc::syscall(
            libc::SYS_close_range,
            first,
            libc::c_uint::MAX,
            libc::CLOSE_RANGE_CLOEXEC,
        )
    };
    if marked == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// What the descendants used that have been waited for, by the warden or by one another.
pub(super) fn used_by_children() -> Used {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the pointer is to a whole `rusage`, of which zeros are a valid value.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_CHILDREN, usage.as_mut_ptr());
        usage.assume_init()
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    Used {
        cpu: time(usage.ru_utime) + time(usage.ru_stime),
        peak_memory: usage.ru_maxrss.unsigned_abs() * 1024, // getrusage(2): kilobytes
    }
}

/// The number of a process, as rustix wants it.
pub(super) fn pid(id: u32) -> Pid {
    i32::try_from(id)
        .ok()
        .and_then(Pid::from_raw)
        .expect("the kernel's process ids are positive")
}

/// unshare(2). The process must have one thread.
pub(super) fn unshare(flags: UnshareFlags) -> io::Result<()> {
    // SAFETY: what rustix warns of is a table of descriptors that is no longer shared between threads; there is one
    // thread, and the flag is never set here.
    unsafe { rustix::thread::unshare_unsafe(flags) }?;
    Ok(())
}

/// fork(2): the child's number in the parent, `None` in the child.
pub(crate) fn fork() -> io::Result<Option<Pid>> {
    // SAFETY: the process has one thread, so the child is as whole as its parent.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        child => Ok(Pid::from_raw(child)),
    }
}

/// `MOUNT_ATTR_RDONLY` and its like (mount_setattr(2)).
pub(super) const RDONLY: u64 = libc::MOUNT_ATTR_RDONLY;
pub(super) const NOSUID: u64 = libc::MOUNT_ATTR_NOSUID;
pub(super) const NODEV: u64 = libc::MOUNT_ATTR_NODEV;

/// How far below a mount something reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    One,
    All,
}

/// Adds restrictions to a mount: mount_setattr(2), Linux 5.12.
pub(super) fn restrict_mount(mount: &impl AsFd, restrictions: u64, depth: Depth) -> io::Result<()> {
    let attributes = libc::mount_attr {
        attr_set: restrictions,
        attr_clr: 0,
        propagation: 0,
        userns_fd: 0,
    };
    let recursive = if depth == Depth::All {
        libc::AT_RECURSIVE
    } else {
        0
    };
    // SAFETY: the path is an empty string with its NUL byte, and the attributes are whole and as long as is said.
    let done = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            mount.as_fd().as_raw_fd(),
            c"".as_ptr(),
            libc::AT_EMPTY_PATH | recursive,
            ptr::from_ref(&attributes),
            size_of::<libc::mount_attr>(),
        )
    };
    if done == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Brings the loopback device of this network namespace up (netdevice(7)).
pub(super) fn bring_loopback_up() -> io::Result<()> {
    let socket = rustix::net::socket(
        rustix::net::AddressFamily::INET,
        rustix::net::SocketType::DGRAM,
        None,
    )?;
    let mut name: [libc::c_char; libc::IFNAMSIZ] = [0; libc::IFNAMSIZ];
    for (place, byte) in name.iter_mut().zip(b"lo") {
        *place = byte.cast_signed();
    }
    let request = libc::ifreq {
        ifr_name: name,
        ifr_ifru: libc::__c_anonymous_ifr_ifru {
            ifru_flags: (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short,
        },
    };
    // SAFETY: the request is a whole `ifreq`, of which `SIOCSIFFLAGS` reads the name and the flags.
    let done = unsafe {
        libc::ioctl(
            socket.as_raw_fd(),
            libc::SIOCSIFFLAGS as _,
            ptr::from_ref(&request),
        )
    };
    if done == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// A system call that is meant to be refused, and that does nothing where it is not: what a pointer is asked for is null, and what has to be
/// named is not there.
#[derive(Clone, Copy)]
pub(crate) enum Harmless {
    /// Reads a word of the memory of a process that is not traced, to where nothing is.
    Peek(Pid),
    /// Reads none of a process's memory.
    ReadMemory(Pid),
    /// Writes none of it.
    WriteMemory(Pid),
    /// Makes a user namespace. It is the one that does something: a process that comes through is in it.
    NewUserNamespace,
    /// Enters no namespace.
    EnterNamespace,
    /// Asks for the number of the user's own key ring.
    KeyRing,
    /// Adds a key without a name.
    AddKey,
    /// Makes a ring without room.
    IoUring,
    /// Makes a map of no kind.
    Bpf,
    /// Asks for faults, with flags that there are not.
    UserFaults,
    /// Counts nothing.
    PerfEvent,
    /// Makes a file without a name.
    MemoryFile,
}

impl Harmless {
    fn numbers(self) -> (libc::c_long, [libc::c_long; 3]) {
        /// `KEYCTL_GET_KEYRING_ID` and `KEY_SPEC_USER_KEYRING` (keyctl(2)).
        const OWN_RING: [libc::c_long; 3] = [0, -4, 0];
        let pid = |process: Pid| process.as_raw_pid().into();
        match self {
            Harmless::Peek(process) => (libc::SYS_ptrace, [libc::PTRACE_PEEKDATA.into(), pid(process), 0]),
            Harmless::ReadMemory(process) => (libc::SYS_process_vm_readv, [pid(process), 0, 0]),
            Harmless::WriteMemory(process) => (libc::SYS_process_vm_writev, [pid(process), 0, 0]),
            Harmless::NewUserNamespace => (libc::SYS_unshare, [libc::CLONE_NEWUSER.into(), 0, 0]),
            Harmless::EnterNamespace => (libc::SYS_setns, [-1, libc::CLONE_NEWNET.into(), 0]),
            Harmless::KeyRing => (libc::SYS_keyctl, OWN_RING),
            Harmless::AddKey => (libc::SYS_add_key, [0, 0, 0]),
            Harmless::IoUring => (libc::SYS_io_uring_setup, [0, 0, 0]),
            Harmless::Bpf => (libc::SYS_bpf, [0, 0, 0]),
            Harmless::UserFaults => (libc::SYS_userfaultfd, [-1, 0, 0]),
            Harmless::PerfEvent => (libc::SYS_perf_event_open, [0, 0, -1]),
            Harmless::MemoryFile => (libc::SYS_memfd_create, [0, 0, 0]),
        }
    }
}

/// Makes such a call.
pub(crate) fn try_call(call: Harmless) -> io::Result<()> {
    let (number, arguments) = call.numbers();
    // SAFETY: the enum has no call that writes to the memory of this process: each pointer that the kernel would follow is null, or is not
    // looked at because of another argument.
    let done = unsafe { libc::syscall(number, arguments[0], arguments[1], arguments[2], NONE, NONE, NONE) };
    if done == -1 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

/// An argument of a system call that is nothing.
const NONE: libc::c_long = 0;

/// A descriptor that is readable when a child or a traced task has stopped or ended (signalfd(2)). The signal has to be blocked.
pub(super) fn child_signals() -> io::Result<OwnedFd> {
    let mut set = MaybeUninit::uninit();
    // SAFETY: `sigemptyset` initialises the set, and the others read and write it.
    let fd = unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), libc::SIGCHLD);
        libc::signalfd(-1, set.as_ptr(), libc::SFD_CLOEXEC | libc::SFD_NONBLOCK)
    };
    if fd == -1 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is a descriptor that was made just now, and nobody else has it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Reads what there is to read, and forgets it.
pub(super) fn drain(fd: &impl AsFd) {
    let mut forgotten = [0; 1024];
    while rustix::io::read(fd, &mut forgotten).is_ok_and(|read| read > 0) {}
}

/// The CPU time of a process, all its threads together, those that have ended as well; `None` when it is gone.
pub(super) fn cpu_time_of(pid: i32) -> Option<Duration> {
    let mut clock = 0;
    // SAFETY: the pointer is to a whole number.
    if unsafe { libc::clock_getcpuclockid(pid, &raw mut clock) } != 0 {
        return None;
    }
    let mut time = MaybeUninit::<libc::timespec>::zeroed();
    // SAFETY: the pointer is to a whole `timespec`, of which zeros are a valid value.
    let time = unsafe {
        if libc::clock_gettime(clock, time.as_mut_ptr()) != 0 {
            return None;
        }
        time.assume_init()
    };
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or(0);
    Some(Duration::new(time.tv_sec.unsigned_abs(), nanoseconds))
}

/// Ends this process at once, as a forked one has to.
pub(crate) fn exit(code: i32) -> ! {
    // SAFETY: it takes a number and does not return.
    unsafe { libc::_exit(code) }
}
