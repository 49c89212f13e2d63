//! Spread jobs over processes: `parallel-processes CHILDREN UNITS…`

mod work;

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let numbers: Result<Vec<u64>, _> = env::args().skip(1).map(|arg| arg.parse()).collect();
    let Ok([_children, jobs @ ..]) = numbers.as_deref() else {
        eprintln!("usage: parallel-processes CHILDREN UNITS…");
        return ExitCode::from(2);
    };
    // One job after the other, in this very process.
    let mut sum = 0;
    for units in jobs {
        match work::work(*units) {
            Ok(result) => sum += result,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{sum}");
    ExitCode::SUCCESS
}
