//! Pays at once, without the bank.

use std::sync::Arc;

use tokio::sync::Mutex;

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
        if *balance < amount {
            return false;
        }
        *balance -= amount;
        true
    }
}
