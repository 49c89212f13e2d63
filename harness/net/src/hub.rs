//! Who listens where, and how connections come about.

use std::{
    collections::BTreeMap,
    future::pending,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::{sync::mpsc, task::yield_now};

use crate::TcpStream;

/// The first port that is given to whoever names none; see RFC 6335, section 6.
const FIRST_PORT: u16 = 49152;

static HUB: Mutex<Hub> = Mutex::new(Hub {
    listeners: BTreeMap::new(),
    given: 0,
});

/// The network of this process.
struct Hub {
    listeners: BTreeMap<SocketAddr, mpsc::Sender<TcpStream>>,
    /// How many ports have been given out.
    given: u16,
}

fn hub() -> MutexGuard<'static, Hub> {
    // Nothing panics while it is held, but for want of memory.
    HUB.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// A port that nobody has.
    fn port(&mut self) -> u16 {
        loop {
            let port = FIRST_PORT + self.given % (u16::MAX - FIRST_PORT);
            self.given = self.given.wrapping_add(1);
            if self.listeners.keys().all(|taken| taken.port() != port) {
                return port;
            }
        }
    }

    /// Who listens at `address`, or at every address of its port.
    fn listener(&self, address: SocketAddr) -> Option<mpsc::Sender<TcpStream>> {
        let any: IpAddr = match address {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let any = SocketAddr::new(any, address.port());
        let listeners = [address, any].into_iter();
        listeners.filter_map(|at| self.listeners.get(&at)).next().cloned()
    }
}

/// Makes `queue` the place where connections to `address` arrive; gives the address with its port.
pub(crate) fn listen(address: SocketAddr, queue: mpsc::Sender<TcpStream>) -> io::Result<SocketAddr> {
    let mut hub = hub();
    let mut address = address;
    if address.port() == 0 {
        address.set_port(hub.port());
    }
    if hub.listeners.contains_key(&address) {
        return Err(io::ErrorKind::AddrInUse.into());
    }
    hub.listeners.insert(address, queue);
    Ok(address)
}

/// Ends that.
pub(crate) fn silence(address: SocketAddr) {
    hub().listeners.remove(&address);
}

/// Connects to `address`, from `local` if it is named.
pub(crate) async fn connect(address: SocketAddr, local: Option<SocketAddr>) -> io::Result<TcpStream> {
    // No connection is there at once: others have a turn.
    yield_now().await;
    if is_black_hole(address.ip()) {
        return pending().await;
    }
    let (listener, local) = {
        let mut hub = hub();
        let listener = hub.listener(address).ok_or(io::ErrorKind::ConnectionRefused)?;
        let mut local = local.unwrap_or_else(|| SocketAddr::new(address.ip(), 0));
        if local.port() == 0 {
            local.set_port(hub.port());
        }
        (listener, local)
    };
    let (here, there) = TcpStream::pair(local, address);
    // It waits for as long as too many others wait to be accepted.
    let sent = listener.send(there).await;
    sent.map(|()| here)
        .map_err(|_| io::ErrorKind::ConnectionRefused.into())
}

/// Whether whatever is sent there gets lost: TEST-NET-1 (RFC 5737).
fn is_black_hole(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V4(ip) if ip.octets()[..3] == [192, 0, 2])
}
