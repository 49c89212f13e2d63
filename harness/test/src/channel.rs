//! The socket to the grader: the request comes from it, the one frame goes to it.

use std::{
    fs::File,
    io::{self, Read, Write},
    os::{fd::AsFd, unix::net::UnixStream},
};

use kata_protocol::frame::{Frame, Outcome, Request};

use crate::check;

/// The way to answer, once. Its descriptor is close-on-exec: programs that the learner's code starts do not
/// inherit it.
pub(crate) struct Channel {
    socket: UnixStream,
    request: Request,
}

impl Channel {
    /// Reads the request from standard input and moves the socket out of reach: what the learner's code reads
    /// from standard input is empty.
    pub(crate) fn take() -> io::Result<Channel> {
        let socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        let mut line = Vec::new();
        (&socket).read_to_end(&mut line)?;
        let request = Request::from_line(&line)?;
        Ok(Channel { socket, request })
    }

    pub(crate) fn request(&self) -> &Request {
        &self.request
    }

    /// Answers the request. The channel is gone then: there is one frame per process.
    pub(crate) fn answer(mut self, outcome: Outcome) -> io::Result<()> {
        let frame = Frame {
            nonce: self.request.nonce,
            test: self.request.test,
            outcome,
            assertions: check::evaluated(),
        };
        self.socket.write_all(&frame.to_line())
    }
}
