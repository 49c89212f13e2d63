//! Holds the lock, and asks for it again.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};

#[derive(Clone, Debug)]
pub struct Account(Arc<Mutex<u32>>);

impl Account {
    pub fn new(balance: u32) -> Self {
        Self(Arc::new(Mutex::new(balance)))
    }

    pub async fn balance(&self) -> u32 {
        *self.0.lock().await
    }

    pub async fn withdraw(&self, amount: u32) -> bool {
        let mut balance = self.0.lock().await;
        if self.balance().await < amount {
            return false;
        }
        sleep(Duration::from_secs(1)).await;
        *balance -= amount;
        true
    }
}
