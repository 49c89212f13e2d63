//! What a run costs: `/bin/true` through a warden, and by itself.
//!
//! ```sh
//! cargo run --release -p kata-sandbox --example overhead
//! ```

use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use kata_sandbox::{How, Limits, Network, Program, View, Warden};
use tokio_util::sync::CancellationToken;

const RUNS: usize = 500;

fn main() -> ExitCode {
    if let Some(code) = kata_sandbox::serve_if_warden() {
        return code;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let program = Program {
        path: "/bin/true".into(),
        args: Vec::new(),
        env: Vec::new(),
        cwd: "/".into(),
        view: View::default(),
        network: Network::None,
        request: None,
        limits: Limits {
            cpu: Duration::from_secs(10),
            wall: Duration::from_secs(10),
            memory: Some(512 << 20),
            processes: 64,
            output: 1 << 18,
            reply: 1 << 16,
            file_size: 1 << 20,
            open_files: 64,
        },
    };
    let (warden, cancel) = (Warden::this_executable(), CancellationToken::new());
    let mut alone = Vec::new();
    let mut watched = Vec::new();
    // In turn, so that whatever else the machine does meets both.
    for _ in 0..RUNS {
        let began = Instant::now();
        let status = Command::new("/bin/true").status().expect("there is a /bin/true");
        alone.push(began.elapsed());
        assert!(status.success());

        let began = Instant::now();
        let ended = runtime
            .block_on(warden.run(&program, &cancel))
            .expect("it can be run");
        watched.push(began.elapsed());
        assert_eq!(ended.how, How::Exited(0));
    }
    println!("median of {RUNS} runs of /bin/true");
    println!("  by itself         {:?}", median(alone));
    println!("  through a warden  {:?}", median(watched));
    ExitCode::SUCCESS
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
