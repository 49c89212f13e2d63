//! Addresses, and what has none.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
};

/// What can be turned into addresses; as tokio's, without a name service.
pub trait ToSocketAddrs {
    /// The addresses.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::NotFound`] for a name other than `localhost`, [`io::ErrorKind::InvalidInput`] for what is neither.
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>>;
}

/// The addresses of `host`.
///
/// # Errors
///
/// As [`ToSocketAddrs::to_addresses`].
pub async fn lookup_host<T: ToSocketAddrs>(host: T) -> io::Result<impl Iterator<Item = SocketAddr>> {
    Ok(host.to_addresses()?.into_iter())
}

macro_rules! single {
    ($($of:ty),*) => {
        $(impl ToSocketAddrs for $of {
            fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
                Ok(vec![(*self).into()])
            }
        })*
    };
}

single!(
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6,
    (IpAddr, u16),
    (Ipv4Addr, u16),
    (Ipv6Addr, u16)
);

impl ToSocketAddrs for (&str, u16) {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let (host, port) = *self;
        if let Ok(ip) = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
        {
            return Ok(vec![(ip, port).into()]);
        }
        if host.eq_ignore_ascii_case("localhost") {
            return Ok(vec![(Ipv4Addr::LOCALHOST, port).into()]);
        }
        let message = format!("nobody knows the name `{host}` here: there is no name service");
        Err(io::Error::new(io::ErrorKind::NotFound, message))
    }
}

impl ToSocketAddrs for (String, u16) {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        (&*self.0, self.1).to_addresses()
    }
}

impl ToSocketAddrs for str {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let parts = self.rsplit_once(':');
        let parts = parts.and_then(|(host, port)| Some((host, port.parse().ok()?)));
        match parts {
            Some((host, port)) => (host, port).to_addresses(),
            None => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "invalid socket address",
            )),
        }
    }
}

impl ToSocketAddrs for String {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        self.as_str().to_addresses()
    }
}

impl ToSocketAddrs for [SocketAddr] {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        Ok(self.to_vec())
    }
}

impl<T: ToSocketAddrs + ?Sized> ToSocketAddrs for &T {
    fn to_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        (**self).to_addresses()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_it_says() {
        for (text, expected) in [
            ("127.0.0.1:80", Some("127.0.0.1:80")),
            ("[::1]:8080", Some("[::1]:8080")),
            ("localhost:7", Some("127.0.0.1:7")),
            ("example.org:80", None),
            ("127.0.0.1", None),
            ("127.0.0.1:99999", None),
            ("", None),
        ] {
            let found = text.to_addresses().ok().map(|found| found[0].to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
