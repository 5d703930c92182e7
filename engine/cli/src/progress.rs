//! Progress: a bar with rate and time left on a terminal, a plain line every ten seconds otherwise.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use befund_job::{Control, Snapshot};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How much there is to do, in the best unit that is known before the end.
#[derive(Clone, Copy)]
pub(crate) enum Total {
    Documents(u64),
    Bytes(u64),
    Unknown,
}

/// A running display; stops when dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    done: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts a display of what `control` counts.
    pub(crate) fn start(control: &Control, total: Total, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = match total {
            Total::Documents(n) | Total::Bytes(n) => ProgressBar::new(n),
            Total::Unknown => ProgressBar::no_length(),
        };
        bar.set_draw_target(if terminal && !quiet {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        let template = match total {
            Total::Unknown => "{spinner} {elapsed_precise} {msg}",
            _ => "{bar:30} {percent:>3}% {elapsed_precise} left {eta_precise} {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let done = Arc::new((Mutex::new(false), Condvar::new()));
        let thread = (!quiet).then(|| {
            let (bar, done, control) = (bar.clone(), done.clone(), control.clone());
            std::thread::spawn(move || watch(&bar, &done, &control, total, terminal))
        });
        Self { bar, done, thread }
    }

    /// A printer of lines that does not tear the bar.
    pub(crate) fn printer(&self) -> impl Fn(String) + Send + use<> {
        let bar = self.bar.clone();
        move |line| bar.suspend(|| eprintln!("{line}"))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.done.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.done.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

fn watch(bar: &ProgressBar, done: &(Mutex<bool>, Condvar), control: &Control, total: Total, terminal: bool) {
    let step = if terminal { Duration::from_millis(200) } else { Duration::from_secs(10) };
    let start = Instant::now();
    let mut finished = done.0.lock().unwrap_or_else(PoisonError::into_inner);
    while !*finished {
        finished = done.1.wait_timeout(finished, step).unwrap_or_else(PoisonError::into_inner).0;
        if *finished {
            return;
        }
        let now = control.meter.snapshot();
        bar.set_position(position(&now, total));
        bar.set_message(rates(&now, start.elapsed()));
        if !terminal {
            eprintln!("befund: {}{}", rates(&now, start.elapsed()), time_left(&now, total, start.elapsed()));
        }
    }
}

fn position(now: &Snapshot, total: Total) -> u64 {
    if matches!(total, Total::Bytes(_)) { now.bytes } else { now.documents }
}

fn rates(now: &Snapshot, elapsed: Duration) -> String {
    let second = elapsed.as_secs_f64().max(1e-9);
    let faults = if now.faults == 0 { String::new() } else { format!(", {} faults", now.faults) };
    format!(
        "{} documents{faults}, {:.1} documents/s, {:.0} tokens/s, {} mentions",
        now.documents,
        now.documents as f64 / second,
        now.tokens as f64 / second,
        now.mentions
    )
}

fn time_left(now: &Snapshot, total: Total, elapsed: Duration) -> String {
    let (Total::Documents(all) | Total::Bytes(all)) = total else { return String::new() };
    let done = position(now, total);
    if done == 0 || done >= all {
        return String::new();
    }
    let left = elapsed.as_secs_f64() * (all - done) as f64 / done as f64;
    format!(", about {} left", span(left))
}

/// Seconds as people say them.
pub(crate) fn span(seconds: f64) -> String {
    match seconds {
        s if s < 10.0 => format!("{s:.1} s"),
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7200.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

/// Ctrl-C once: the command ends itself cleanly and `note` says how. Twice: stop at once.
pub(crate) fn stop_on_interrupt(control: &Control, note: &'static str) -> anyhow::Result<()> {
    let stop: Arc<AtomicBool> = control.stop.clone();
    ctrlc::set_handler(move || {
        if stop.swap(true, Relaxed) {
            std::process::exit(2);
        }
        eprintln!("befund: {note} (again to stop at once)");
    })?;
    Ok(())
}
