//! What `log_in` must do, as a server sees it.

use http_post::{LoginError, log_in};
use kata_http::{Answer, Server};
use kata_test::prelude::*;
use tokio::time::{Instant, timeout};

const PASSWORD: &str = "correct horse battery staple";

fn welcome() -> Answer {
    Answer::json(r#"{"token": "t-1815", "expires": 3600}"#)
}

fn token() -> Result<String, LoginError> {
    Ok("t-1815".to_owned())
}

/// A server with these answers to requests to log in.
async fn server(answers: impl IntoIterator<Item = Answer>) -> Server {
    let server = Server::start().await;
    server.answers("/login", answers);
    server
}

/// What becomes of an attempt; `None` if nothing has in half an hour.
async fn attempt(server: &Server) -> Option<Result<String, LoginError>> {
    timeout(secs(1800), log_in(&server.url(""), "ada", PASSWORD))
        .await
        .ok()
}

#[kata_test::test]
async fn logs_in_with_a_form() {
    let server = server([welcome()]).await;
    check_eq!(
        attempt(&server).await,
        Some(token()),
        "what comes of a service that lets Ada in"
    );
    let requests = server.requests();
    check_eq!(requests.len(), 1, "requests to log in once");
    let request = &requests[0];
    check_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/login"),
        "method and target of the request"
    );
    check_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded"),
        "the `content-type` of the request"
    );
    let mut form = request.form();
    form.sort();
    let expected = [("password", PASSWORD), ("user", "ada")];
    check_eq!(
        form,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned())),
        "the fields of the form in its body"
    );
}

#[kata_test::test]
async fn the_secret_is_in_the_body_only() {
    for password in [
        "a&b=c",
        "50% + tax",
        "täst #1?",
        "user=eve",
        "+++",
        "\"quoted\"",
        "Ada:Lovelace/1815",
    ] {
        let server = server([welcome()]).await;
        let done = log_in(&server.url(""), "ada", password).await;
        check_eq!(done, token(), "what comes of the password {password:?}");
        for request in server.requests() {
            check!(
                !request.shows_outside_its_body(password),
                "the password {password:?} is neither in the target nor in a header; got {} {} with {:?}",
                request.method,
                request.target,
                request.headers
            );
            check_eq!(
                request.header("authorization"),
                None,
                "the header `authorization` of the request, which is another way to log in"
            );
            let mut form = request.form();
            form.sort();
            let expected = [("password", password), ("user", "ada")];
            check_eq!(
                form,
                expected.map(|(name, value)| (name.to_owned(), value.to_owned())),
                "the fields of the form with the password {password:?}"
            );
        }
    }
}

#[kata_test::test]
async fn a_redirect_is_not_followed() {
    for status in [307, 308, 301, 302, 303] {
        let elsewhere = server([welcome()]).await;
        let server = server([Answer::redirect(status, elsewhere.url("/login"))]).await;
        let done = attempt(&server).await;
        let followed = elsewhere.requests();
        let how = |request: &kata_http::Request| match request.text().contains("password") {
            true => format!("{} with the password", request.method),
            false => request.method.clone(),
        };
        check!(
            followed.is_empty(),
            "the service answers with {status} and another host, which hears nothing of it; got a {}",
            how(&followed[0])
        );
        check_eq!(
            done,
            Some(Err(LoginError::Moved)),
            "what comes of an answer with {status}"
        );
    }
    // Not even on the same host.
    let server = server([Answer::redirect(307, "/login/v2")]).await;
    server.answers("/login/v2", [welcome()]);
    check_eq!(
        (attempt(&server).await, server.requests().len()),
        (Some(Err(LoginError::Moved)), 1),
        "what comes of an answer with 307 to another path, and how many requests were made"
    );
}

#[kata_test::test]
async fn each_status_has_its_meaning() {
    use LoginError::{Denied, Failed, Moved, NoToken, Status};
    for (what, answer, expected) in [
        ("201 with a token", welcome().with_status(201), token()),
        ("299 with a token", welcome().with_status(299), token()),
        (
            "300, without a word on where to go",
            Answer::status(300),
            Err(Moved),
        ),
        (
            "399, without a word on where to go",
            Answer::status(399),
            Err(Moved),
        ),
        ("401", Answer::status(401), Err(Denied)),
        (
            "401 with a token in its body",
            welcome().with_status(401),
            Err(Denied),
        ),
        ("403", Answer::status(403), Err(Denied)),
        ("404", Answer::status(404), Err(Status(404))),
        ("500", Answer::status(500), Err(Status(500))),
        (
            "503 with a token in its body",
            welcome().with_status(503),
            Err(Status(503)),
        ),
        ("200 without a body", Answer::status(200), Err(NoToken)),
        ("204", Answer::status(204), Err(NoToken)),
        (
            "a page of HTML",
            Answer::text("<html>Welcome!</html>"),
            Err(NoToken),
        ),
        (
            "JSON without a token",
            Answer::json(r#"{"name": "Ada"}"#),
            Err(NoToken),
        ),
        (
            "a token that breaks off half-way",
            welcome().cut_short(),
            Err(Failed),
        ),
        ("the end of the connection", Answer::hang_up(), Err(Failed)),
        ("a reset of the connection", Answer::reset(), Err(Failed)),
        ("something that is no HTTP", Answer::garbage(), Err(Failed)),
    ] {
        let server = server([answer]).await;
        check_eq!(
            attempt(&server).await,
            Some(expected),
            "what comes of an answer that is {what}"
        );
        check_eq!(
            server.requests().len(),
            1,
            "requests, where the first answer is {what}"
        );
    }
    check_eq!(
        log_in("http://127.0.0.1:1", "ada", PASSWORD).await,
        Err(Failed),
        "what comes of a URL where nobody listens"
    );
}

#[kata_test::test]
async fn it_waits_as_long_as_it_is_told() {
    let busy = |seconds: &str| Answer::status(429).header("retry-after", seconds);
    for (what, answers, expected, waits, asks) in [
        ("7 s", vec![busy("7"), welcome()], token(), secs(7), 2),
        (
            "120 s, then 3 s",
            vec![busy("120"), busy("3"), welcome()],
            token(),
            secs(123),
            3,
        ),
        ("0 s", vec![busy("0"), welcome()], token(), secs(0), 2),
        (
            "5 s, again and again",
            vec![busy("5"); 6],
            Err(LoginError::Busy),
            secs(10),
            3,
        ),
        (
            "no number of seconds",
            vec![busy("soon"), welcome()],
            Err(LoginError::Busy),
            secs(0),
            1,
        ),
        (
            "nothing",
            vec![Answer::status(429), welcome()],
            Err(LoginError::Busy),
            secs(0),
            1,
        ),
    ] {
        let server = server(answers.into_iter().chain([welcome()])).await;
        let start = Instant::now();
        let done = attempt(&server).await;
        check_eq!(
            (done, server.requests().len()),
            (Some(expected), asks),
            "what comes of it, and how many requests were made, when a busy service says to wait for {what}"
        );
        check_eq!(
            start.elapsed(),
            waits,
            "how long that takes, when a busy service says to wait for {what}"
        );
    }
}

#[kata_test::test]
async fn it_is_patient_for_ten_seconds() {
    let nine = server([welcome().after(secs(9))]).await;
    check_eq!(
        attempt(&nine).await,
        Some(token()),
        "what comes of an answer after 9 s"
    );
    // Patience is for each request, and not for all of them together.
    let busy = Answer::status(429).header("retry-after", "9").after(secs(9));
    let again = server([busy, welcome().after(secs(9))]).await;
    check_eq!(
        attempt(&again).await,
        Some(token()),
        "what comes of \"busy, wait for 9 s\" after 9 s, and a token 9 s after the second request"
    );
    let stalls = server([Answer::stall()]).await;
    let start = Instant::now();
    check_eq!(
        attempt(&stalls).await,
        Some(Err(LoginError::TimedOut)),
        "what comes of a service that never answers (None: nothing, in half an hour)"
    );
    check_eq!(start.elapsed(), secs(10), "how long it is waited for");
    check_eq!(
        stalls.requests().len(),
        1,
        "requests to a service that never answers"
    );
    let slow = server([welcome().stalled_half_way()]).await;
    let start = Instant::now();
    check_eq!(
        (attempt(&slow).await, start.elapsed()),
        (Some(Err(LoginError::TimedOut)), secs(10)),
        "what comes of an answer of which only the first half ever arrives, and after how long"
    );
    // TEST-NET-1: whatever is sent there gets lost.
    let start = Instant::now();
    let lost = timeout(secs(1800), log_in("http://192.0.2.1", "ada", PASSWORD))
        .await
        .ok();
    check_eq!(
        lost,
        Some(Err(LoginError::TimedOut)),
        "what comes of a host to which no connection is ever made (None: nothing, in half an hour)"
    );
    check_eq!(start.elapsed(), secs(10), "how long that host is waited for");
}
