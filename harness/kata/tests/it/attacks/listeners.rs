//! Whoever answers on the host's sockets. Nobody but an attack ever calls.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket},
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr as UnixAddress, UnixListener},
    },
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// How long each waits for a call before it looks whether it is still wanted.
const TURN: Duration = Duration::from_millis(20);

/// The sockets, and the thread that answers on all of them.
pub(super) struct Listeners {
    ports: [u16; 4],
    abstract_name: String,
    heard: Arc<Mutex<Vec<String>>>,
    end: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listeners {
    /// Listens, at `path` among others.
    pub(super) fn new(path: &Path, mark: &str) -> Listeners {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        // Not every machine has it.
        let tcp6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).ok();
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let unix = UnixListener::bind(path).unwrap();
        let abstract_name = format!("{mark}-host");
        let address = UnixAddress::from_abstract_name(&abstract_name).unwrap();
        let hidden = UnixListener::bind_addr(&address).unwrap();
        // Free now, and an attack's to take.
        let listen = free_port();
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        let ports = [
            port(&tcp),
            tcp6.as_ref().map_or(1, port),
            udp.local_addr().unwrap().port(),
            listen,
        ];
        tcp.set_nonblocking(true).unwrap();
        tcp6.iter().for_each(|tcp6| tcp6.set_nonblocking(true).unwrap());
        unix.set_nonblocking(true).unwrap();
        hidden.set_nonblocking(true).unwrap();
        udp.set_read_timeout(Some(TURN)).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let end = Arc::new(AtomicBool::new(false));
        let (hears, ends) = (Arc::clone(&heard), Arc::clone(&end));
        let thread = thread::spawn(move || {
            let note = |what: &str| hears.lock().unwrap().push(format!("the host heard of {what}"));
            while !ends.load(Ordering::Relaxed) {
                // This is what the loop waits in.
                let mut bytes = [0; 64];
                match udp.recv_from(&mut bytes) {
                    Ok((_, from)) => {
                        note("a datagram");
                        let _ = udp.send_to(b"hello", from);
                    }
                    Err(error) => assert!(matches!(
                        error.kind(),
                        ErrorKind::WouldBlock | ErrorKind::TimedOut
                    )),
                }
                for listener in [Some(&tcp), tcp6.as_ref()].into_iter().flatten() {
                    while let Ok((mut stream, _)) = listener.accept() {
                        note("a connection");
                        let _ = stream.write_all(b"hello");
                    }
                }
                for listener in [&unix, &hidden] {
                    while let Ok((mut stream, _)) = listener.accept() {
                        note("a connection to a unix socket");
                        let _ = stream.write_all(b"hello");
                    }
                }
                let address = SocketAddr::from((Ipv4Addr::LOCALHOST, listen));
                if let Ok(mut stream) = TcpStream::connect_timeout(&address, TURN) {
                    // A port may be connected with itself.
                    if stream.local_addr().ok() != stream.peer_addr().ok() {
                        note("somebody who listens");
                        let _ = stream.write_all(b"hello");
                        let _ = stream.set_read_timeout(Some(TURN));
                        let _ = stream.read(&mut bytes);
                    }
                }
            }
        });
        Listeners {
            ports,
            abstract_name,
            heard,
            end,
            thread: Some(thread),
        }
    }

    /// TCP, TCP on IPv6, UDP, and the port that is called.
    pub(super) fn ports(&self) -> [u16; 4] {
        self.ports
    }

    pub(super) fn abstract_name(&self) -> &str {
        &self.abstract_name
    }

    /// Who has called since this was last asked.
    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().drain(..).collect()
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A port below those that are given out by themselves, so that no other program gets it meanwhile.
fn free_port() -> u16 {
    let free = (20_000..32_000).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.unwrap()
}
