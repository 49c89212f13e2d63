//! An account from which several tasks withdraw.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};

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
        let _ = amount;
        sleep(Duration::from_secs(1)).await;
        false
    }

    /// Takes each of the fees that is there, in turn.
    pub async fn fees(&self, fees: Vec<u32>) {
        for fee in fees {
            self.withdraw(fee).await;
        }
    }
}
