//! What a run costs: `/bin/true` by itself, through a warden, inside each layer of this machine, and inside all of them.
//!
//! ```sh
//! cargo run --release -p kata-sandbox --example overhead
//! ```

use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use kata_sandbox::{Confinement, How, Layers, Limits, Network, Program, View, Warden};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

const RUNS: usize = 500;

/// A way to run the program, and how long each run took.
struct Way {
    name: String,
    /// `None` is without a warden.
    warden: Option<Warden>,
    times: Vec<Duration>,
}

fn main() -> ExitCode {
    if let Some(code) = kata_sandbox::serve_if_warden() {
        return code;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let (warden, cancel) = (Warden::this_executable(), CancellationToken::new());
    let found = runtime.block_on(Confinement::find(&warden, &cancel));
    let confinement = found.expect("it can be tried");
    let mut ways = ways(&confinement.layers);
    // In turn, so that whatever else the machine does meets all of them.
    for _ in 0..RUNS {
        for way in &mut ways {
            way.run(&runtime);
        }
    }
    println!("medians of {RUNS} runs of /bin/true, tier {}", confinement.tier);
    let least = median(&mut ways[0].times);
    for way in &mut ways {
        let median = median(&mut way.times);
        let (more, name) = (median.saturating_sub(least), &way.name);
        println!(
            "  {name:<28} {:>6} µs  +{:>5} µs",
            median.as_micros(),
            more.as_micros()
        );
    }
    ExitCode::SUCCESS
}

/// All ways that there are here, from the barest on.
fn ways(layers: &Layers) -> Vec<Way> {
    let way = |name: &str, warden| Way {
        name: name.to_owned(),
        warden,
        times: Vec::with_capacity(RUNS),
    };
    let within = |layers: &Layers| Some(Warden::this_executable().with_layers(layers));
    let mut ways = vec![
        way("by itself", None),
        way("through a warden", within(&Layers::new())),
    ];
    for layer in layers.iter().filter(|layer| !layer.is_everywhere()) {
        ways.push(way(&format!("with {layer}"), within(&[*layer].into())));
    }
    ways.push(way("inside all layers", within(layers)));
    ways
}

impl Way {
    fn run(&mut self, runtime: &Runtime) {
        let began = Instant::now();
        match &self.warden {
            None => {
                let status = Command::new("/bin/true").status().expect("there is a /bin/true");
                assert!(status.success());
            }
            Some(warden) => {
                let ended = runtime.block_on(warden.run(&program(), &CancellationToken::new()));
                assert_eq!(ended.expect("it can be run").how, How::Exited(0));
            }
        }
        self.times.push(began.elapsed());
    }
}

fn program() -> Program {
    Program {
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
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
