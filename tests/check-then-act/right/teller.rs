//! A thread that owns the balance does one errand after the other: nobody else ever touches it.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Overdrawn { balance: u64 },
    Closed,
}

enum Errand {
    Deposit(u64),
    Withdraw(u64),
    Close,
    Look,
}

type Answer = Result<u64, Refused>;

#[derive(Debug)]
pub struct Account {
    counter: Option<Sender<(Errand, Sender<Answer>)>>,
    teller: Option<JoinHandle<()>>,
}

impl Account {
    pub fn new(balance: u64) -> Self {
        let (counter, errands) = mpsc::channel();
        Self {
            counter: Some(counter),
            teller: Some(thread::spawn(move || serve(&errands, balance))),
        }
    }

    pub fn deposit(&self, amount: u64) -> Answer {
        self.ask(Errand::Deposit(amount))
    }

    pub fn withdraw(&self, amount: u64) -> Answer {
        self.ask(Errand::Withdraw(amount))
    }

    pub fn close(&self) -> Answer {
        self.ask(Errand::Close)
    }

    pub fn balance(&self) -> u64 {
        self.ask(Errand::Look).unwrap_or(0)
    }

    fn ask(&self, errand: Errand) -> Answer {
        let (back, answer) = mpsc::channel();
        let counter = self
            .counter
            .as_ref()
            .expect("it is there until the account is dropped");
        counter
            .send((errand, back))
            .expect("the teller serves as long as somebody may ask");
        answer.recv().expect("the teller answers every errand")
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        self.counter = None; // nobody can ask any more, so the teller goes home
        if let Some(teller) = self.teller.take() {
            teller.join().expect("the teller does not panic");
        }
    }
}

fn serve(errands: &Receiver<(Errand, Sender<Answer>)>, balance: u64) {
    let mut account = Some(balance);
    for (errand, back) in errands {
        // Whoever asked may be gone.
        let _ = back.send(done(&mut account, errand));
    }
}

fn done(account: &mut Option<u64>, errand: Errand) -> Answer {
    let balance = account.as_mut().ok_or(Refused::Closed)?;
    match errand {
        Errand::Deposit(amount) => *balance += amount,
        Errand::Withdraw(amount) if *balance < amount => {
            return Err(Refused::Overdrawn { balance: *balance });
        }
        Errand::Withdraw(amount) => *balance -= amount,
        Errand::Close => return account.take().ok_or(Refused::Closed),
        Errand::Look => {}
    }
    Ok(*balance)
}
