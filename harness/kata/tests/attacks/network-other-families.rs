//! tries: makes sockets of families that a test has no use for
//! kata: free
//! verdict: pass

unsafe extern "C" {
    fn socket(family: i32, kind: i32, protocol: i32) -> i32;
}

/// The answer.
pub fn answer() -> u32 {
    // AF_INET6 raw, AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH
    for (name, family, kind) in [
        ("raw", 10, 3),
        ("packet", 17, 3),
        ("vsock", 40, 1),
        ("alg", 38, 5),
        ("bluetooth", 31, 3),
    ] {
        if unsafe { socket(family, kind, if kind == 3 && family == 10 { 58 } else { 0 }) } >= 0 {
            panic!("ESCAPED: made a {name} socket");
        }
    }
    42
}
