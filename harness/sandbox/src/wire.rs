//! What the grader and the warden say to each other: one order, one report.
//!
//! Each is a fixed number of parts; a part is its length, as eight bytes in little endian, and its bytes.
//! The first part is JSON, the others are what programs read and write, as it is.

use std::{
    ffi::OsString,
    io::{self, Read},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{
    Captured, Ended, How, Limits, Network, ProcessRecord, Program, ThreadState, View, attack::Plan,
    confinement::Layers,
};

/// What a warden is to do.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The program to run.
    pub(crate) program: Program,
    /// The layers to put up around it.
    pub(crate) layers: Layers,
    /// Whether its processes are watched.
    pub(crate) watch: bool,
    /// What its process is to attack, in place of becoming the program.
    pub(crate) attack: Option<Plan>,
}

/// Why the warden has no [`Ended`] to report.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Fault {
    /// The program could not be started: the kernel's error number.
    NotStarted(i32),
    /// The warden could not do what it had to.
    Refused { doing: String, errno: i32 },
}

#[derive(Serialize, Deserialize)]
struct OrderHeader {
    path: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    cwd: OsString,
    view: View,
    network: Network,
    has_request: bool,
    limits: Limits,
    layers: Layers,
    watch: bool,
    attack: Option<Plan>,
}

#[derive(Serialize, Deserialize)]
struct EndedHeader {
    how: How,
    cpu: Duration,
    wall: Duration,
    peak_memory: u64,
    left_behind: u32,
    stdout_cut: bool,
    stderr_cut: bool,
    threads: Vec<ThreadState>,
    processes: Vec<ProcessRecord>,
}

/// The order as it travels.
pub(crate) fn pack_order(order: &Order) -> Vec<u8> {
    let program = &order.program;
    let header = OrderHeader {
        path: program.path.clone().into(),
        args: program.args.clone(),
        env: program.env.clone(),
        cwd: program.cwd.clone().into(),
        view: program.view.clone(),
        network: program.network,
        has_request: program.request.is_some(),
        limits: program.limits.clone(),
        layers: order.layers.clone(),
        watch: order.watch,
        attack: order.attack.clone(),
    };
    pack([&json(&header), program.request.as_deref().unwrap_or_default()])
}

/// Reads an order, and nothing behind it.
pub(crate) fn read_order(source: impl Read) -> io::Result<Order> {
    let [header, request] = unpack(source)?;
    let header: OrderHeader = serde_json::from_slice(&header)?;
    let program = Program {
        path: header.path.into(),
        args: header.args,
        env: header.env,
        cwd: header.cwd.into(),
        view: header.view,
        network: header.network,
        request: header.has_request.then_some(request),
        limits: header.limits,
    };
    Ok(Order {
        program,
        layers: header.layers,
        watch: header.watch,
        attack: header.attack,
    })
}

/// The warden's report.
pub(crate) fn pack_report(report: &Result<Ended, Fault>) -> Vec<u8> {
    match report {
        Err(fault) => pack([&json(&Err::<EndedHeader, _>(fault)), &[], &[], &[]]),
        Ok(ended) => {
            let header = EndedHeader {
                how: ended.how,
                cpu: ended.cpu,
                wall: ended.wall,
                peak_memory: ended.peak_memory,
                left_behind: ended.left_behind,
                stdout_cut: ended.stdout.cut,
                stderr_cut: ended.stderr.cut,
                threads: ended.threads.clone(),
                processes: ended.processes.clone(),
            };
            let header = json(&Ok::<_, Fault>(header));
            pack([&header, &ended.stdout.bytes, &ended.stderr.bytes, &ended.reply])
        }
    }
}

/// Reads a report.
pub(crate) fn read_report(source: impl Read) -> io::Result<Result<Ended, Fault>> {
    let [header, stdout, stderr, reply] = unpack(source)?;
    let header: Result<EndedHeader, Fault> = serde_json::from_slice(&header)?;
    Ok(header.map(|header| Ended {
        how: header.how,
        cpu: header.cpu,
        wall: header.wall,
        peak_memory: header.peak_memory,
        left_behind: header.left_behind,
        stdout: Captured {
            bytes: stdout,
            cut: header.stdout_cut,
        },
        stderr: Captured {
            bytes: stderr,
            cut: header.stderr_cut,
        },
        reply,
        threads: header.threads,
        processes: header.processes,
    }))
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("numbers, strings and byte arrays always have a JSON form")
}

fn pack<const N: usize>(parts: [&[u8]; N]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(parts.iter().map(|part| 8 + part.len()).sum());
    for part in parts {
        packed.extend_from_slice(&(part.len() as u64).to_le_bytes());
        packed.extend_from_slice(part);
    }
    packed
}

fn unpack<const N: usize>(mut source: impl Read) -> io::Result<[Vec<u8>; N]> {
    let mut parts = [const { Vec::new() }; N];
    for part in &mut parts {
        let mut length = [0; 8];
        source.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        // `take` rather than a buffer of that length: whoever speaks first has not proved anything.
        let read = source.by_ref().take(length).read_to_end(part)?;
        if read as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;
    use crate::{Doing, Layer, Limit};

    #[test]
    fn an_order_arrives_as_it_was_given() {
        let odd = OsString::from_vec(vec![b'/', 0xff, b'\n', b'"']);
        let program = Program {
            path: odd.clone().into(),
            args: vec![odd.clone(), OsString::new()],
            env: vec![("A".into(), odd.clone())],
            cwd: odd.into(),
            view: View {
                read: vec!["/a".into()],
                write: vec!["/b".into()],
                proc: true,
            },
            network: Network::Loopback,
            request: Some(b"{}\n\0".to_vec()),
            limits: Limits {
                cpu: Duration::from_millis(1500),
                wall: Duration::MAX,
                memory: None,
                processes: 1,
                output: u64::MAX,
                reply: 0,
                file_size: 0,
                open_files: 3,
            },
        };
        let without = Program {
            request: None,
            ..program.clone()
        };
        let empty = Program {
            request: Some(Vec::new()),
            ..program.clone()
        };
        for program in [program, without, empty] {
            let order = Order {
                program: program.clone(),
                layers: Layer::ALL.into(),
                watch: true,
                attack: None,
            };
            let arrived = read_order(&pack_order(&order)[..]).unwrap();
            assert_eq!(arrived.program, program);
            assert_eq!(arrived.layers, order.layers);
            assert!(arrived.watch);
        }
    }

    #[test]
    fn a_report_arrives_as_it_was_given() {
        let ended = Ended {
            how: How::Stopped(Limit::Stalled),
            cpu: Duration::from_nanos(1),
            wall: Duration::from_secs(1),
            peak_memory: 1 << 40,
            left_behind: 2,
            stdout: Captured {
                bytes: vec![0, 255],
                cut: true,
            },
            stderr: Captured::default(),
            reply: b"x".to_vec(),
            threads: vec![ThreadState {
                name: "main".into(),
                doing: Doing::Futex,
            }],
            processes: vec![ProcessRecord {
                parent: Some(0),
                began: 1,
                ended: None,
                how: Some(How::Exited(3)),
                cpu: Duration::from_nanos(7),
                awaited: false,
            }],
        };
        let packed = pack_report(&Ok(ended.clone()));
        assert_eq!(read_report(&packed[..]).unwrap().unwrap(), ended);

        let packed = pack_report(&Err(Fault::NotStarted(2)));
        let fault = read_report(&packed[..]).unwrap().unwrap_err();
        assert!(matches!(fault, Fault::NotStarted(2)));
    }

    #[test]
    fn half_a_message_is_none() {
        let whole = pack_report(&Err(Fault::NotStarted(2)));
        for length in 0..whole.len() {
            assert!(read_report(&whole[..length]).is_err(), "{length} bytes");
        }
    }
}
