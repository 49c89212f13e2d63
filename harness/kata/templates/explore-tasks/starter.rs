//! Pay out of an account from many tasks, and never more than is there.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};

/// An account that tasks share.
#[derive(Clone, Debug)]
pub struct Account(Arc<Mutex<u32>>);

impl Account {
    /// An account with this balance.
    pub fn new(balance: u32) -> Self {
        Self(Arc::new(Mutex::new(balance)))
    }

    /// What is there.
    pub async fn balance(&self) -> u32 {
        *self.0.lock().await
    }

    /// Pays `amount` out, if so much is there; the bank takes a second to agree.
    pub async fn withdraw(&self, amount: u32) -> bool {
        if self.balance().await < amount {
            return false;
        }
        sleep(Duration::from_secs(1)).await;
        let mut balance = self.0.lock().await;
        *balance = balance.saturating_sub(amount);
        true
    }
}
