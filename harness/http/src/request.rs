//! What the server remembers of a request.

use std::time::Duration;

/// A request, as it came and went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query, as the first line has them.
    pub target: String,
    /// The headers in their order, names in lower case; what is no text in a value is replaced.
    pub headers: Vec<(String, String)>,
    /// The body, or as much of it as came.
    pub body: Vec<u8>,
    /// The connection it came over: the first is 0.
    pub connection: usize,
    /// When it came, since the server was started, on the virtual clock.
    pub came: Duration,
    /// How and when it went; `None` while it is in flight.
    pub left: Option<(Left, Duration)>,
}

/// How a request went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The server did with it what it was told.
    Answered,
    /// The client went away before that.
    GivenUp,
}

impl Request {
    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The first value of a header; its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text; what is none in it is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The fields of a body that is a form (`application/x-www-form-urlencoded`), in their order.
    pub fn form(&self) -> Vec<(String, String)> {
        let text = self.text();
        let fields = text.split('&').filter(|field| !field.is_empty());
        let fields = fields.map(|field| field.split_once('=').unwrap_or((field, "")));
        fields
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect()
    }

    /// Whether `secret` stands in what is not the body: the target or a header, as it is or in the way of URLs.
    pub fn shows_outside_its_body(&self, secret: &str) -> bool {
        let shows = |text: &str| text.contains(secret) || decoded(text).contains(secret);
        shows(&self.target)
            || self
                .headers
                .iter()
                .any(|(name, value)| shows(name) || shows(value))
    }

    /// Whether the client went away before it was answered.
    pub fn was_given_up(&self) -> bool {
        matches!(self.left, Some((Left::GivenUp, _)))
    }
}

/// A text without the escapes of URLs and forms; see "application/x-www-form-urlencoded parsing" in the URL standard.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        match (first, others) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, others @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |digit: u8| (char::from(digit)).to_digit(16).unwrap_or_default();
                bytes.push(u8::try_from(digit(*high) * 16 + digit(*low)).unwrap_or_default());
                rest = others;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        for (text, expected) in [
            ("a+b%20c", "a b c"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%C3%A4%26", "ä&"),
            ("", ""),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
