//! tries: writes, makes writable, moves and removes its own program, itself and by another one
//! kata: errand
//! verdict: pass

use std::{
    env,
    fs::{self, OpenOptions, Permissions},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

fn main() {
    let own = env::args().next().unwrap();
    let with_own = |program: &str, args: &[&str]| {
        let ended = Command::new(program).args(args).arg(&own).stderr(Stdio::null()).status();
        ended.is_ok_and(|ended| ended.success())
    };
    let done = [
        fs::set_permissions(&own, Permissions::from_mode(0o777)).is_ok(),
        OpenOptions::new().append(true).open(&own).is_ok(),
        fs::rename(&own, "other").is_ok(),
        fs::hard_link(&own, "other").is_ok(),
        fs::remove_file(&own).is_ok(),
        with_own("chmod", &["a+w"]),
        with_own("cp", &["/bin/true"]),
        with_own("rm", &["-f"]),
    ];
    if done.contains(&true) {
        println!("ESCAPED: {done:?}");
    }
    println!("42");
}
