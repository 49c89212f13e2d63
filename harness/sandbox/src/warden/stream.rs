//! What a program writes, kept up to a limit; and what it reads.

use std::{
    io::{self, Write},
    net::Shutdown,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::net::UnixStream,
    },
    process::Child,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::{Captured, Program};

/// How much is read at once: the capacity of a pipe (pipe(7)).
const CHUNK: usize = 64 * 1024;

/// All streams of one program.
pub(super) struct Streams {
    pub(super) stdout: Capture,
    pub(super) stderr: Capture,
    channel: Option<Channel>,
}

struct Channel {
    reply: Capture,
    request: Request,
}

/// One captured stream, read without ever waiting for it.
pub(super) struct Capture {
    /// `None` from its end on.
    source: Option<OwnedFd>,
    limit: u64,
    /// How many of the first bytes are kept.
    keep: u64,
    kept: Vec<u8>,
    /// How many bytes came, as far as they were read.
    total: u64,
}

/// The bytes that the program has still to read.
struct Request {
    /// `None` when all of them, and the end of the file, are on their way.
    socket: Option<UnixStream>,
    rest: Vec<u8>,
}

impl Streams {
    pub(super) fn new(child: Child, channel: Option<UnixStream>, program: &Program) -> io::Result<Self> {
        let limits = &program.limits;
        let capture = |source: Option<OwnedFd>, limit, keep| {
            let source = source.expect("the stream was piped when the program was started");
            Capture::new(source, limit, keep)
        };
        let channel = match channel {
            None => None,
            Some(socket) => Some(Channel {
                request: Request {
                    socket: Some(socket.try_clone()?),
                    rest: program.request.clone().unwrap_or_default(),
                },
                reply: Capture::new(socket.into(), limits.reply, limits.reply.saturating_add(1))?,
            }),
        };
        Ok(Streams {
            stdout: capture(child.stdout.map(OwnedFd::from), limits.output, limits.output)?,
            stderr: capture(child.stderr.map(OwnedFd::from), limits.output, limits.output)?,
            channel,
        })
    }

    /// Moves what can be moved at once, in both directions, and not for ever.
    pub(super) fn advance(&mut self) {
        self.stdout.read();
        self.stderr.read();
        if let Some(channel) = &mut self.channel {
            channel.request.write();
            channel.reply.read();
        }
    }

    /// Reads what is still there, without waiting for more.
    pub(super) fn drain(&mut self) {
        let reply = self.channel.as_mut().map(|channel| &mut channel.reply);
        for capture in [&mut self.stdout, &mut self.stderr].into_iter().chain(reply) {
            while !capture.is_over() && capture.read() {}
        }
    }

    /// The descriptors that have something for [`Streams::advance`] when they are readable, and the one,
    /// if any, when it is writable.
    pub(super) fn waiting(&self) -> (impl Iterator<Item = BorrowedFd<'_>>, Option<BorrowedFd<'_>>) {
        let reply = self.channel.as_ref().map(|channel| &channel.reply);
        let readable = [&self.stdout, &self.stderr]
            .into_iter()
            .chain(reply)
            .filter_map(|capture| capture.source.as_ref().map(AsFd::as_fd));
        let request = self
            .channel
            .as_ref()
            .and_then(|channel| channel.request.socket.as_ref());
        (readable, request.map(AsFd::as_fd))
    }

    /// Whether all that the program has written so far has been read.
    pub(super) fn are_read(&self) -> bool {
        let (readable, _) = self.waiting();
        let mut waiting: Vec<_> = readable
            .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
            .collect();
        poll(&mut waiting, Some(&Timespec::default())).is_ok_and(|ready| ready == 0)
    }

    pub(super) fn too_much_output(&self) -> bool {
        self.stdout.is_over() || self.stderr.is_over()
    }

    pub(super) fn too_much_reply(&self) -> bool {
        self.channel
            .as_ref()
            .is_some_and(|channel| channel.reply.is_over())
    }

    pub(super) fn take_reply(&mut self) -> Vec<u8> {
        self.channel
            .as_mut()
            .map(|channel| channel.reply.take().bytes)
            .unwrap_or_default()
    }
}

impl Capture {
    fn new(source: OwnedFd, limit: u64, keep: u64) -> io::Result<Self> {
        rustix::io::ioctl_fionbio(&source, true)?;
        Ok(Capture {
            source: Some(source),
            limit,
            keep,
            kept: Vec::new(),
            total: 0,
        })
    }

    /// Reads one chunk. Returns whether there was one.
    fn read(&mut self) -> bool {
        let Some(source) = &self.source else {
            return false;
        };
        let mut chunk = [0; CHUNK];
        match rustix::io::read(source, &mut chunk) {
            Ok(length) if length > 0 => {
                self.total += length as u64;
                let room = self.keep - self.kept.len() as u64;
                let kept = usize::try_from(room).unwrap_or(usize::MAX).min(length);
                self.kept.extend_from_slice(&chunk[..kept]);
                true
            }
            Err(Errno::AGAIN | Errno::INTR) => false,
            // The end of the file; or a socket whose other side was closed with bytes unread.
            Ok(_) | Err(_) => {
                self.source = None;
                false
            }
        }
    }

    fn is_over(&self) -> bool {
        self.total > self.limit
    }

    pub(super) fn take(&mut self) -> Captured {
        Captured {
            bytes: std::mem::take(&mut self.kept),
            cut: self.is_over(),
        }
    }
}

impl Request {
    /// Writes what the socket takes and, behind the last byte, the end of the file.
    fn write(&mut self) {
        let Some(mut socket) = self.socket.as_ref() else {
            return;
        };
        while !self.rest.is_empty() {
            match socket.write(&self.rest) {
                Ok(length) => drop(self.rest.drain(..length)),
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => return,
                // The program has closed its side: it does not want to know.
                Err(_) => break,
            }
        }
        let _ = socket.shutdown(Shutdown::Write);
        self.socket = None;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn capture(limit: u64, keep: u64) -> (Capture, std::io::PipeWriter) {
        let (reader, writer) = std::io::pipe().unwrap();
        (Capture::new(reader.into(), limit, keep).unwrap(), writer)
    }

    fn drained(capture: &mut Capture) -> Captured {
        while !capture.is_over() && capture.read() {}
        capture.take()
    }

    #[test]
    fn a_stream_may_reach_its_limit() {
        let (mut capture, mut writer) = capture(4, 4);
        writer.write_all(b"abcd").unwrap();
        let captured = drained(&mut capture);
        assert_eq!((&captured.bytes[..], captured.cut), (&b"abcd"[..], false));
    }

    #[test]
    fn one_byte_more_is_too_much_and_is_not_kept() {
        let (mut capture, mut writer) = capture(4, 4);
        writer.write_all(b"abc").unwrap();
        assert!(capture.read());
        assert!(!capture.is_over());
        writer.write_all(b"de").unwrap();
        let captured = drained(&mut capture);
        assert_eq!((&captured.bytes[..], captured.cut), (&b"abcd"[..], true));
    }

    #[test]
    fn of_a_reply_one_byte_more_is_kept() {
        let (mut capture, mut writer) = capture(4, 5);
        writer.write_all(b"abcdefg").unwrap();
        assert_eq!(drained(&mut capture).bytes, b"abcde");
    }

    #[test]
    fn a_writer_that_stays_is_not_waited_for() {
        let (mut capture, writer) = capture(4, 4);
        assert_eq!(drained(&mut capture).bytes, b"");
        assert!(capture.source.is_some());
        drop(writer);
        drained(&mut capture);
        assert!(capture.source.is_none());
    }

    #[test]
    fn a_request_larger_than_the_socket_is_written_bit_by_bit() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let bytes: Vec<u8> = (0..4_000_000_u32).map(|n| n as u8).collect();
        let mut request = Request {
            socket: Some(ours),
            rest: bytes.clone(),
        };
        let mut read = Vec::new();
        while request.socket.is_some() {
            request.write();
            let mut chunk = [0; CHUNK];
            let length = theirs.read(&mut chunk).unwrap();
            read.extend_from_slice(&chunk[..length]);
        }
        theirs.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
    }

    #[test]
    fn a_request_that_nobody_reads_is_given_up() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(theirs);
        let mut request = Request {
            socket: Some(ours),
            rest: b"anybody?".to_vec(),
        };
        request.write();
        assert!(request.socket.is_none());
    }
}
