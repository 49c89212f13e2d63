//! The filter of system calls.
//!
//! It refuses what no exercise needs. A list of what is allowed would be tighter, and would have to know every system call
//! that std, glibc, the compiler and the linker of tomorrow make: what is left open here are the calls that a program
//! cannot do without, on its own memory, threads and files.

use std::{collections::BTreeMap, io};

use libc::{EPERM, c_long};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter, sock_filter,
};

use crate::{Network, Program};

/// Refused whatever the arguments are.
const REFUSED: &[c_long] = &[
    // other processes' memory, descriptors and secrets
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    // memory that outlives a process, or counts for none
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    // whoever guesses the number of one that is there needs no get
    libc::SYS_msgget,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_msgctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_semctl,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // large parts of the kernel that nothing here needs
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_setup,
    libc::SYS_vmsplice,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_fanotify_init,
    libc::SYS_open_by_handle_at,
    libc::SYS_name_to_handle_at,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_lookup_dcookie,
    libc::SYS_vhangup,
    libc::SYS_syslog,
    libc::SYS_acct,
    libc::SYS_personality,
    // how a process runs, which others of the same user can see where they see it at all
    libc::SYS_setpriority,
    libc::SYS_ioprio_set,
    libc::SYS_sched_setaffinity,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
    // another view of the machine
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    SYS_OPEN_TREE_ATTR,
    SYS_STATMOUNT,
    SYS_LISTMOUNT,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    // the machine itself
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_uselib,
];

/// Refused to a program that may not write anywhere: modes, owners, times, attributes, locks, watches, and what tells of others.
const ON_FILES: &[c_long] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    SYS_FCHMODAT2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    SYS_SETXATTRAT,
    SYS_REMOVEXATTRAT,
    SYS_FILE_SETATTR,
    // which two submissions could talk by
    libc::SYS_flock,
    libc::SYS_inotify_init1,
    libc::SYS_inotify_add_watch,
    // what of a file is in memory, because somebody has read it
    SYS_CACHESTAT,
    // how many processes there are, and how much memory is free
    libc::SYS_sysinfo,
    // everybody's files to the disk
    libc::SYS_sync,
    libc::SYS_syncfs,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_inotify_init,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utimes,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_futimesat,
];

// Younger than libc's lists, and of the same number everywhere: Linux 6.5 to 6.17.
const SYS_CACHESTAT: c_long = 451;
const SYS_FCHMODAT2: c_long = 452;
const SYS_STATMOUNT: c_long = 457;
const SYS_LISTMOUNT: c_long = 458;
const SYS_SETXATTRAT: c_long = 463;
const SYS_REMOVEXATTRAT: c_long = 466;
const SYS_OPEN_TREE_ATTR: c_long = 467;
const SYS_FILE_SETATTR: c_long = 469;

/// Commands of fcntl(2) by which two submissions could talk that can read the same file: one locks, the other sees it.
const LOCKS: [i32; 8] = [
    libc::F_GETLK,
    libc::F_SETLK,
    libc::F_SETLKW,
    libc::F_OFD_GETLK,
    libc::F_OFD_SETLK,
    libc::F_OFD_SETLKW,
    libc::F_SETLEASE,
    libc::F_NOTIFY,
];

/// Refused unless they are about the caller itself, which is 0 in this argument: they change how a process runs, and ask
/// for no more than the same user.
const ON_PROCESSES: &[(c_long, u8)] = &[
    (libc::SYS_prlimit64, 0),
    (libc::SYS_migrate_pages, 0),
    (libc::SYS_move_pages, 0),
];

/// The flag of preadv2(2) that asks for what is in memory, and says whether it is. It is in the sixth argument.
const ONLY_FROM_MEMORY: c_long = libc::RWF_NOWAIT as c_long;

const STREAM: c_long = libc::SOCK_STREAM as c_long;
const SEQPACKET: c_long = libc::SOCK_SEQPACKET as c_long;

/// The types of sockets, without their flags: the lower four bits.
const TYPES: c_long = 0xf;

/// The flags of clone(2) that make namespaces.
const NEW_NAMESPACES: c_long = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as c_long;

/// The filters, ready to be installed.
pub(crate) struct Filters([BpfProgram; 2]);

impl Filters {
    /// The filters for this program.
    pub(crate) fn new(program: &Program) -> io::Result<Filters> {
        // What changes a file without opening it, which Landlock does not look at.
        let on_files: &[c_long] = match program.view.write.is_empty() {
            true => ON_FILES,
            false => &[],
        };
        let mut refused: BTreeMap<i64, Vec<SeccompRule>> = REFUSED
            .iter()
            .chain(on_files)
            .map(|number| (*number, Vec::new()))
            .collect();
        // socket(domain, …): only what the network allows; connected pairs of unix sockets lead nowhere else.
        let domains: &[i32] = match program.network {
            Network::None => &[],
            Network::Loopback => &[libc::AF_INET, libc::AF_INET6],
        };
        refused.insert(libc::SYS_socket, unless(0, domains)?);
        let mut pairs = unless(0, &[libc::AF_UNIX])?;
        // One of datagrams could be connected anew, to whatever listens at a path. A stream stays connected.
        let others = (0..=TYPES).filter(|kind| ![STREAM, SEQPACKET].contains(kind));
        for kind in others {
            pairs.push(rule(vec![masked(1, TYPES, kind)?])?);
        }
        refused.insert(libc::SYS_socketpair, pairs);
        for (number, argument) in ON_PROCESSES {
            let other = SeccompCondition::new(*argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, 0);
            refused.insert(*number, vec![rule(vec![other.map_err(invalid)?])?]);
        }
        if program.view.write.is_empty() {
            let locks = LOCKS.map(|command| rule(vec![equal(1, command.unsigned_abs().into())?]));
            refused.insert(libc::SYS_fcntl, locks.into_iter().collect::<io::Result<_>>()?);
            // Shared memory is nobody's own, so that `RLIMIT_DATA` does not count it. What is read can be mapped privately.
            let shared = masked(3, libc::MAP_SHARED.into(), libc::MAP_SHARED.into())?;
            refused.insert(libc::SYS_mmap, vec![rule(vec![shared])?]);
            let from_memory = masked(5, ONLY_FROM_MEMORY, ONLY_FROM_MEMORY)?;
            refused.insert(libc::SYS_preadv2, vec![rule(vec![from_memory])?]);
        }
        // The flags are the first argument of clone(2) on the architectures that there are rules for below.
        let makes_namespaces = [NEW_NAMESPACES]
            .iter()
            .flat_map(|flags| (0..i64::BITS).map(move |bit| flags & (1 << bit)))
            .filter(|flag| *flag != 0)
            .map(|flag| rule(vec![masked(0, flag, flag)?]))
            .collect::<io::Result<Vec<_>>>()?;
        // Nor a child that its tracer is not told of.
        let untraced = rule(vec![masked(
            0,
            libc::CLONE_UNTRACED.into(),
            libc::CLONE_UNTRACED.into(),
        )?])?;
        let clones = makes_namespaces.into_iter().chain([untraced]).collect();
        refused.insert(libc::SYS_clone, clones);
        // Faking input on a terminal, which ioctl_tty(2) calls TIOCSTI and TIOCLINUX.
        let fakes_input = [libc::TIOCSTI, libc::TIOCLINUX]
            .map(|request| rule(vec![equal(1, request)?]))
            .into_iter()
            .collect::<io::Result<Vec<_>>>()?;
        refused.insert(libc::SYS_ioctl, fakes_input);

        // clone3 has its flags in memory, where no filter can look. glibc goes back to clone.
        let missing = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
        Ok(Filters([
            compile(missing, libc::ENOSYS)?,
            native_only(compile(refused, EPERM)?),
        ]))
    }

    /// Installs them in this thread, for good. It must have `no_new_privs`.
    pub(crate) fn install(&self) -> io::Result<()> {
        self.0.iter().try_for_each(|filter| {
            apply_filter(filter).map_err(|error| match error {
                seccompiler::Error::Prctl(source) | seccompiler::Error::Seccomp(source) => source,
                _ => io::Error::from_raw_os_error(libc::EINVAL),
            })
        })
    }
}

fn compile(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> io::Result<BpfProgram> {
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(invalid)?;
    let filter = SeccompFilter::new(
        rules,
        SeccompAction::Allow,
        SeccompAction::Errno(errno.unsigned_abs()),
        arch,
    )
    .map_err(invalid)?;
    BpfProgram::try_from(filter).map_err(invalid)
}

/// Puts in front of `filter` that it is about this architecture's own numbers: those of x32, which differ by a bit,
/// would pass every rule (seccomp(2), "Caveats").
fn native_only(filter: BpfProgram) -> BpfProgram {
    /// The bit, `__X32_SYSCALL_BIT`.
    const X32: u32 = 0x4000_0000;
    let statement = |code: u32, jt, jf, k| sock_filter {
        code: code as u16,
        jt,
        jf,
        k,
    };
    let mut whole = vec![
        // the number is the first field of `struct seccomp_data`
        statement(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, 0),
        statement(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K, 0, 1, X32),
        statement(
            libc::BPF_RET | libc::BPF_K,
            0,
            0,
            libc::SECCOMP_RET_ERRNO | libc::ENOSYS.unsigned_abs(),
        ),
    ];
    whole.extend(filter);
    whole
}

/// Rules that match unless this argument is one of `allowed`.
fn unless(argument: u8, allowed: &[i32]) -> io::Result<Vec<SeccompRule>> {
    if allowed.is_empty() {
        return Ok(Vec::new());
    }
    let conditions = allowed
        .iter()
        .map(|value| {
            SeccompCondition::new(
                argument,
                SeccompCmpArgLen::Dword,
                SeccompCmpOp::Ne,
                u64::from(value.unsigned_abs()),
            )
            .map_err(invalid)
        })
        .collect::<io::Result<Vec<_>>>()?;
    Ok(vec![rule(conditions)?])
}

fn equal(argument: u8, value: u64) -> io::Result<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value).map_err(invalid)
}

fn masked(argument: u8, mask: c_long, value: c_long) -> io::Result<SeccompCondition> {
    let operation = SeccompCmpOp::MaskedEq(mask.unsigned_abs());
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, operation, value.unsigned_abs()).map_err(invalid)
}

fn rule(conditions: Vec<SeccompCondition>) -> io::Result<SeccompRule> {
    SeccompRule::new(conditions).map_err(invalid)
}

fn invalid(error: seccompiler::BackendError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}
