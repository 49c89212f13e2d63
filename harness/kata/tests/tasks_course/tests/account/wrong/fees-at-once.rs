//! Takes all fees at once.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, task::JoinSet, time::sleep};

/// An account.
#[derive(Clone)]
pub struct Account(Arc<Mutex<u32>>);

impl Account {
    /// An account with this balance.
    pub fn new(balance: u32) -> Account {
        Account(Arc::new(Mutex::new(balance)))
    }

    /// What is in it.
    pub async fn balance(&self) -> u32 {
        *self.0.lock().await
    }

    /// Takes `amount` if it is there; the bank takes a second for it.
    pub async fn withdraw(&self, amount: u32) -> bool {
        let mut balance = self.0.lock().await;
        if *balance < amount {
            return false;
        }
        sleep(Duration::from_secs(1)).await;
        *balance -= amount;
        true
    }

    /// Takes each of the fees, all at once.
    pub async fn fees(&self, fees: Vec<u32>) {
        let mut tasks = JoinSet::new();
        for fee in fees {
            let account = self.clone();
            tasks.spawn(async move { account.withdraw(fee).await });
        }
        tasks.join_all().await;
    }
}
