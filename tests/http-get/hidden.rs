//! What `fetch_all` must do, as a server sees it.

use std::{collections::BTreeMap, num::NonZeroUsize};

use http_get::{FetchError, Reading, fetch_all};
use kata_http::{Answer, Left, Request, Server};
use kata_test::prelude::*;
use reqwest::Client;
use tokio::time::{Instant, sleep, timeout};

fn limit(limit: usize) -> NonZeroUsize {
    NonZeroUsize::new(limit).expect("a limit is not zero")
}

fn reading(number: usize) -> Reading {
    Reading {
        station: format!("Station {number}"),
        celsius: number as f64 / 2.0,
    }
}

/// The answer with that reading.
fn answer(number: usize) -> Answer {
    let Reading { station, celsius } = reading(number);
    Answer::json(format!(r#"{{"station": "{station}", "celsius": {celsius:?}}}"#))
}

/// A server with an answer for each number, and the URLs of them.
async fn server(answers: impl IntoIterator<Item = Answer>) -> (Server, Vec<String>) {
    let server = Server::start().await;
    let mut urls = Vec::new();
    for (number, answer) in answers.into_iter().enumerate() {
        let path = format!("/stations/{number}");
        urls.push(server.url(&path));
        server.answers(&path, [answer]);
    }
    (server, urls)
}

#[kata_test::test]
async fn as_many_as_allowed_are_in_flight() {
    for at_once in [4, 12] {
        // Nobody gets an answer before so many wait for one.
        let (server, urls) = server((0..12).map(|number| answer(number).together(at_once))).await;
        let found = fetch_all(&Client::new(), &urls, limit(at_once)).await;
        check_eq!(
            server.most_in_flight(),
            at_once,
            "requests in flight at once, of 12 with a limit of {at_once}"
        );
        check_eq!(
            found,
            (0..12).map(|number| Ok(reading(number))).collect::<Vec<_>>(),
            "the readings of 12 stations, {at_once} at once"
        );
    }
}

#[kata_test::test]
async fn never_more_than_allowed_in_flight() {
    for at_once in [1, 3, 11] {
        let answers = (0..12).map(|number| answer(number).after(secs(1 + number as u64 % 4)));
        let (server, urls) = server(answers).await;
        fetch_all(&Client::new(), &urls, limit(at_once)).await;
        check_eq!(
            server.most_in_flight(),
            at_once,
            "requests in flight at once, of 12 with a limit of {at_once}"
        );
    }
    let (server, urls) = server((0..3).map(|number| answer(number).after(secs(1)))).await;
    fetch_all(&Client::new(), &urls, limit(100)).await;
    check_eq!(
        server.most_in_flight(),
        3,
        "requests in flight at once, of 3 with a limit that is never reached"
    );
}

#[kata_test::test]
async fn a_free_place_is_taken_at_once() {
    let delays = [6, 1, 1, 1, 1, 1, 1];
    let (_server, urls) = server(
        delays
            .iter()
            .enumerate()
            .map(|(n, &delay)| answer(n).after(secs(delay))),
    )
    .await;
    let start = Instant::now();
    fetch_all(&Client::new(), &urls, limit(2)).await;
    check_eq!(
        start.elapsed(),
        secs(6),
        "one answer takes 6 s, six others 1 s each, two at once"
    );
    // The first is no exception.
    let delays = [1, 4, 1, 1, 1];
    let (_server, urls) = server(
        delays
            .iter()
            .enumerate()
            .map(|(n, &delay)| answer(n).after(secs(delay))),
    )
    .await;
    let start = Instant::now();
    fetch_all(&Client::new(), &urls, limit(2)).await;
    check_eq!(
        start.elapsed(),
        secs(4),
        "the second answer takes 4 s, four others 1 s each, two at once"
    );
}

#[kata_test::test]
async fn results_keep_the_order_of_the_urls() {
    let (_server, urls) = server((0..5).map(|number| answer(number).after(secs(9 - number as u64)))).await;
    let found = fetch_all(&Client::new(), &urls, limit(5)).await;
    check_eq!(
        found,
        (0..5).map(|number| Ok(reading(number))).collect::<Vec<_>>(),
        "the last URL is answered first"
    );
    let start = Instant::now();
    let found = fetch_all(&Client::new(), &[], limit(3)).await;
    check!(
        found.is_empty(),
        "no URLs, no results; got {} of them",
        found.len()
    );
    check_eq!(start.elapsed(), Duration::ZERO, "nothing to wait for");
    // One URL may stand there twice.
    let twice = [urls[1].clone(), urls[0].clone(), urls[1].clone()];
    let found = fetch_all(&Client::new(), &twice, limit(2)).await;
    check_eq!(
        found,
        [1, 0, 1].map(|number| Ok(reading(number))),
        "the first URL stands there again as the third"
    );
}

#[kata_test::test]
async fn an_error_is_that_of_its_url() {
    use FetchError::{Failed, NotAReading, Status};
    let refused: fn(&str) -> String = |_| "http://127.0.0.1:1/".to_owned();
    let same: fn(&str) -> String = str::to_owned;
    for (what, at, given, expected) in [
        (
            "404 with a reading in its body",
            same,
            answer(1).with_status(404),
            Status(404),
        ),
        ("500 without a body", same, Answer::status(500), Status(500)),
        (
            "304, which is no error of anybody",
            same,
            Answer::status(304),
            Status(304),
        ),
        (
            "a connection that ends without an answer",
            same,
            Answer::hang_up(),
            Failed,
        ),
        ("a connection that is reset", same, Answer::reset(), Failed),
        ("an answer that is no HTTP", same, Answer::garbage(), Failed),
        (
            "a body that breaks off half-way",
            same,
            answer(1).cut_short(),
            Failed,
        ),
        ("a URL where nobody listens", refused, answer(1), Failed),
        (
            "a page of HTML",
            same,
            Answer::text("<html>Bergen: 7.5</html>"),
            NotAReading,
        ),
        (
            "JSON without the temperature",
            same,
            Answer::json(r#"{"station": "Bergen"}"#),
            NotAReading,
        ),
        ("an empty body", same, Answer::status(200), NotAReading),
    ] {
        let (server, mut urls) = server([answer(0), given, answer(2)]).await;
        urls[1] = at(&urls[1]);
        let found = fetch_all(&Client::new(), &urls, limit(2)).await;
        check_eq!(
            found,
            [Ok(reading(0)), Err(expected), Ok(reading(2))],
            "three URLs, of which the second is {what}"
        );
        let asked = server
            .requests()
            .iter()
            .filter(|request| request.path() == "/stations/1")
            .count();
        check!(
            asked <= 1,
            "three URLs, of which the second is {what}: nobody asked to try again; asked {asked} times"
        );
    }
}

#[kata_test::test]
async fn each_url_is_asked_once_by_the_client() {
    let (server, urls) = server((0..6).map(answer)).await;
    let client = Client::builder().user_agent("kata/1").build().expect("a client");
    fetch_all(&client, &urls, limit(2)).await;
    let mut asked = BTreeMap::new();
    for request in server.requests() {
        check_eq!(request.method, "GET", "how a page is asked for");
        check_eq!(
            request.header("user-agent"),
            Some("kata/1"),
            "the `user-agent` of a request, which the given client adds to all of its own"
        );
        *asked.entry(request.target).or_insert(0) += 1;
    }
    let expected = (0..6).map(|number| (format!("/stations/{number}"), 1)).collect();
    check_eq!(asked, expected, "how often each page was asked for");
}

#[kata_test::test]
async fn giving_up_ends_all_requests() {
    let (server, urls) = server((0..9).map(|number| answer(number).after(secs(10)))).await;
    let given_up = timeout(secs(15), fetch_all(&Client::new(), &urls, limit(3))).await;
    check!(
        given_up.is_err(),
        "nine answers of 10 s, at most three at once, are not there after 15 s"
    );
    // Time enough for whatever still runs.
    sleep(secs(100)).await;
    let went_on = |request: &&Request| match request.left {
        Some((Left::GivenUp, when)) => when > secs(15),
        Some((Left::Answered, when)) => when > secs(10),
        None => true,
    };
    check_eq!(
        server.requests().iter().filter(went_on).count(),
        0,
        "requests that went on, or were only made, after the future of fetch_all was dropped"
    );
}
