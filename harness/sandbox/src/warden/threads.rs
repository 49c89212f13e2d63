//! Where each thread of a program stands.

use libc::c_long;
use rustix::process::Pid;

use super::processes::{self, State};
use crate::{Doing, ThreadState};

/// The most threads that are told of.
const CAP: usize = 256;

/// What a thread does that waits in a system call. Calls that are not here are [`Doing::Waiting`].
const CALLS: &[(c_long, Doing)] = &[
    (libc::SYS_futex, Doing::Futex),
    (libc::SYS_nanosleep, Doing::Sleeping),
    (libc::SYS_clock_nanosleep, Doing::Sleeping),
    (libc::SYS_wait4, Doing::Child),
    (libc::SYS_waitid, Doing::Child),
    (libc::SYS_read, Doing::Reading),
    (libc::SYS_readv, Doing::Reading),
    (libc::SYS_recvfrom, Doing::Reading),
    (libc::SYS_recvmsg, Doing::Reading),
    (libc::SYS_write, Doing::Writing),
    (libc::SYS_writev, Doing::Writing),
    (libc::SYS_sendto, Doing::Writing),
    (libc::SYS_sendmsg, Doing::Writing),
    (libc::SYS_accept, Doing::Connecting),
    (libc::SYS_accept4, Doing::Connecting),
    (libc::SYS_connect, Doing::Connecting),
    (libc::SYS_ppoll, Doing::Events),
    (libc::SYS_pselect6, Doing::Events),
    (libc::SYS_epoll_pwait, Doing::Events),
    (libc::SYS_epoll_pwait2, Doing::Events),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_poll, Doing::Events),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_select, Doing::Events),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_epoll_wait, Doing::Events),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_pause, Doing::Signal),
    (libc::SYS_rt_sigsuspend, Doing::Signal),
    (libc::SYS_rt_sigtimedwait, Doing::Signal),
];

/// Where the threads of `process` stand: the main thread first, then by id, no more than [`CAP`].
pub(super) fn stand(process: Pid) -> Vec<ThreadState> {
    let process = process.as_raw_pid();
    processes::threads(process)
        .into_iter()
        .take(CAP)
        .map(|thread| {
            let file = |name| processes::read(&format!("/proc/{process}/task/{}/{name}", thread.tid));
            ThreadState {
                name: printable(file("comm").unwrap_or_default().trim_end_matches('\n')),
                doing: doing(thread.state, file("syscall").as_deref()),
            }
        })
        .collect()
}

/// What a thread does, by its state and by its `/proc/PID/task/TID/syscall`, which is not always readable.
pub(super) fn doing(state: State, syscall: Option<&str>) -> Doing {
    match state.0 {
        b'R' => Doing::Running,
        b'D' => Doing::Disk,
        b'T' | b't' => Doing::Stopped,
        _ if state.is_over() => Doing::Over,
        _ => syscall
            .and_then(|text| text.split_ascii_whitespace().next()?.parse().ok())
            .and_then(|number: c_long| CALLS.iter().find(|(call, _)| *call == number))
            .map_or(Doing::Waiting, |(_, doing)| *doing),
    }
}

/// Which argument of a call says until when it waits at most, and how it says for ever.
const TIMES: &[(c_long, usize, Ever)] = &[
    (libc::SYS_futex, 3, Ever::Null),
    (SYS_FUTEX_WAIT, 4, Ever::Null),
    (libc::SYS_futex_waitv, 3, Ever::Null),
    (libc::SYS_ppoll, 2, Ever::Null),
    (libc::SYS_pselect6, 4, Ever::Null),
    (libc::SYS_epoll_pwait, 3, Ever::Negative),
    (libc::SYS_epoll_pwait2, 3, Ever::Null),
    (libc::SYS_rt_sigtimedwait, 2, Ever::Null),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_poll, 2, Ever::Negative),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_select, 4, Ever::Null),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_epoll_wait, 3, Ever::Negative),
];

/// Younger than libc's lists, and of the same number everywhere: Linux 6.7.
const SYS_FUTEX_WAIT: c_long = 455;

/// Calls that wait for a time whatever their arguments are; or may: a socket can have a limit of its own, which nothing here tells, and what a
/// call was that a signal has interrupted is not told either.
const TIMED: &[c_long] = &[
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_connect,
];

/// How a wait for ever is written.
#[derive(Clone, Copy)]
enum Ever {
    /// A pointer to a time that points nowhere.
    Null,
    /// A number of milliseconds, in an `int`, below 0.
    Negative,
}

/// Whether a thread that sleeps may wake because time passes, by its `/proc/PID/task/TID/syscall`: the call's number and its arguments
/// (proc_pid_syscall(5)).
pub(super) fn wakes_by_itself(syscall: Option<&str>) -> bool {
    // What cannot be read may do anything.
    let Some(syscall) = syscall else { return true };
    let mut words = syscall.split_ascii_whitespace();
    let Some(number) = words.next().and_then(|word| word.parse::<c_long>().ok()) else {
        return true;
    };
    if TIMED.contains(&number) {
        return true;
    }
    let Some((_, argument, ever)) = TIMES.iter().find(|(call, ..)| *call == number) else {
        return false;
    };
    let value = words
        .nth(*argument)
        .and_then(|word| u64::from_str_radix(word.trim_start_matches("0x"), 16).ok());
    match (value, ever) {
        (None, _) => true,
        (Some(pointer), Ever::Null) => pointer != 0,
        // An `int` is in the lower half, whatever stands in the other.
        (Some(number), Ever::Negative) => (number as u32).cast_signed() >= 0,
    }
}

fn printable(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_tells_what_a_sleeping_thread_waits_for() {
        let futex = format!("{} 0x7fc6729a1000 0x20000\n", libc::SYS_futex);
        assert_eq!(doing(State(b'S'), Some(&futex)), Doing::Futex);
        assert_eq!(doing(State(b'S'), Some("-1 0x0 0x0\n")), Doing::Waiting);
        assert_eq!(doing(State(b'S'), None), Doing::Waiting);
    }

    #[test]
    fn a_thread_that_does_not_sleep_needs_no_call() {
        assert_eq!(doing(State(b'R'), Some("running\n")), Doing::Running);
        assert_eq!(doing(State(b'T'), None), Doing::Stopped);
        assert_eq!(doing(State(b'Z'), None), Doing::Over);
    }

    #[test]
    fn a_wait_with_a_limit_ends_by_itself() {
        let call = |number: c_long, arguments: [u64; 6]| {
            let words: Vec<String> = arguments.iter().map(|word| format!("{word:#x}")).collect();
            wakes_by_itself(Some(&format!("{number} {} 0x7ffd 0x7f31\n", words.join(" "))))
        };
        let minus_one = u64::from(u32::MAX);
        assert!(!call(libc::SYS_futex, [1, 128, 2, 0, 0, 0]));
        assert!(call(libc::SYS_futex, [1, 137, 2, 0x7ffd_0000, 0, 0]));
        assert!(!call(libc::SYS_wait4, [1, 2, 3, 4, 5, 6]));
        assert!(!call(libc::SYS_ppoll, [1, 1, 0, 0, 0, 0]));
        assert!(call(libc::SYS_ppoll, [1, 1, 0x7ffd_0000, 0, 0, 0]));
        assert!(!call(libc::SYS_epoll_pwait, [1, 1, 1, minus_one, 0, 0]));
        assert!(call(libc::SYS_epoll_pwait, [1, 1, 1, 1000, 0, 0]));
        assert!(call(libc::SYS_clock_nanosleep, [0; 6]));
        assert!(call(libc::SYS_restart_syscall, [0; 6]));
    }

    #[test]
    fn a_wait_that_cannot_be_read_may_end_by_itself() {
        assert!(wakes_by_itself(None));
        assert!(wakes_by_itself(Some("running\n")));
        assert!(wakes_by_itself(Some("")));
    }

    #[test]
    fn a_name_cannot_speak_to_a_terminal() {
        assert_eq!(printable("a\u{1b}[2J"), "a\u{fffd}[2J");
    }
}
