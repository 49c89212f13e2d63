//! The server, asked by hand.

use std::time::Duration;

use kata_http::{Answer, Left, Server};
use kata_net::TcpStream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

const fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// What comes back on a connection of its own, or how it broke.
async fn ask(server: &Server, request: &str) -> Result<String, std::io::ErrorKind> {
    let url = server.url("");
    let stream = TcpStream::connect(&url["http://".len()..]).await;
    let mut stream = stream.expect("it listens");
    stream.write_all(request.as_bytes()).await.expect("it accepts");
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer).await {
        Ok(_) => Ok(String::from_utf8_lossy(&answer).into_owned()),
        Err(error) => Err(error.kind()),
    }
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: kata\r\nconnection: close\r\n\r\n")
}

#[tokio::test(start_paused = true)]
async fn answers_are_given_in_their_order_and_the_last_one_again() {
    let server = Server::start().await;
    server.answers("/a", [Answer::status(503), Answer::text("at last")]);
    let first = ask(&server, &get("/a?x=1")).await.unwrap();
    assert!(first.starts_with("HTTP/1.1 503 "), "{first}");
    for _ in 0..2 {
        let next = ask(&server, &get("/a")).await.unwrap();
        assert!(
            next.starts_with("HTTP/1.1 200 ") && next.ends_with("\r\n\r\nat last"),
            "{next}"
        );
        assert!(!next.contains("date:"), "{next}");
    }
    let unknown = ask(&server, &get("/b")).await.unwrap();
    assert!(unknown.starts_with("HTTP/1.1 404 "), "{unknown}");
}

#[tokio::test(start_paused = true)]
async fn a_request_is_remembered_as_it_came() {
    let server = Server::start().await;
    sleep(secs(2)).await;
    let request = "POST /login?to=%2Fhome HTTP/1.1\r\nHost: kata\r\nX-Two: a\r\nX-Two: b\r\ncontent-length: 21\r\nconnection: \
                   close\r\n\r\nuser=ada&password=a%26";
    ask(&server, request).await.unwrap();
    let requests = server.requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(
        (&*request.method, &*request.target, request.path()),
        ("POST", "/login?to=%2Fhome", "/login")
    );
    assert_eq!(request.header("x-two"), Some("a"));
    assert_eq!(request.text(), "user=ada&password=a%2");
    assert_eq!(
        (request.came, request.left),
        (secs(2), Some((Left::Answered, secs(2))))
    );
    assert!(request.shows_outside_its_body("/home") && !request.shows_outside_its_body("ada"));
    let form = request.form();
    assert_eq!(form[0], ("user".to_owned(), "ada".to_owned()));
    assert_eq!(form[1], ("password".to_owned(), "a%2".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn requests_that_wait_for_each_other_are_answered_together() {
    let server = Server::start().await;
    server.answers("/", [Answer::text("all").together(3)]);
    let start = Instant::now();
    let mut asks = JoinSet::new();
    let server = std::sync::Arc::new(server);
    for delay in [0, 5, 9] {
        let server = std::sync::Arc::clone(&server);
        asks.spawn(async move {
            sleep(secs(delay)).await;
            ask(&server, &get("/")).await.unwrap()
        });
    }
    let answers = asks.join_all().await;
    assert!(
        answers.iter().all(|answer| answer.ends_with("all")),
        "{answers:?}"
    );
    assert_eq!(
        (start.elapsed(), server.most_in_flight(), server.in_flight()),
        (secs(9), 3, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_others_in_vain_is_told_so() {
    let server = Server::start().await;
    server.answers("/", [Answer::text("all").together(2)]);
    let start = Instant::now();
    for _ in 0..2 {
        let answer = ask(&server, &get("/")).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    }
    assert_eq!(
        (start.elapsed(), server.most_in_flight()),
        (2 * Answer::IN_VAIN, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_client_that_goes_away_is_seen_and_not_waited_for() {
    let server = Server::start().await;
    server.answers("/", [Answer::text("all").together(2)]);
    assert!(timeout(secs(3), ask(&server, &get("/"))).await.is_err());
    sleep(secs(1)).await;
    assert_eq!(server.in_flight(), 0);
    assert_eq!(server.requests()[0].left, Some((Left::GivenUp, secs(3))));
    // Its place is free: one alone is not two.
    let alone = ask(&server, &get("/")).await.unwrap();
    assert!(alone.starts_with("HTTP/1.1 503 "), "{alone}");
}

#[tokio::test(start_paused = true)]
async fn a_server_misbehaves_as_it_is_told() {
    let server = Server::start().await;
    server.answers(
        "/",
        [
            Answer::text("0123456789").cut_short(),
            Answer::garbage(),
            Answer::hang_up(),
            Answer::reset(),
            Answer::text("late").after(secs(7)),
            Answer::redirect(307, "/elsewhere"),
        ],
    );
    let cut = ask(&server, &get("/")).await.unwrap();
    assert!(
        cut.contains("content-length: 10\r\n") && cut.ends_with("\r\n\r\n01234"),
        "{cut}"
    );
    assert!(ask(&server, &get("/")).await.unwrap().starts_with('\u{16}'));
    assert_eq!(ask(&server, &get("/")).await, Ok(String::new()));
    assert_eq!(
        ask(&server, &get("/")).await,
        Err(std::io::ErrorKind::ConnectionReset)
    );
    let start = Instant::now();
    assert!(ask(&server, &get("/")).await.unwrap().ends_with("late"));
    assert_eq!(start.elapsed(), secs(7));
    let moved = ask(&server, &get("/")).await.unwrap();
    assert!(
        moved.starts_with("HTTP/1.1 307 ") && moved.contains("location: /elsewhere\r\n"),
        "{moved}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_is_kept_waiting_hears_nothing_more() {
    let server = Server::start().await;
    server.answers(
        "/",
        [Answer::stall(), Answer::text("0123456789").stalled_half_way()],
    );
    for expected in ["", "01234"] {
        let url = server.url("");
        let mut stream = TcpStream::connect(&url["http://".len()..]).await.unwrap();
        stream.write_all(get("/").as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        assert!(timeout(secs(999), stream.read_to_end(&mut heard)).await.is_err());
        let heard = String::from_utf8_lossy(&heard).into_owned();
        assert!(
            heard.ends_with(expected) && heard.is_empty() == expected.is_empty(),
            "{heard}"
        );
    }
}
