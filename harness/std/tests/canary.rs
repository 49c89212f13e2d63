//! Whether a learner's crate can still be compiled with `--extern std=`, which rustc does not promise.

mod rustc;

use rustc::Rustc;

/// What a learner may write, in every edition; the output tells the model's types from the real ones.
const LEARNER: &str = r#"
extern crate std as _explicit;
use std::sync::{Arc, Mutex, atomic::{AtomicU32, Ordering}};
use std::collections::HashMap;

pub mod inner {
    use std::sync::RwLock;
    pub fn kind() -> &'static str { ::std::any::type_name::<RwLock<u8>>() }
}

thread_local! { static LOCAL: ::std::cell::Cell<u32> = ::std::cell::Cell::new(1); }
::std::thread_local! { static OTHER: ::std::cell::Cell<u32> = ::std::cell::Cell::new(2); }

macro_rules! kind { ($t:ty) => { ::std::any::type_name::<$t>() } }

fn of<T>(_: &T) -> &'static str { std::any::type_name::<T>() }

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Count { pub n: u32 }

static TOTAL: AtomicU32 = AtomicU32::new(0);
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());

pub fn report() -> Result<Vec<String>, std::num::ParseIntError> {
    let n: u32 = "7".parse()?;
    let shared = Arc::new(Mutex::new(Count { n }));
    let theirs = shared.clone();
    std::thread::spawn(move || {
        theirs.lock().unwrap().n += TOTAL.fetch_add(1, Ordering::SeqCst);
        NAMES.lock().unwrap().push(format!("{:?}", theirs.lock().map(|c| c.n).is_ok()));
    }).join().unwrap();
    assert_eq!(*shared.lock().unwrap(), Count { n: 7 });
    let mut map = HashMap::new();
    map.insert("a", vec![1, 2, 3]);
    assert!(matches!(map.get("a"), Some(list) if list.len() == 3));
    Ok(vec![
        kind!(Mutex<u8>).to_string(), inner::kind().to_string(), kind!(std::time::Instant).to_string(),
        LOCAL.with(|_| of(&LOCAL).to_string()), of(&OTHER).to_string(),
        kind!(std::collections::HashMap<u8, u8>).to_string(),
    ])
}
"#;

const DRIVER: &str = r#"fn main() { for line in learner::report().unwrap() { println!("{line}"); } }"#;

#[test]
fn a_learners_crate_sees_the_model_in_every_edition() {
    for edition in ["2015", "2018", "2021", "2024"] {
        let output = Rustc::new().run(edition, LEARNER, DRIVER);
        let lines: Vec<&str> = output.lines().collect();
        let modelled = ["Mutex<u8>", "RwLock<u8>", "Instant", "LocalKey<", "LocalKey<"];
        for (line, name) in lines.iter().zip(modelled) {
            assert!(
                line.starts_with("kata_model::") && line.contains(name),
                "edition {edition}: {output}"
            );
        }
        assert!(
            lines[5].starts_with("std::collections::"),
            "edition {edition}: {output}"
        );
    }
}

#[test]
fn core_is_no_way_out() {
    let learner = "pub fn report() -> Result<Vec<String>, ()> {
        Ok(vec![core::any::type_name::<core::sync::atomic::AtomicBool>().to_string()])
    }";
    let output = Rustc::new().run("2024", learner, DRIVER);
    assert!(output.starts_with("kata_model::"), "{output}");
}

#[test]
fn errors_keep_their_lines_and_columns() {
    let learner = "use std::sync::Mutex;\npub fn f(m: &Mutex<u8>) -> u8 {\n    m.lock().unwrap()\n}\n";
    let errors = Rustc::new().errors("2024", learner);
    assert!(errors.contains("learner.rs:3:5"), "{errors}");
}

#[test]
fn what_the_model_lacks_is_a_compile_error() {
    let learner = "pub fn f() { std::panic::set_hook(Box::new(|_| {})); }";
    let errors = Rustc::new().errors("2024", learner);
    assert!(errors.contains("E0425"), "{errors}");
}

/// The crate that the grader tries on each toolchain.
const CANARY: &str = include_str!("../canary.rs");

#[test]
fn the_canary_sings_where_std_and_core_are_replaced_and_nowhere_else() {
    let rustc = Rustc::new();
    for edition in ["2021", "2024"] {
        assert!(
            rustc.accepts(edition, CANARY, &["kata_std", "std", "core"]),
            "edition {edition}"
        );
        for replaced in [&["kata_std"][..], &["kata_std", "std"], &["kata_std", "core"]] {
            assert!(
                !rustc.accepts(edition, CANARY, replaced),
                "edition {edition}: {replaced:?}"
            );
        }
    }
}

/// Each has to be absent, and nothing else of its module.
#[test]
fn what_no_schedule_knows_of_is_absent() {
    let rustc = Rustc::new();
    for hidden in [
        "fs::read_to_string",
        "fs::File",
        "net::TcpListener",
        "net::TcpStream",
        "net::UdpSocket",
        "net::ToSocketAddrs",
        "os::unix::net::UnixStream",
        "os::fd::AsFd",
        "process::Command",
        "process::Child",
        "io::pipe",
        "io::PipeReader",
        "env::set_var",
        "env::remove_var",
        "env::set_current_dir",
    ] {
        let learner = format!("pub use std::{hidden};");
        assert!(rustc.accepts("2024", &learner, &[]), "{hidden} is of std");
        assert!(!rustc.accepts("2024", &learner, &["std"]), "{hidden}");
        assert!(
            !rustc.accepts("2024", &learner.replace("std::", "core::"), &["core"]),
            "{hidden}"
        );
    }
    let rest = "pub use std::net::{IpAddr, Ipv4Addr, SocketAddr}; pub use std::process::{self, exit};
        pub use std::env::{self, args, var}; pub use std::io::{self, Read, Write, stdin, stdout};";
    assert!(rustc.accepts("2024", rest, &["std"]));
}
