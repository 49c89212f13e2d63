//! With a semaphore that lets one withdrawal in at a time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Semaphore, time::sleep};

#[derive(Clone, Debug)]
pub struct Account {
    balance: Arc<AtomicU32>,
    turns: Arc<Semaphore>,
}

impl Account {
    pub fn new(balance: u32) -> Self {
        Self {
            balance: Arc::new(AtomicU32::new(balance)),
            turns: Arc::new(Semaphore::new(1)),
        }
    }

    pub async fn balance(&self) -> u32 {
        self.balance.load(Ordering::SeqCst)
    }

    pub async fn withdraw(&self, amount: u32) -> bool {
        let _turn = self.turns.acquire().await.expect("it is never closed");
        let balance = self.balance.load(Ordering::SeqCst);
        if balance < amount {
            return false;
        }
        sleep(Duration::from_secs(1)).await;
        self.balance.store(balance - amount, Ordering::SeqCst);
        true
    }
}
