//! What the server does with a request.

use std::time::Duration;

/// What the server does with a request: data, made before any request comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) after: Duration,
    pub(crate) together: usize,
    pub(crate) way: Way,
}

/// How an answer goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Whole.
    Whole,
    /// With the length of the whole body and half of it, and then the connection ends.
    CutShort,
    /// In the same way, and then nothing more comes.
    HalfAndNoMore,
    /// As bytes that are no HTTP: only the body.
    Raw,
    /// The connection ends without a word.
    HangsUp,
    /// The connection is reset.
    Resets,
    /// Never.
    Stalls,
}

impl Answer {
    fn new(status: u16, body: Vec<u8>) -> Answer {
        Answer {
            status,
            headers: Vec::new(),
            body,
            after: Duration::ZERO,
            together: 1,
            way: Way::Whole,
        }
    }

    fn way(way: Way) -> Answer {
        Answer {
            way,
            ..Answer::new(200, Vec::new())
        }
    }

    /// 200 with a text.
    pub fn text(body: impl Into<String>) -> Answer {
        Answer::new(200, body.into().into_bytes()).header("content-type", "text/plain; charset=utf-8")
    }

    /// 200 with JSON, which is sent as it is written here: it need not be any.
    pub fn json(body: impl Into<String>) -> Answer {
        Answer::new(200, body.into().into_bytes()).header("content-type", "application/json")
    }

    /// Another status, without a body.
    pub fn status(status: u16) -> Answer {
        Answer::new(status, Vec::new())
    }

    /// A redirect with `status` to `location`.
    pub fn redirect(status: u16, location: impl Into<String>) -> Answer {
        Answer::new(status, Vec::new()).header("location", location)
    }

    /// Something that is no HTTP.
    pub fn garbage() -> Answer {
        Answer {
            body: b"\x16\x03\x01 no server speaks like this\r\n\r\n".to_vec(),
            ..Answer::way(Way::Raw)
        }
    }

    /// No answer: the connection ends.
    pub fn hang_up() -> Answer {
        Answer::way(Way::HangsUp)
    }

    /// No answer: the connection is reset.
    pub fn reset() -> Answer {
        Answer::way(Way::Resets)
    }

    /// No answer, ever, and the connection stays.
    pub fn stall() -> Answer {
        Answer::way(Way::Stalls)
    }

    /// With this status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Answer {
        self.status = status;
        self
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Answer {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// So long after the request has come, on the virtual clock.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Answer {
        self.after = delay;
        self
    }

    /// Not before so many requests which are answered together wait. If they never do, each is answered with 503 after
    /// [`IN_VAIN`](Answer::IN_VAIN): then nothing else had been left to do for the client, and how many it had in flight says why.
    #[must_use]
    pub fn together(mut self, requests: usize) -> Answer {
        self.together = requests;
        self
    }

    /// How long a request waits for others, on the virtual clock: an hour, which passes at once when nothing else can happen.
    pub const IN_VAIN: Duration = Duration::from_secs(60 * 60);

    /// With the length of the whole body, and half of it; then the connection ends.
    #[must_use]
    pub fn cut_short(mut self) -> Answer {
        self.way = Way::CutShort;
        self
    }

    /// With the length of the whole body, and half of it; then nothing more comes, and the connection stays.
    #[must_use]
    pub fn stalled_half_way(mut self) -> Answer {
        self.way = Way::HalfAndNoMore;
        self
    }

    /// The bytes of an answer that is not [whole](Way::Whole).
    pub(crate) fn raw(&self) -> Vec<u8> {
        if self.way == Way::Raw {
            return self.body.clone();
        }
        let mut head = format!(
            "HTTP/1.1 {} Fine\r\ncontent-length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += "\r\n";
        let mut bytes = head.into_bytes();
        bytes.extend(&self.body[..self.body.len() / 2]);
        bytes
    }
}
