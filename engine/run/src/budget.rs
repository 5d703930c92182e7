//! How much may be in flight: the reader waits here until the writer has caught up, so memory does not grow with the corpus.
//!
//! Both documents and bytes count. A single document above the byte limit is let in when nothing else is in flight: it must be read
//! sometime. The oldest document in flight already holds its share, so the line cannot wait for itself.

use std::sync::{Condvar, Mutex, PoisonError};

#[derive(Debug)]
pub(crate) struct Budget {
    max_documents: usize,
    max_bytes: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    documents: usize,
    bytes: usize,
    closed: bool,
}

impl Budget {
    pub(crate) fn new(max_documents: usize, max_bytes: usize) -> Self {
        Self { max_documents, max_bytes, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for room for one document of `bytes`; false once the budget is closed.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.closed {
                return false;
            }
            let fits = state.documents < self.max_documents && state.bytes + bytes <= self.max_bytes;
            if fits || state.documents == 0 {
                state.documents += 1;
                state.bytes += bytes;
                return true;
            }
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives back what one document took.
    pub(crate) fn give_back(&self, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.documents -= 1;
        state.bytes -= bytes;
        self.freed.notify_all();
    }

    /// Lets nobody in any more and wakes who waits.
    pub(crate) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn a_document_above_the_limit_passes_alone() {
        let budget = Budget::new(8, 10);
        assert!(budget.take(1_000));
        budget.give_back(1_000);
        assert!(budget.take(4));
    }

    #[test]
    fn closing_wakes_the_reader() {
        let budget = Arc::new(Budget::new(1, 10));
        assert!(budget.take(5));
        let waiting = std::thread::spawn({
            let budget = budget.clone();
            move || budget.take(5)
        });
        std::thread::sleep(Duration::from_millis(20));
        budget.close();
        assert!(!waiting.join().unwrap());
    }
}
