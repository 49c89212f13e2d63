//! `kata doctor`: each finding is something that was tried just now.

mod layers;
mod subject;

pub(crate) use layers::missing;

use std::{ffi::OsString, path::Path, process::Stdio, time::Duration};

use kata_grader::{Cache, Facade, Runtime, Set, Toolchain};
use kata_report::doctor::{Finding, Health, doctor};
use kata_sandbox::{Ended, How, Limit, Limits, Network, Program, View, Warden};
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

use self::subject::Subject;
use crate::{Exit, output::Output, session::Session};

/// Tries what a check needs, and says what is missing.
pub(crate) async fn run(
    course: Option<&Path>,
    output: &Output,
    cancel: &CancellationToken,
) -> anyhow::Result<Exit> {
    let here = std::env::current_dir()?;
    let mut findings = Vec::new();
    let toolchain = Toolchain::discover(course.unwrap_or(&here)).await;
    findings.push(match &toolchain {
        Ok(toolchain) => ok(
            Subject::Toolchain,
            toolchain.release(),
            "asked rustc for its version",
        ),
        Err(error) => fail(
            Subject::Toolchain,
            error,
            "asked rustc for its version",
            "install Rust with rustup",
        ),
    });
    findings.push(linker().await);
    let cache = Cache::open();
    findings.push(match &cache {
        Ok(cache) => ok(
            Subject::Cache,
            format!("kept at {}", cache.root().display()),
            "made its folders",
        ),
        Err(error) => fail(
            Subject::Cache,
            error,
            "made its folders",
            "set KATA_CACHE to a folder that you may write to",
        ),
    });
    if let (Ok(toolchain), Ok(cache)) = (&toolchain, &cache) {
        findings.extend(runtime(toolchain, cache));
    }
    findings.extend(confinement(cache.as_ref().ok(), cancel).await);
    findings.push(match Session::open(course) {
        Ok(session) => {
            let said = format!(
                "{}: {} exercises",
                session.course.title,
                session.course.exercises.len()
            );
            ok(
                Subject::Course,
                said,
                "read course.toml and looked for every file that it names",
            )
        }
        Err(error) => Finding {
            health: Health::Warn,
            advice: Some(
                "run kata in the folder of a course, or name it with `--course DIR`; `kata list` says more"
                    .into(),
            ),
            ..fail(
                Subject::Course,
                error,
                "read course.toml and looked for every file that it names",
                "",
            )
        },
    });
    output.print(&doctor(&findings, &output.style))?;
    let failed = findings.iter().any(|finding| finding.health == Health::Fail);
    Ok(if failed { Exit::Harness } else { Exit::Passed })
}

async fn linker() -> Finding {
    let tried = "asked cc for its version";
    let asked = Command::new("cc")
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .await;
    match asked {
        Ok(answer) if answer.status.success() => {
            let said = String::from_utf8_lossy(&answer.stdout)
                .lines()
                .next()
                .unwrap_or("cc")
                .to_owned();
            ok(Subject::Linker, said, tried)
        }
        Ok(answer) => fail(
            Subject::Linker,
            answer.status,
            tried,
            "install a C compiler, such as Debian's package `gcc`",
        ),
        Err(error) => fail(
            Subject::Linker,
            error,
            tried,
            "install a C compiler, such as Debian's package `gcc`",
        ),
    }
}

fn runtime(toolchain: &Toolchain, cache: &Cache) -> Vec<Finding> {
    let tried = "looked for the runtime of this toolchain and this kata in the cache";
    let Some(facade) = Runtime::facade(toolchain, Set::Base, cache) else {
        let later = "not built yet: the first check does it, in about half a minute";
        return vec![ok(Subject::Runtime, later, tried)];
    };
    let compiled =
        "compiled a crate that says `std`, and asked whose types it gets, when the runtime was built";
    let threads = match facade {
        Facade::Extern => ok(
            Subject::Threads,
            "explored: this compiler takes kata's threads for those of `std` (`--extern std=`)",
            compiled,
        ),
        Facade::Renamed => ok(
            Subject::Threads,
            "explored in a copy of the code that calls `std` by another name, for this compiler does not take kata's \
             threads for those of `std`; lines and columns are the same",
            compiled,
        ),
        Facade::Missing => fail(
            Subject::Threads,
            "not explored: this compiler lets no crate see kata's threads where it says `std`",
            compiled,
            "use another release of Rust, and report this one",
        ),
    };
    vec![
        ok(Subject::Runtime, "built: checks start at once", tried),
        threads,
    ]
}

/// Attacks, and misbehaves in a few ways, and looks whether that is stopped.
async fn confinement(cache: Option<&Cache>, cancel: &CancellationToken) -> Vec<Finding> {
    let warden = Warden::this_executable();
    let mut findings = layers::find(&warden, cache, cancel).await;
    for attack in &ATTACKS {
        findings.push(attack.try_it(cancel).await);
    }
    findings
}

/// Something that a submission might do, and how its run has to end.
struct Attack {
    subject: Subject,
    script: &'static str,
    tried: &'static str,
    stopped: &'static str,
    is_stopped: fn(&Ended) -> bool,
}

const ATTACKS: [Attack; 3] = [
    Attack {
        subject: Subject::EndlessLoop,
        script: "while :; do :; done",
        tried: "ran a shell that loops for ever",
        stopped: "stopped by its limit of CPU time",
        is_stopped: |ended| ended.how == How::Stopped(Limit::Cpu),
    },
    Attack {
        subject: Subject::Daemon,
        script: "setsid sleep 600 & exit 0",
        tried: "left a process in a session of its own, holding standard output open",
        stopped: "found, ended, and not waited for",
        is_stopped: |ended| ended.how == How::Exited(0) && ended.left_behind == 1,
    },
    Attack {
        subject: Subject::Flood,
        script: "while :; do echo flood; done",
        tried: "printed without end",
        stopped: "cut at its limit, and stopped",
        is_stopped: |ended| ended.how == How::Stopped(Limit::Output) && ended.stdout.cut,
    },
];

impl Attack {
    async fn try_it(&self, cancel: &CancellationToken) -> Finding {
        let program = Program {
            path: "/bin/sh".into(),
            args: ["-c", self.script].map(OsString::from).to_vec(),
            env: vec![("PATH".into(), "/usr/bin:/bin".into())],
            cwd: "/".into(),
            view: View::default(),
            network: Network::None,
            request: None,
            limits: Limits {
                cpu: Duration::from_millis(300),
                wall: Duration::from_secs(2),
                memory: Some(64 << 20),
                processes: 16,
                output: 4096,
                reply: 0,
                file_size: 0,
                open_files: 64,
            },
        };
        let ran = Warden::this_executable().run(&program, cancel).await;
        match ran {
            Ok(ended) if (self.is_stopped)(&ended) => ok(self.subject, self.stopped, self.tried),
            Ok(ended) => fail(
                self.subject,
                format!("not stopped: {:?}", ended.how),
                self.tried,
                "do not grade on this machine",
            ),
            Err(error) => fail(self.subject, error, self.tried, "do not grade on this machine"),
        }
    }
}

fn ok(subject: Subject, means: impl ToString, tried: &str) -> Finding {
    Finding {
        health: Health::Ok,
        name: subject.name().into(),
        means: means.to_string(),
        tried: tried.into(),
        advice: None,
    }
}

fn fail(subject: Subject, means: impl ToString, tried: &str, advice: &str) -> Finding {
    Finding {
        health: Health::Fail,
        name: subject.name().into(),
        means: means.to_string(),
        tried: tried.into(),
        advice: Some(advice.into()),
    }
}
