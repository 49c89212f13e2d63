//! Spread jobs over processes: `parallel-processes CHILDREN UNITS…`

mod work;

use std::{
    env, io,
    process::{Child, Command, ExitCode, Output, Stdio},
};

/// The first argument of a child, which then gets its jobs.
const CHILD: &str = "child";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    let sum = match args.as_slice() {
        [_, child, jobs @ ..] if child == CHILD => numbers(jobs).and_then(|jobs| work_here(&jobs)),
        [program, children, jobs @ ..] => {
            numbers(jobs).and_then(|jobs| work_elsewhere(program, children.parse()?, &jobs))
        }
        _ => Err("usage: parallel-processes CHILDREN UNITS…".into()),
    };
    match sum {
        Ok(sum) => {
            println!("{sum}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

type Failed = Box<dyn std::error::Error>;

fn numbers(args: &[String]) -> Result<Vec<u64>, Failed> {
    let numbers = args.iter().map(|arg| arg.parse()).collect::<Result<_, _>>();
    Ok(numbers?)
}

/// A child does its jobs one after the other.
fn work_here(jobs: &[u64]) -> Result<u64, Failed> {
    let mut sum = 0;
    for units in jobs {
        sum += work::work(*units)?;
    }
    Ok(sum)
}

/// The parent does none: it deals them out like cards, and adds up what comes back.
fn work_elsewhere(program: &str, children: usize, jobs: &[u64]) -> Result<u64, Failed> {
    let children = children.min(jobs.len());
    let share = |child: usize| jobs.iter().skip(child).step_by(children);
    // All of them run before the first is waited for; a lazy iterator would take them one by one.
    let started: Vec<io::Result<Child>> = (0..children).map(|child| start(program, share(child))).collect();
    // And all are waited for before anything is made of it, also when one has failed.
    let ended: Vec<io::Result<Output>> = started
        .into_iter()
        .map(|child| child?.wait_with_output())
        .collect();
    let mut sum = 0;
    for output in ended {
        let output = output?;
        if !output.status.success() {
            return Err(format!(
                "a child failed: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            )
            .into());
        }
        sum += String::from_utf8(output.stdout)?.trim().parse::<u64>()?;
    }
    Ok(sum)
}

fn start<'a>(program: &str, jobs: impl Iterator<Item = &'a u64>) -> io::Result<Child> {
    Command::new(program)
        .arg(CHILD)
        .args(jobs.map(u64::to_string))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}
