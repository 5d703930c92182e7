//! The line with small hand-made parts: order, loss, failure, stop, resume.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use befund_core::*;
use befund_run::{Control, LineOptions, Parts, Snapshot, run};

struct Numbers {
    next: u64,
    end: u64,
    stop_at: Option<(u64, Control)>,
}

impl Source for Numbers {
    fn next(&mut self) -> Result<Option<Intake>, Failure> {
        if self.next == self.end {
            return Ok(None);
        }
        let sequence = self.next;
        self.next += 1;
        if let Some((at, control)) = &self.stop_at
            && *at == sequence
        {
            control.stop.store(true, Relaxed);
        }
        if sequence % 11 == 10 {
            return Ok(Some(Intake::Fault(Fault {
                sequence,
                shard: "s".into(),
                doc_id: format!("d{sequence}").into(),
                kind: FaultKind::Malformed,
                byte_offset: None,
                n_bytes: None,
                what: "bad record".into(),
                remedy: "mend it".into(),
            })));
        }
        let text = "ab ".repeat(1 + (sequence % 7) as usize * 5);
        Ok(Some(Intake::Document(Document::new(sequence, "s", &format!("d{sequence}"), text))))
    }

    fn n_documents(&self) -> Option<u64> {
        Some(self.end)
    }
}

/// One window a word; a text of one word takes longest, so that results come back out of order.
struct Words;

impl Prepare for Words {
    fn prepare(&self, document: &Document, places: Option<&[Span]>) -> Result<Prepared, Fault> {
        let text = document.text();
        if text.len() == 3 {
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(document.sequence % 50 != 49, "a defect on one document: {text}");
        let wanted = |word: usize| places.is_none_or(|places| places.contains(&Span::new(word * 3, word * 3 + 1)));
        let words: Vec<usize> = (0..text.len() / 3).filter(|word| wanted(*word)).collect();
        let n_bytes_gated = (text.len() - 3 * words.len()) as u64;
        let windows = words
            .into_iter()
            .map(|word| Window {
                origin: Origin { document: document.sequence, sentence: 0, window: word as u32 },
                ids: vec![1; 2],
                spans: vec![Span::new(word * 3, word * 3 + 1), Span::new(word * 3 + 1, word * 3 + 2)],
                keep: 0..2,
            })
            .collect();
        Ok(Prepared { layout: Layout::default(), windows, n_bytes_gated })
    }
}

/// Marks the first token of each window.
struct First {
    fail_after: usize,
}

impl Extract for First {
    fn cost(&self) -> Cost {
        Cost { max_batch_tokens: 9, batch_equals_singles: true }
    }

    fn extract(&mut self, batch: &Batch) -> Result<Vec<Found>, Failure> {
        if self.fail_after == 0 {
            return Err(Failure::new("out of memory on the device", "lower --max-batch-tokens"));
        }
        self.fail_after -= 1;
        assert!(batch.n_tokens() <= 9);
        Ok((0..batch.len())
            .map(|index| Found {
                origin: batch.origins[index],
                mentions: vec![Mention::by_model(Task::Tnm, Label::T, batch.spans[batch.range(index).start], 1.0)],
                relations: vec![],
            })
            .collect())
    }
}

struct Plain;

impl Normalize for Plain {
    fn normalize(&self, document: &Document, layout: &Layout, found: Found, _: Option<Looked>) -> Rows {
        let mut rows = Rows::of(document, layout.language);
        rows.row.warnings = found.mentions.iter().map(|mention| mention.span.start.to_string()).collect();
        rows
    }
}

type Log = Arc<Mutex<Vec<String>>>;

struct Lines {
    log: Log,
    fail_at: Option<usize>,
}

impl Sink for Lines {
    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        let mut log = self.log.lock().unwrap();
        if self.fail_at == Some(log.len()) {
            return Err(Failure::new("no space left", "free some"));
        }
        let row = &rows.row;
        log.push(format!("{} {} {:?} {}", row.doc_id, row.fault.is_some(), row.warnings, row.n_bytes_gated));
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}

fn go(
    threads: usize,
    workers: usize,
    first: u64,
    fail_after: usize,
    fail_at: Option<usize>,
    stop_at: Option<u64>,
) -> (Result<bool, Failure>, Vec<String>) {
    let (result, log, _) = go_sparing(threads, workers, first, fail_after, fail_at, stop_at, 0, None);
    (result, log)
}

/// With a cache and a gate; also gives what was counted.
#[allow(clippy::too_many_arguments)]
fn go_sparing(
    threads: usize,
    workers: usize,
    first: u64,
    fail_after: usize,
    fail_at: Option<usize>,
    stop_at: Option<u64>,
    max_cache_bytes: usize,
    gate: Option<Arc<dyn Gate>>,
) -> (Result<bool, Failure>, Vec<String>, Snapshot) {
    let log = Log::default();
    let control = Control::default();
    let parts = Parts {
        prepare: Arc::new(Words),
        gate,
        workers: (0..workers).map(|_| Box::new(First { fail_after }) as Box<dyn Extract>).collect(),
        normalize: Arc::new(Plain),
    };
    let options = LineOptions {
        threads,
        max_documents_in_flight: 8,
        max_bytes_in_flight: 120,
        max_cache_bytes,
        first_sequence: first,
    };
    let mut source = Numbers { next: first, end: 400, stop_at: stop_at.map(|at| (at, control.clone())) };
    let sink = Box::new(Lines { log: log.clone(), fail_at });
    let result = run(&mut source, parts, sink, options, &control).map(|outcome| outcome.interrupted);
    let log = log.lock().unwrap().clone();
    (result, log, control.meter.snapshot())
}

#[test]
fn every_document_is_written_once_and_in_order_at_any_number_of_threads() {
    let (result, one) = go(1, 1, 0, usize::MAX, None, None);
    assert!(!result.unwrap());
    assert_eq!(one.len(), 400);
    assert!(one.iter().enumerate().all(|(index, line)| line.starts_with(&format!("d{index} "))));
    assert!(one[8].ends_with(r#"["0", "3", "6", "9", "12", "15"] 0"#));
    assert_eq!(go(4, 3, 0, usize::MAX, None, None).1, one);
}

#[test]
fn equal_windows_are_read_once_and_nothing_else_changes() {
    let plain = go(2, 2, 0, usize::MAX, None, None).1;
    // All windows of these documents are equal but for their place.
    let (_, log, counted) = go_sparing(2, 2, 0, usize::MAX, None, None, 1 << 20, None);
    assert_eq!(log, plain);
    assert!(counted.windows_cached > 100, "{counted:?}");
}

/// Wants every third word of a text.
struct Thirds;

impl Gate for Thirds {
    fn look(&self, text: &str) -> Looked {
        assert!(text.len() != 93, "a defect on some documents");
        let places = (0..text.len() / 3).step_by(3).map(|word| Span::new(word * 3, word * 3 + 1)).collect();
        Looked { places, ..Looked::default() }
    }
}

#[test]
fn the_gate_says_which_windows_are_made_and_what_was_spared_is_in_the_rows() {
    let gated = |threads, max_cache_bytes| {
        go_sparing(threads, threads, 0, usize::MAX, None, None, max_cache_bytes, Some(Arc::new(Thirds)))
    };
    let (_, log, counted) = gated(1, 0);
    let (_, whole, all) = go_sparing(1, 1, 0, usize::MAX, None, None, 0, None);
    assert_eq!(log.len(), 400);
    assert!(log[1].ends_with(r#"["0", "9"] 12"#), "{}", log[1]);
    assert!(whole[1].ends_with(r#"["0", "3", "6", "9", "12", "15"] 0"#), "{}", whole[1]);
    assert!(log[6].starts_with("d6 true"), "{}", log[6]);
    assert!(counted.windows * 2 < all.windows);
    let (_, same, with_cache) = gated(4, 1 << 20);
    assert_eq!(same, log);
    assert_eq!(with_cache.windows + with_cache.windows_cached, counted.windows);
}

#[test]
fn a_defect_on_one_document_is_its_fault_and_no_other_is_lost() {
    let (_, log) = go(2, 2, 0, usize::MAX, None, None);
    assert!(log[49].starts_with("d49 true"));
    assert_eq!(log.iter().filter(|line| line.contains(" true ")).count(), 400 / 11 + 8);
}

#[test]
fn a_resumed_line_writes_exactly_the_rest() {
    let whole = go(2, 1, 0, usize::MAX, None, None).1;
    let rest = go(2, 1, 123, usize::MAX, None, None).1;
    assert_eq!(rest, whole[123..]);
}

#[test]
fn a_failing_model_and_a_failing_sink_stop_the_run_without_hanging() {
    let (result, _) = go(2, 2, 0, 5, None, None);
    assert!(result.unwrap_err().to_string().contains("out of memory"));
    let (result, log) = go(2, 2, 0, usize::MAX, Some(30), None);
    assert!(result.unwrap_err().to_string().contains("no space left"));
    assert_eq!(log.len(), 30);
}

#[test]
fn a_stop_finishes_what_is_in_flight() {
    let (result, log) = go(2, 2, 0, usize::MAX, None, Some(100));
    assert!(result.unwrap());
    assert_eq!(log.len(), 101);
}
