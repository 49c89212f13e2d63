//! The warden's side of a run: one thread, one loop, one report.
//!
//! | module | its part |
//! | --- | --- |
//! | `start` | the program as a child, with its limits on and its bytes connected |
//! | `confine` | the layers around it, one by one |
//! | `watch` | the loop: bytes move, clocks are read, until there is a reason to stop |
//! | `stream` | one captured stream; the request on its way |
//! | `processes` | the tree of descendants, and their threads, out of `/proc` |
//! | `census` | every process of a run that is watched |
//! | `trace` | how the kernel tells of them |
//! | `clocks` | from samples of the tree to a limit passed, or not |
//! | `threads` | where each thread stood |
//! | `reap` | the end of everything |
//! | `system` | the system calls that no safe interface offers |

mod census;
mod clocks;
mod confine;
mod processes;
mod reap;
mod start;
mod stream;
pub(crate) mod system;
mod threads;
mod trace;
mod watch;

use std::{
    env,
    io::{self, Write},
    os::{fd::AsFd, unix::net::UnixStream},
    process::ExitCode,
    time::Duration,
};

use rustix::process::getpid;

use crate::{
    Ended, How, Layer, Limit, Program, wire,
    wire::{Fault, Order},
};
use census::Census;
use confine::{
    cgroup::{Events, Groups},
    namespaces::{self, Side},
    user::Slot,
};
use reap::Remains;
use start::{Prepared, Running};
use watch::Cause;

/// The argument that makes an executable a warden.
pub(crate) const ARGUMENT: &str = "--serve-as-warden";

/// The name that a warden has in a list of processes.
pub(crate) const NAME: &str = "kata-warden";

/// The exit code of a warden that was not started by a grader.
const NOT_FROM_A_GRADER: u8 = 2;

/// Serves as a warden when this process was started as one by [`Warden::run`](crate::Warden::run), and
/// returns the code to exit with; returns `None` at once otherwise.
///
/// Must be the first call of `main`: a warden that had threads could not fork safely, and one that had
/// children of its own would wait for them.
pub fn serve_if_warden() -> Option<ExitCode> {
    let mut args = env::args_os().skip(1);
    let asked = args.next().is_some_and(|arg| arg == ARGUMENT) && args.next().is_none();
    asked.then(|| match serve() {
        Ok(code) => code,
        Err(err) => {
            eprintln!("{NAME}: standard input is no grader's socket ({err}); this is not for use by hand");
            ExitCode::from(NOT_FROM_A_GRADER)
        }
    })
}

fn serve() -> io::Result<ExitCode> {
    let grader = UnixStream::from(rustix::stdio::stdin().as_fd().try_clone_to_owned()?);
    grader.peer_addr()?;
    let Ok(order) = wire::read_order(&grader) else {
        return Ok(ExitCode::SUCCESS); // the grader went away while it gave the order, and nothing was started
    };
    Ok(confined(&order, grader))
}

/// Makes ready what lies around the program's process, and runs it there.
fn confined(order: &Order, grader: UnixStream) -> ExitCode {
    // Lives until everything inside is dead, and is not copied into the inside.
    let mut groups = None;
    let side = prepare(order, &mut groups);
    match side {
        Ok((Side::Outside(code), _)) => code,
        Ok((Side::Inside, prepared)) => {
            let report = run(order, prepared, &grader);
            tell(grader, &report)
        }
        Err(fault) => tell(grader, &Err(fault)),
    }
}

fn prepare(order: &Order, groups: &mut Option<Groups>) -> Result<(Side, Prepared), Fault> {
    let has = |layer| order.layers.contains(&layer);
    system::become_warden(NAME)?;
    let mut prepared = Prepared {
        entrance: None,
        events: None,
        slot: has(Layer::OtherUser).then(|| Slot::of(getpid())),
        outside: getpid(),
    };
    if has(Layer::ControlGroups) {
        let made = Groups::new(&order.program.limits).and_then(|made| {
            prepared.entrance = Some(made.entrance()?);
            prepared.events = Some(made.events()?);
            Ok(made)
        });
        *groups = Some(made.map_err(|err| refused("make control groups", &err))?);
    }
    if !has(Layer::Namespaces) {
        return Ok((Side::Inside, prepared));
    }
    let side = namespaces::enter(order.program.network)?;
    if let Side::Inside = side {
        // They are the outside's to remove.
        std::mem::forget(groups.take());
        system::become_warden(NAME)?;
    }
    Ok((side, prepared))
}

/// Reports to the grader. Where nobody reads it any more, it is not missed.
fn tell(mut grader: UnixStream, report: &Result<Ended, Fault>) -> ExitCode {
    let _ = grader.write_all(&wire::pack_report(report));
    ExitCode::SUCCESS
}

fn refused(doing: &str, err: &io::Error) -> Fault {
    Fault::Refused {
        doing: doing.to_owned(),
        errno: err.raw_os_error().unwrap_or(libc::EIO),
    }
}

fn run(order: &Order, prepared: Prepared, grader: &UnixStream) -> Result<Ended, Fault> {
    let program = &order.program;
    let mut running = Running::start(order, prepared)?;
    let cause = watch::watch(&mut running, grader, &program.limits)?;
    let wall = running.started.elapsed();

    let threads = match cause {
        Cause::Passed(limit) if limit.is_time() => threads::stand(running.tree.main()),
        _ => Vec::new(),
    };
    let processes = running.census.take().map(Census::end);
    let remains = running.tree.end()?;
    // Where each is known, each counts once. The warden hears of those that it traces twice: as their tracer, and as whoever inherits them.
    let left = processes.as_ref().map_or(remains.others, |processes| {
        let left = processes.iter().filter(|process| !process.awaited).count();
        u32::try_from(left).unwrap_or(u32::MAX)
    });
    // Every writer is dead: what is in the pipes now is all that there will be.
    running.streams.drain();

    let used = system::used_by_children();
    let how = how(cause, &remains, used.cpu, &running, program);
    let by_itself = matches!(how, How::Exited(_) | How::Signalled(_));
    Ok(Ended {
        how,
        cpu: used.cpu,
        wall,
        peak_memory: used.peak_memory,
        left_behind: if by_itself { left } else { 0 },
        stdout: running.streams.stdout.take(),
        stderr: running.streams.stderr.take(),
        reply: running.streams.take_reply(),
        threads: if matches!(how, How::Stopped(limit) if limit.is_time()) {
            threads
        } else {
            Vec::new()
        },
        processes: processes.unwrap_or_default(),
    })
}

/// Decides how the program ended: by totals where there are totals, so that it does not matter what the
/// warden happened to see first.
fn how(cause: Cause, remains: &Remains, cpu: Duration, running: &Running, program: &Program) -> How {
    if cause == Cause::Cancelled {
        return How::Cancelled;
    }
    let killed_for_cpu = remains.main == How::Signalled(libc::SIGXCPU);
    let happened = |what: fn(&Events) -> bool| running.events.as_ref().is_some_and(what);
    let totals = [
        (running.streams.too_much_output(), Limit::Output),
        (running.streams.too_much_reply(), Limit::Reply),
        (happened(Events::killed_for_memory), Limit::Memory),
        (cpu > program.limits.cpu || killed_for_cpu, Limit::Cpu),
        (happened(Events::refused_a_process), Limit::Processes),
    ];
    match (totals.into_iter().find(|(passed, _)| *passed), cause) {
        (Some((_, limit)), _) | (None, Cause::Passed(limit)) => How::Stopped(limit),
        (None, _) => remains.main,
    }
}
