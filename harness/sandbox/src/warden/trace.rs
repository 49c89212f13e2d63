//! Tracing, call by call (ptrace(2)): what `census` is made of.
//!
//! Nothing of a traced program's memory is looked at, and none of its registers.
#![expect(
    unsafe_code,
    reason = "ptrace and waitid have no safe interface that knows of traced tasks"
)]

use std::{ffi::c_void, io, mem::MaybeUninit, ptr};

use libc::c_int;
use rustix::process::{Pid, WaitStatus};

use crate::How;

/// What a traced task is stopped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It has started this task.
    Started(i32),
    /// It has started this process, lent it its memory, and waits until that has executed a program or ended (vfork(2)).
    Lent(i32),
    /// It executes another program.
    Executed,
    /// It comes to its end.
    Ending,
    /// A signal is on its way to it; 0 where it has been stopped by one already.
    Signal(i32),
}

/// What there is to hear of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It has stopped, for what [`take_stop`] tells.
    Stopped,
    /// It has ended.
    Ended(How),
}

/// What is asked of the kernel about a task, with a number at most.
#[derive(Clone, Copy)]
enum Request {
    TraceMe,
    SetOptions(c_int),
    GoOn(c_int),
}

fn ask(pid: i32, request: Request) -> io::Result<()> {
    // The function takes any arguments: these have the size of the `void *` that it takes them for.
    let nothing = ptr::null_mut::<c_void>();
    let number = |number: c_int| ptr::without_provenance_mut::<c_void>(number.unsigned_abs() as usize);
    // SAFETY: none of these requests follows its address or its data: `PTRACE_TRACEME` looks at neither, and the others take their
    // data as a number.
    let done = unsafe {
        match request {
            Request::TraceMe => libc::ptrace(libc::PTRACE_TRACEME, 0, nothing, nothing),
            Request::SetOptions(options) => {
                libc::ptrace(libc::PTRACE_SETOPTIONS, pid, nothing, number(options))
            }
            Request::GoOn(signal) => libc::ptrace(libc::PTRACE_CONT, pid, nothing, number(signal)),
        }
    };
    match done {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Lets the parent of this process trace it; it stops when it executes its program.
pub(super) fn be_traced() -> io::Result<()> {
    ask(0, Request::TraceMe)
}

/// Has a stopped task, and whatever it will start, stop where a task begins, executes or ends, and end with its tracer.
pub(super) fn trace_what_it_starts(pid: i32) -> io::Result<()> {
    let options = libc::PTRACE_O_EXITKILL
        | libc::PTRACE_O_TRACEFORK
        | libc::PTRACE_O_TRACEVFORK
        | libc::PTRACE_O_TRACECLONE
        | libc::PTRACE_O_TRACEEXEC
        | libc::PTRACE_O_TRACEEXIT;
    ask(pid, Request::SetOptions(options))
}

/// Lets a stopped task go on, with a signal, or with 0 for none. One that was killed meanwhile needs nobody for that.
pub(super) fn go_on(pid: i32, signal: i32) {
    let _ = ask(pid, Request::GoOn(signal));
}

/// Lets a task go on that was found stopped, if it stands before its end.
pub(super) fn go_on_if_ending(pid: Pid, status: WaitStatus) {
    if status.as_raw() >> 16 == libc::PTRACE_EVENT_EXIT {
        go_on(pid.as_raw_pid(), 0);
    }
}

/// waitpid(2) for a task, traced or not: its status, or `None` where there is nothing to tell.
fn wait_for(pid: i32, options: c_int) -> io::Result<Option<c_int>> {
    let mut status = 0;
    loop {
        // SAFETY: the pointer is to a number that lives until the call is over.
        match unsafe { libc::waitpid(pid, &raw mut status, options | libc::__WALL) } {
            -1 => match io::Error::last_os_error() {
                error if error.kind() == io::ErrorKind::Interrupted => {}
                error => return Err(error),
            },
            told => return Ok((told == pid).then_some(status)),
        }
    }
}

/// Waits until a task that this process traces has stopped.
///
/// # Errors
///
/// `ESRCH` when it has ended.
pub(super) fn wait_for_stop(pid: i32) -> io::Result<()> {
    match wait_for(pid, 0)? {
        Some(status) if libc::WIFSTOPPED(status) => Ok(()),
        _ => Err(io::Error::from_raw_os_error(libc::ESRCH)),
    }
}

/// The next child or traced task that has ended, or else stopped, which stays as it is. The kernel tells of the youngest first, and those that have
/// ended count as processes until they are taken: they must not pile up behind others.
pub(super) fn peek_at_news() -> io::Result<Option<(i32, News)>> {
    match peek(libc::WEXITED)? {
        None => peek(libc::WSTOPPED),
        ended => Ok(ended),
    }
}

fn peek(what: c_int) -> io::Result<Option<(i32, News)>> {
    let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
    let options = what | libc::WNOHANG | libc::WNOWAIT | libc::__WALL;
    // SAFETY: the pointer is to a whole `siginfo_t`.
    let done = unsafe { libc::waitid(libc::P_ALL, 0, info.as_mut_ptr(), options) };
    if done == -1 {
        let error = io::Error::last_os_error();
        return match error.raw_os_error() {
            Some(libc::ECHILD | libc::EINTR) => Ok(None),
            _ => Err(error),
        };
    }
    // SAFETY: zeros are a valid `siginfo_t`, and the kernel has written these fields for a child, or has left them (waitid(2)).
    let (pid, code, status) = unsafe {
        let info = info.assume_init();
        (info.si_pid(), info.si_code, info.si_status())
    };
    Ok((pid != 0).then(|| {
        let news = match code {
            libc::CLD_EXITED => News::Ended(How::Exited(status)),
            libc::CLD_KILLED | libc::CLD_DUMPED => News::Ended(How::Signalled(status)),
            _ => News::Stopped,
        };
        (pid, news)
    }))
}

/// Takes the news that a task has stopped; `None` if it has been killed since, and goes on by itself.
pub(super) fn take_stop(pid: i32) -> io::Result<Option<Event>> {
    let Some(status) = wait_for(pid, libc::WNOHANG)?.filter(|status| libc::WIFSTOPPED(*status)) else {
        return Ok(None);
    };
    Ok(match status >> 16 {
        libc::PTRACE_EVENT_VFORK => who_was_started(pid).map(Event::Lent),
        libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_CLONE => who_was_started(pid).map(Event::Started),
        libc::PTRACE_EVENT_EXEC => Some(Event::Executed),
        libc::PTRACE_EVENT_EXIT => Some(Event::Ending),
        _ => Some(Event::Signal(signal_of(pid, libc::WSTOPSIG(status)))),
    })
}

/// Whom a task has started that is stopped for that; `None` if it has been killed since.
fn who_was_started(pid: i32) -> Option<i32> {
    let mut message: libc::c_ulong = 0;
    let nothing = ptr::null_mut::<c_void>();
    // SAFETY: `PTRACE_GETEVENTMSG` writes one `unsigned long` to where its data points.
    let done = unsafe { libc::ptrace(libc::PTRACE_GETEVENTMSG, pid, nothing, &raw mut message) };
    (done != -1).then(|| i32::try_from(message).ok()).flatten()
}

/// The signal that a stopped task is to get: none where it has been stopped by one already, which only `PTRACE_GETSIGINFO` tells
/// (ptrace(2), "Group-stop").
fn signal_of(pid: i32, signal: i32) -> i32 {
    let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
    let nothing = ptr::null_mut::<c_void>();
    // SAFETY: `PTRACE_GETSIGINFO` writes one `siginfo_t` to where its data points.
    let done = unsafe { libc::ptrace(libc::PTRACE_GETSIGINFO, pid, nothing, info.as_mut_ptr()) };
    if done == -1 { 0 } else { signal }
}

/// Takes the news that a task has ended. Where this process is its parent, it is gone then; else its parent is told now.
pub(super) fn take_end(pid: i32) {
    let _ = wait_for(pid, libc::WNOHANG);
}
