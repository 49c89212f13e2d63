//! What the tests run: a warden, a grader that can be killed, and programs that misbehave, by their names.

use std::{
    collections::BTreeMap,
    env, fs, hint,
    io::{self, Read, Write},
    os::{fd::AsFd, unix::process::CommandExt},
    path::PathBuf,
    process::{Child, Command, ExitCode},
    sync::{Arc, Barrier, Mutex},
    thread,
    time::Duration,
};

use kata_sandbox::{Confinement, Limits, Network, Program, View, Warden};
use rustix::{
    fs::{Gid, Uid},
    process::{Signal, getpid, getppid, kill_process, setsid},
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter,
};
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    if let Some(code) = kata_sandbox::serve_if_warden() {
        return code;
    }
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["exit", code] => return ExitCode::from(number(code) as u8),
        ["print", length] => write_bytes(io::stdout(), number(length)),
        ["print-error", length] => write_bytes(io::stderr(), number(length)),
        ["reply", length] => write_bytes(reply(), number(length)),
        ["trial"] => trial(),
        ["as-nobody", "--no-user-namespaces", "--", program, ref args @ ..] => {
            refuse_user_namespaces();
            as_nobody(program, args)
        }
        ["as-nobody", "--", program, ref args @ ..] => as_nobody(program, args),
        ["echo"] => echo(),
        ["surroundings"] => surroundings(),
        ["spin"] => spin(),
        ["spin", threads] => spin_in(number(threads)),
        ["burn", milliseconds] => burn(number(milliseconds)),
        ["deadlock"] => deadlock(),
        ["sleep-and-look"] => sleep_and_look(),
        ["stop-itself"] => kill_process(getpid(), Signal::STOP).expect("one may stop oneself"),
        ["kill-the-warden"] => signal_the_warden(Signal::KILL),
        ["stop-the-warden"] => signal_the_warden(Signal::STOP),
        ["sleep"] => sleep(),
        ["threads", count] => sleep_in(number(count)),
        ["daemon"] => drop(again(&["daemon-between"]).wait()),
        ["daemon-between"] => daemon_between(),
        ["allocate", bytes] => allocate(number(bytes)),
        ["write-file", path, length] => write_file(path, number(length)),
        ["grade", script] => grade(script),
        ["grade-from-a-removed-file", script] => {
            fs::remove_file(env::current_exe().expect("the executable is known")).expect("it can be removed");
            grade(script);
        }
        _ => panic!("there is no program {args:?}"),
    }
    ExitCode::SUCCESS
}

fn number(text: &str) -> u64 {
    text.parse().expect("the test gives a number")
}

fn write_bytes(mut to: impl Write, length: u64) {
    // As one write per 1,000 bytes, so that the limit falls between two of them and within one.
    let chunk = [b'x'; 1000];
    let mut left = length;
    while left > 0 {
        let now = left.min(1000);
        to.write_all(&chunk[..now as usize]).expect("the stream takes it");
        left -= now;
    }
    to.flush().expect("the stream takes it");
}

/// Standard input, which is a socket, as the place to write to.
fn reply() -> fs::File {
    let socket = io::stdin().as_fd().try_clone_to_owned();
    fs::File::from(socket.expect("a descriptor can be duplicated"))
}

fn echo() {
    let mut request = Vec::new();
    io::stdin()
        .read_to_end(&mut request)
        .expect("standard input can be read");
    reply().write_all(&request).expect("the reply can be written");
}

/// What a program can see of how it was started.
fn surroundings() {
    println!("argv0={}", env::args().next().expect("there is one"));
    println!("cwd={}", env::current_dir().expect("there is one").display());
    for (name, value) in env::vars() {
        println!("env {name}={value}");
    }
    let descriptors = fs::read_dir("/proc/self/fd").expect("/proc is mounted").count();
    println!("descriptors={}", descriptors - 1); // without the one that reads the folder
    let status = fs::read_to_string("/proc/self/status").expect("/proc is mounted");
    for line in status.lines() {
        if ["SigBlk", "SigIgn", "NoNewPrivs"]
            .iter()
            .any(|field| line.starts_with(field))
        {
            println!("{}", line.replace('\t', " "));
        }
    }
    let own = rustix::process::getsid(None).expect("it has one") == getpid();
    println!("own session: {own}");
    let warden = getppid().expect("it has one");
    let leads = rustix::process::getpgid(Some(warden)).expect("it has one") == warden;
    println!("warden leads a group: {leads}");
    let name = fs::read_to_string(format!("/proc/{}/comm", warden.as_raw_pid())).expect("/proc is mounted");
    println!("warden is called: {}", name.trim());
}

#[expect(clippy::infinite_loop, reason = "that is the point")]
fn spin() {
    loop {
        hint::spin_loop();
    }
}

fn spin_in(threads: u64) {
    for _ in 1..threads {
        thread::spawn(spin);
    }
    spin();
}

/// Uses that much CPU time in this thread, however long it takes.
fn burn(milliseconds: u64) {
    let used = || {
        let schedstat = fs::read_to_string("/proc/thread-self/schedstat").expect("/proc is mounted");
        number(schedstat.split(' ').next().expect("it has three fields"))
    };
    while used() < milliseconds * 1_000_000 {
        for _ in 0..100_000 {
            hint::spin_loop();
        }
    }
}

fn deadlock() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let both_hold_one = Arc::new(Barrier::new(2));
    let (other_locks, other_hold) = (locks.clone(), both_hold_one.clone());
    let other = thread::Builder::new().name("other".into()).spawn(move || {
        let _second = other_locks.1.lock();
        other_hold.wait();
        let _first = other_locks.0.lock();
    });
    let _first = locks.0.lock();
    both_hold_one.wait();
    let _second = locks.1.lock();
    drop(other);
}

#[expect(
    clippy::infinite_loop,
    clippy::disallowed_methods,
    reason = "that is the point"
)]
fn sleep_and_look() {
    loop {
        thread::sleep(Duration::from_millis(1));
    }
}

fn signal_the_warden(signal: Signal) {
    kill_process(getppid().expect("it has one"), signal).expect("it runs as the same user");
    sleep();
}

#[expect(clippy::disallowed_methods, reason = "it is to be killed")]
fn sleep() {
    thread::sleep(Duration::from_secs(600));
}

fn sleep_in(threads: u64) {
    for _ in 1..threads {
        thread::spawn(sleep);
    }
    sleep();
}

/// Starts this executable again.
fn again(args: &[&str]) -> Child {
    let executable = env::current_exe().expect("the executable is known");
    Command::new(executable)
        .args(args)
        .spawn()
        .expect("it starts again")
}

fn daemon_between() {
    setsid().expect("it does not lead a group");
    drop(again(&["sleep"])); // which nobody waits for
}

fn allocate(bytes: u64) {
    let mut memory = Vec::<u8>::new();
    let got = memory.try_reserve_exact(bytes as usize).is_ok();
    println!("{}", if got { "granted" } else { "refused" });
}

fn write_file(path: &str, length: u64) {
    let file = fs::File::create(path).expect("the file can be created");
    write_bytes(file, length);
}

/// Runs a shell script as a grader would, in this process's own environment.
fn grade(script: &str) {
    let program = Program {
        path: PathBuf::from("/bin/sh"),
        args: vec!["-c".into(), script.into()],
        env: env::vars_os().collect(),
        cwd: PathBuf::from("/"),
        view: View::default(),
        network: Network::None,
        request: None,
        limits: Limits {
            cpu: Duration::from_secs(60),
            wall: Duration::from_secs(60),
            memory: None,
            processes: 64,
            output: 1 << 16,
            reply: 0,
            file_size: 1 << 20,
            open_files: 64,
        },
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let warden = Warden::this_executable();
    let ended = runtime
        .expect("a runtime can be made")
        .block_on(warden.run(&program, &CancellationToken::new()))
        .expect("the script can be run");
    print!("{}", String::from_utf8_lossy(&ended.stdout.bytes));
}

/// Prints how programs are confined here.
fn trial() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (warden, cancel) = (Warden::this_executable(), CancellationToken::new());
    let found = Confinement::find(&warden, &cancel);
    let confinement = runtime
        .expect("a runtime can be made")
        .block_on(found)
        .expect("it can be tried");
    let told = serde_json::to_string_pretty(&confinement).expect("it has a JSON form");
    println!("{told}");
}

/// Goes on as a program of the user `nobody`, who has no group but its own.
fn as_nobody(program: &str, args: &[&str]) {
    /// `nobody` and `nogroup`, on every distribution (systemd's UIDS-GIDS.md).
    const NOBODY: u32 = 65534;
    rustix::thread::set_thread_groups(&[]).expect("this is root");
    let (user, group) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    rustix::thread::set_thread_res_gid(group, group, group).expect("this is root");
    rustix::thread::set_thread_res_uid(user, user, user).expect("this is root");
    let error = Command::new(program).args(args).exec();
    panic!("{program}: {error}");
}

/// As some distributions and most containers do: nobody makes a user namespace.
fn refuse_user_namespaces() {
    let flag = libc::CLONE_NEWUSER.unsigned_abs().into();
    let makes = || {
        let condition = SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(flag), flag);
        vec![
            SeccompRule::new(vec![condition.expect("the argument is there")])
                .expect("there is one condition"),
        ]
    };
    let compile = |rules, errno: i32| {
        let arch = TargetArch::try_from(env::consts::ARCH).expect("the architecture is known");
        let action = SeccompAction::Errno(errno.unsigned_abs());
        let filter =
            SeccompFilter::new(rules, SeccompAction::Allow, action, arch).expect("the rules are right");
        BpfProgram::try_from(filter).expect("the filter is not too long")
    };
    let refused = BTreeMap::from([(libc::SYS_unshare, makes()), (libc::SYS_clone, makes())]);
    apply_filter(&compile(refused, libc::EPERM)).expect("this is root");
    let missing = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    apply_filter(&compile(missing, libc::ENOSYS)).expect("this is root");
}
