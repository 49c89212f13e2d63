//! What the tests run: a warden, a grader that can be killed, and programs that misbehave, by their names.

use std::{
    collections::BTreeMap,
    env, fs, hint,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream, UdpSocket},
    os::{
        fd::AsFd,
        unix::{
            net::{UnixDatagram, UnixStream},
            process::CommandExt,
        },
    },
    path::PathBuf,
    process::{Child, Command, ExitCode, Stdio},
    sync::{Arc, Barrier, Mutex, mpsc},
    thread,
    time::Duration,
};

use kata_sandbox::{Confinement, Ended, Error, Layers, Limits, Network, Program, View, Warden};
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
        ["as-nobody", ref rest @ ..] => as_nobody(rest),
        ["grade-inside", layers, script] => return grade_inside(layers, script),
        ["echo"] => echo(),
        ["inside", ref paths @ ..] => inside(paths),
        ["abort"] => std::process::abort(),
        ["sockets"] => sockets(),
        ["tcp-to-itself"] => tcp_to_itself(),
        ["connect", address] => told("connect", TcpStream::connect(address)),
        ["family", members, bytes] => family(number(members), bytes),
        ["member", bytes] => member(number(bytes)),
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
        ["ends-with-threads", count] => (0..number(count)).for_each(|_| drop(thread::spawn(sleep))),
        ["executes-nothing"] => {
            Command::new("/nowhere/program")
                .spawn()
                .expect_err("there is none");
        }
        ["one-then-another", milliseconds, ref rest @ ..] => one_then_another(number(milliseconds), rest),
        ["waits-in-order", length] => waits_in_order(length),
        ["starts-for-ever", threads] => starts_for_ever(number(threads)),
        ["looks-after", count, ref rest @ ..] => looks_after(number(count), rest),
        ["in-threads", count] => in_threads(number(count)),
        ["at-once", count, ref rest @ ..] => at_once(number(count), rest),
        ["in-turn", count, ref rest @ ..] => in_turn(number(count), rest),
        ["in-batches", batches, count] => {
            (0..number(batches)).for_each(|_| at_once(number(count), &["exit", "0"]))
        }
        ["abandons", ref rest @ ..] => drop(again(rest)),
        ["abandons-an-ended", ref rest @ ..] => abandons_an_ended(rest),
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

/// What a program can find out about where it is without a `/proc`, what it can do with `paths`, and, where there is a
/// `/proc`, what that tells.
fn inside(paths: &[&str]) {
    println!("uid {}", rustix::process::getuid().as_raw());
    println!("pid {}", getpid().as_raw_pid());
    let cwd = env::current_dir().expect("there is one");
    println!("cwd {}", cwd.display());
    told("list the folder", fs::read_dir(&cwd).map(Iterator::count));
    for (name, value) in env::vars() {
        println!("env {name}={value}");
    }
    // 64 is the limit of the tests.
    for descriptor in 0..64 {
        if is_open(descriptor) {
            println!("descriptor {descriptor}");
        }
    }
    for path in paths {
        told(&format!("read {path}"), fs::read(path).map(drop));
        let written = fs::OpenOptions::new().append(true).open(path);
        told(&format!("write {path}"), written.map(drop));
        let made = fs::write(PathBuf::from(path).join("new"), "new");
        told(&format!("make a file in {path}"), made);
    }
    told("read /etc/passwd", fs::read("/etc/passwd").map(drop));
    told("list /", fs::read_dir("/").map(drop));
    told("list /home", fs::read_dir("/home").map(drop));
    told("list /proc", fs::read_dir("/proc").map(drop));
    for line in fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
    {
        println!("status {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        if let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() {
            println!("process {pid}");
        }
    }
}

#[expect(unsafe_code, reason = "no safe interface asks for a descriptor by its number")]
fn is_open(descriptor: i32) -> bool {
    // SAFETY: it takes numbers only, and changes nothing.
    unsafe { libc::fcntl(descriptor, libc::F_GETFD) != -1 }
}

/// Says whether that could be done.
fn told<T>(what: &str, result: io::Result<T>) {
    match result {
        Ok(_) => println!("{what}: yes"),
        Err(error) => println!("{what}: no, {:?}", error.kind()),
    }
}

fn sockets() {
    told("tcp", TcpListener::bind("127.0.0.1:0"));
    told("tcp6", TcpListener::bind("[::1]:0"));
    told("udp", UdpSocket::bind("127.0.0.1:0"));
    told("unix", UnixDatagram::unbound());
    told("a pair", UnixStream::pair());
}

fn tcp_to_itself() {
    let server = TcpListener::bind("127.0.0.1:0").expect("it may listen");
    let address = server.local_addr().expect("it has one");
    let client = thread::spawn(move || {
        let mut stream = TcpStream::connect(address).expect("it may connect");
        stream.write_all(b"hello").expect("the stream takes it");
    });
    let mut heard = String::new();
    let (mut stream, _) = server.accept().expect("somebody connects");
    stream.read_to_string(&mut heard).expect("the stream can be read");
    client.join().expect("it connected");
    println!("{heard}");
}

/// Starts members that each take memory, waits until each has taken it or is dead, and only then lets them go.
fn family(members: u64, bytes: &str) {
    let start = || {
        let mut command = this(&["member", bytes]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.spawn().expect("it starts again")
    };
    let mut members: Vec<Child> = (0..members).map(|_| start()).collect();
    for member in &mut members {
        let mut there = Vec::new();
        let stdout = member.stdout.as_mut().expect("it is a pipe");
        stdout.read_to_end(&mut there).expect("the pipe can be read");
    }
    println!("all there");
    for mut member in members {
        drop(member.stdin.take());
        member.wait().expect("it is a child");
    }
}

/// Takes memory and keeps it until standard input ends.
fn member(bytes: u64) {
    let taken = vec![1_u8; bytes as usize];
    hint::black_box(&taken);
    // Nothing more will come: whoever waits for it goes on.
    let null = fs::OpenOptions::new().write(true).open("/dev/null");
    rustix::stdio::dup2_stdout(null.expect("it is shown")).expect("it can be replaced");
    let mut nothing = Vec::new();
    io::stdin()
        .read_to_end(&mut nothing)
        .expect("the pipe can be read");
    hint::black_box(&taken);
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
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
    };
    while used() < Duration::from_millis(milliseconds) {
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
    this(args).spawn().expect("it starts again")
}

/// This executable, by the path that it was started by: where there is no `/proc`, no other is known.
fn this(args: &[&str]) -> Command {
    let mut command = Command::new(env::args_os().next().expect("there is one"));
    command.args(args);
    command
}

/// Starts one, waits for a time in other ways than by sleeping, and starts another.
fn one_then_another(milliseconds: u64, args: &[&str]) {
    let time = Duration::from_millis(milliseconds);
    let mut one = again(args);
    let (_sender, receiver) = mpsc::channel::<()>();
    receiver.recv_timeout(time).expect_err("nobody sends");
    thread::park_timeout(time);
    let mut other = again(args);
    one.wait().expect("it is a child");
    other.wait().expect("it is a child");
}

/// Waits for one that says nothing, while another one says much.
fn waits_in_order(length: &str) {
    let start = |args| {
        let mut command = this(args);
        command.stdout(Stdio::piped()).spawn().expect("it starts again")
    };
    let (silent, talkative) = (start(&["exit", "0"]), start(&["print", length]));
    for child in [silent, talkative] {
        child.wait_with_output().expect("it is a child");
    }
}

/// Starts threads, as fast as it can.
#[expect(clippy::infinite_loop, reason = "that is the point")]
fn starts_for_ever(threads: u64) {
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    thread::spawn(|| ()).join().expect("it does not panic");
                }
            });
        }
    });
}

/// Starts so many, and looks now and then whether they have ended.
#[expect(clippy::disallowed_methods, reason = "that is what it is for")]
fn looks_after(count: u64, args: &[&str]) {
    let mut children: Vec<Child> = (0..count).map(|_| again(args)).collect();
    while !children.is_empty() {
        children.retain_mut(|child| child.try_wait().expect("it can be asked").is_none());
        thread::sleep(Duration::from_millis(10));
    }
}

/// Has so many threads, which end.
fn in_threads(count: u64) {
    std::thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(|| std::hint::black_box(0));
        }
    });
}

/// Starts so many, and waits for them only then.
fn at_once(count: u64, args: &[&str]) {
    let children: Vec<Child> = (0..count).map(|_| again(args)).collect();
    for mut child in children {
        child.wait().expect("it can be waited for");
    }
}

/// Starts so many, and waits for each before the next.
fn in_turn(count: u64, args: &[&str]) {
    for _ in 0..count {
        again(args).wait().expect("it can be waited for");
    }
}

/// Starts one, sees that it has ended, and does not wait for it.
fn abandons_an_ended(args: &[&str]) {
    #[expect(clippy::zombie_processes, reason = "that is what it is for")]
    let mut child = this(args)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts again");
    // The end of its output is the end of it, or nearly so.
    let mut end = Vec::new();
    let stdout = child.stdout.as_mut().expect("it is piped");
    stdout.read_to_end(&mut end).expect("it can be read");
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
    let ended = graded(Warden::this_executable(), script).expect("the script can be run");
    print!("{}", String::from_utf8_lossy(&ended.stdout.bytes));
}

/// The same inside layers. It says why it cannot be done.
fn grade_inside(layers: &str, script: &str) -> ExitCode {
    let layers: Layers = serde_json::from_str(layers).expect("the test gives a set of layers");
    match graded(Warden::this_executable().with_layers(&layers), script) {
        Ok(ended) => {
            print!("{}", String::from_utf8_lossy(&ended.stdout.bytes));
            ExitCode::SUCCESS
        }
        Err(error @ Error::Refused { .. }) => {
            println!("refused: {error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn graded(warden: Warden, script: &str) -> Result<Ended, Error> {
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
    runtime
        .expect("a runtime can be made")
        .block_on(warden.run(&program, &CancellationToken::new()))
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
///
/// `rest` is `[--no-user-namespaces] [--no-landlock] -- PROGRAM ARGS…`.
fn as_nobody(rest: &[&str]) {
    let end = rest
        .iter()
        .position(|word| *word == "--")
        .expect("there is a program");
    for option in &rest[..end] {
        match *option {
            "--no-user-namespaces" => refuse_user_namespaces(),
            "--no-landlock" => refuse_landlock(),
            other => panic!("no option {other}"),
        }
    }
    let (program, args) = rest[end + 1..].split_first().expect("there is a program");
    /// `nobody` and `nogroup`, on every distribution (systemd's UIDS-GIDS.md).
    const NOBODY: u32 = 65534;
    rustix::thread::set_thread_groups(&[]).expect("this is root");
    let (user, group) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    rustix::thread::set_thread_res_gid(group, group, group).expect("this is root");
    rustix::thread::set_thread_res_uid(user, user, user).expect("this is root");
    let error = Command::new(program).args(args).exec();
    panic!("{program}: {error}");
}

/// As kernels without it do.
fn refuse_landlock() {
    let missing = BTreeMap::from([(libc::SYS_landlock_create_ruleset, Vec::new())]);
    apply_filter(&compile(missing, libc::ENOSYS)).expect("this is root");
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
    let refused = BTreeMap::from([(libc::SYS_unshare, makes()), (libc::SYS_clone, makes())]);
    apply_filter(&compile(refused, libc::EPERM)).expect("this is root");
    let missing = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    apply_filter(&compile(missing, libc::ENOSYS)).expect("this is root");
}

fn compile(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> BpfProgram {
    let arch = TargetArch::try_from(env::consts::ARCH).expect("the architecture is known");
    let action = SeccompAction::Errno(errno.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, arch).expect("the rules are right");
    BpfProgram::try_from(filter).expect("the filter is not too long")
}
