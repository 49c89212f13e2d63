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
    fn a_name_cannot_speak_to_a_terminal() {
        assert_eq!(printable("a\u{1b}[2J"), "a\u{fffd}[2J");
    }
}
