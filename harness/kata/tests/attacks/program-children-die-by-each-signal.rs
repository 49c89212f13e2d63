//! tries: has a child that dies by a signal, for each that there is
//! kata: errand
//! verdict: pass

use std::{
    os::unix::process::ExitStatusExt,
    process::{Command, Stdio},
};

/// Those that end nobody unless somebody listens for them, or that stop: CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG and WINCH.
const HARMLESS: [i32; 8] = [17, 18, 19, 20, 21, 22, 23, 28];

fn main() {
    for signal in (1..=31).chain(34..=64) {
        let ended = Command::new("sh")
            .args(["-c", &format!("kill -{signal} $$; exit 7")])
            .stderr(Stdio::null())
            .status()
            .unwrap();
        let expected = match HARMLESS.contains(&signal) {
            true => (Some(7), None),
            false => (None, Some(signal)),
        };
        if (ended.code(), ended.signal()) != expected {
            println!("signal {signal}: {ended}");
        }
    }
    println!("42");
}
