//! One read for all who ask for the same at once: a thousand sockets that come back together need one look at their session, not a
//! thousand. An answer is never older than the question, so nobody is let in by what was true before they knocked.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Mutex as Turn;

pub struct SingleFlight<K, V> {
    flights: Mutex<HashMap<K, Arc<Flight<V>>>>,
    /// Counts questions and reads, to tell which came first.
    order: AtomicU64,
}

/// When the last read began, and what it found.
type Flight<V> = Turn<Option<(u64, V)>>;

impl<K, V> Default for SingleFlight<K, V> {
    fn default() -> Self {
        Self { flights: Mutex::default(), order: AtomicU64::new(0) }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> SingleFlight<K, V> {
    /// What `read` finds, or what another's read found that began after this call did. A read that fails is not shared.
    pub async fn get<E>(&self, key: K, read: impl Future<Output = Result<V, E>>) -> Result<V, E> {
        let asked = self.order.fetch_add(1, Ordering::AcqRel);
        let flight = Arc::clone(self.flights().entry(key).or_default());
        let found = {
            let mut last = flight.lock().await;
            match &*last {
                Some((begun, found)) if *begun > asked => Ok(found.clone()),
                _ => {
                    let begun = self.order.fetch_add(1, Ordering::AcqRel);
                    let found = read.await;
                    *last = found.as_ref().ok().map(|found| (begun, found.clone()));
                    found
                }
            }
        };
        let mut flights = self.flights();
        // This one, and the table.
        if Arc::strong_count(&flight) <= 2 {
            flights.remove(&key);
        }
        found
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<K, Arc<Flight<V>>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_asks_during_a_read_gets_the_next_one_and_shares_it() {
        let (flights, reads, go) = (SingleFlight::<u8, usize>::default(), AtomicUsize::new(0), Notify::new());
        let read = || async {
            let number = reads.fetch_add(1, Ordering::Relaxed);
            go.notified().await;
            Ok::<_, ()>(number)
        };
        let first = flights.get(1, read());
        let later = async {
            // The first read has begun by now.
            tokio::task::yield_now().await;
            let asks = (0..100).map(|_| flights.get(1, read()));
            let release = async {
                for _ in 0..2 {
                    tokio::task::yield_now().await;
                    go.notify_one();
                }
            };
            futures_util::join!(futures_util::future::join_all(asks), release).0
        };
        let (first, later) = futures_util::join!(first, later);
        assert_eq!(first, Ok(0), "the first reads at once");
        assert!(later.iter().all(|found| *found == Ok(1)), "nobody gets what was read before they asked: {later:?}");
        assert_eq!(reads.load(Ordering::Relaxed), 2);
        assert!(flights.flights().is_empty());
    }

    #[tokio::test]
    async fn a_read_that_fails_is_shared_with_nobody() {
        let flights = SingleFlight::<u8, u8>::default();
        let failed = flights.get(1, async { Err("lost") });
        let (failed, found) = futures_util::join!(failed, flights.get(1, async { Ok::<_, &str>(7) }));
        assert_eq!((failed, found), (Err("lost"), Ok(7)));
        assert!(flights.flights().is_empty());
    }
}
