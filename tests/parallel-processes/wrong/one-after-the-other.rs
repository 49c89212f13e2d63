//! Waits for each child before it starts the next.

mod work;

use std::{
    env, io,
    process::{Child, Command, ExitCode, Output, Stdio},
};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    let numbers = |args: &[String]| -> Vec<u64> { args.iter().map(|arg| arg.parse().unwrap()).collect() };
    let result = match args.as_slice() {
        [_, child, jobs @ ..] if child == "child" => work_here(&numbers(jobs)),
        [program, rest @ ..] => {
            let numbers = numbers(rest);
            work_elsewhere(program, numbers[0] as usize, &numbers[1..])
        }
        [] => return ExitCode::from(2),
    };
    match result {
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

fn work_here(jobs: &[u64]) -> Result<u64, Failed> {
    let mut sum = 0;
    for units in jobs {
        sum += work::work(*units)?;
    }
    Ok(sum)
}

fn start(program: &str, jobs: &[u64]) -> io::Result<Child> {
    Command::new(program)
        .arg("child")
        .args(jobs.iter().map(u64::to_string))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

fn result(output: Output) -> Result<u64, Failed> {
    if !output.status.success() {
        return Err("a child failed".into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

fn share(jobs: &[u64], children: usize, child: usize) -> Vec<u64> {
    jobs.iter().skip(child).step_by(children).copied().collect()
}

fn work_elsewhere(program: &str, children: usize, jobs: &[u64]) -> Result<u64, Failed> {
    let children = children.min(jobs.len());
    let mut sum = 0;
    for child in 0..children {
        sum += result(start(program, &share(jobs, children, child))?.wait_with_output()?)?;
    }
    Ok(sum)
}
