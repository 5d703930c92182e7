//! `run.json`: what was run on what, and what came out, so that a result can be traced and repeated.
//!
//! It is written last and only if its numbers add up with each other and with the dataset beside it. Knows nothing of how they came about.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use befund_core::{Failure, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ledger::{Totals, exists, read_totals};
use crate::part::{cannot_write, sync_folder};

const NAME: &str = "run.json";

/// The model that was used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelIdentity {
    /// Name and version.
    pub id: String,
    /// SHA-256 of its weights in hex.
    pub sha256: String,
}

/// One input file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputIdentity {
    /// As the user gave it.
    pub path: String,
    /// Size in bytes.
    pub n_bytes: u64,
    /// SHA-256 of the file in hex; null where it could not be read.
    pub sha256: Option<String>,
}

/// What the gate did: how much the encoder did not have to read, since the rules leave nothing open there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateRecord {
    /// Why it did not run; null where it did.
    pub off_because: Option<String>,
    /// Bytes of the sentences that it kept from the encoder.
    pub n_bytes: u64,
    /// These over `n_bytes` of the dataset: 0 to 1.
    pub share_of_bytes: f64,
    /// Seconds it took in this session, summed over threads.
    pub seconds: f64,
}

/// The run manifest. Numbers are those of the whole dataset; times and rates those of this session where a run was resumed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunManifest {
    /// Version of befund.
    pub befund: String,
    /// Revision it was built from, where known.
    pub git_revision: Option<String>,
    /// The model; null where only rules ran.
    pub model: Option<ModelIdentity>,
    /// SHA-256 over the rule tables, in hex; null where only the model ran.
    pub rules_sha256: Option<String>,
    /// Device as it was used: "cpu", "cuda:0".
    pub device: String,
    /// Number type of the encoder.
    pub dtype: String,
    /// Threads for text work.
    pub threads: u32,
    /// Further options that the output depends on.
    pub options: Map<String, Value>,
    /// Input files in reading order.
    pub inputs: Vec<InputIdentity>,
    /// Files in the given folders that nothing read.
    pub ignored_inputs: Vec<String>,
    /// Rows in `documents`.
    pub n_documents: u64,
    /// Documents read and annotated.
    pub n_ok: u64,
    /// Documents with a fault.
    pub n_faults: u64,
    /// Faults by kind.
    pub faults_by_kind: BTreeMap<String, u64>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Tokens of these windows, special tokens and overlaps included.
    pub n_tokens: u64,
    /// Windows of the texts that passed the gate.
    pub n_windows: u64,
    /// Of the windows of this session, those that the encoder read.
    #[serde(default)]
    pub n_windows_read: u64,
    /// Of the windows of this session, those whose findings were copied from an equal window.
    #[serde(default)]
    pub n_windows_copied: u64,
    /// What of the whole dataset the encoder was spared.
    #[serde(default)]
    pub gate: GateRecord,
    /// Of the windows of this session, the share that was copied: 0 to 1.
    pub cache_hit_rate: f64,
    /// Bytes of text.
    pub n_bytes: u64,
    /// Warnings.
    pub n_warnings: u64,
    /// Documents that an earlier session of the same run had written.
    pub n_documents_before: u64,
    /// Whether every document of the input was reached; false after Ctrl-C.
    pub complete: bool,
    /// Wall-clock seconds of this session.
    pub seconds: f64,
    /// Seconds by stage, summed over threads; "open" is what comes before the line: model, rules, digests of the inputs.
    pub seconds_by_stage: BTreeMap<String, f64>,
    /// Tokens a second.
    pub tokens_per_second: f64,
    /// Documents a second.
    pub documents_per_second: f64,
    /// Megabytes (10^6 bytes) of text a second.
    pub megabytes_per_second: f64,
    /// Most memory that was resident, where the system tells.
    pub peak_memory_bytes: Option<u64>,
    /// When this session began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended.
    pub finished: String,
}

impl RunManifest {
    /// Takes over the totals of the dataset.
    pub fn set_totals(&mut self, totals: &Totals) {
        self.n_documents = totals.n_documents;
        self.n_ok = totals.n_documents - totals.n_faults;
        self.n_faults = totals.n_faults;
        self.faults_by_kind = totals.faults_by_kind.clone();
        // A table without rows is named, too.
        let rows = Table::ALL.iter().map(|table| (table.as_str().to_owned(), totals.counts().get(*table)));
        self.rows = rows.collect();
        self.n_tokens = totals.n_tokens;
        self.n_windows = totals.n_windows;
        self.gate.n_bytes = totals.n_bytes_gated;
        self.gate.share_of_bytes = totals.n_bytes_gated as f64 / totals.n_bytes.max(1) as f64;
        self.n_bytes = totals.n_bytes;
        self.n_warnings = totals.n_warnings;
    }

    /// Checks that the numbers add up.
    ///
    /// # Errors
    /// Names the first two numbers that do not.
    pub fn reconcile(&self) -> Result<(), Failure> {
        let faults: u64 = self.faults_by_kind.values().sum();
        let in_table = |table: Table| self.rows.get(table.as_str()).copied().unwrap_or(u64::MAX);
        // The windows of a document that failed later are read and in no table; those of an earlier session were read then.
        let all_here = self.n_faults == 0 && self.n_documents_before == 0;
        let fates = self.n_windows_read + self.n_windows_copied;
        let pairs = [
            ("documents", self.n_documents, "ok and faults", self.n_ok + self.n_faults),
            ("faults", self.n_faults, "faults by kind", faults),
            ("documents", self.n_documents, "rows in documents", in_table(Table::Documents)),
            ("tables", Table::ALL.len() as u64, "tables counted", self.rows.len() as u64),
            (
                "documents written before",
                self.n_documents_before.min(self.n_documents),
                "the same",
                self.n_documents_before,
            ),
            ("windows", self.n_windows, "read and copied", if all_here { fates } else { self.n_windows }),
        ];
        match pairs.into_iter().find(|(_, left, _, right)| left != right) {
            None => Ok(()),
            Some((a, left, b, right)) => Err(Failure::new(
                format!("the totals of the run do not reconcile: {a} {left}, {b} {right}"),
                "this is a mistake in befund: please report it",
            )),
        }
    }

    /// Writes `run.json` into the dataset at once (temporary name, sync, rename), after checking that the numbers add up and are those of
    /// the dataset's ledger.
    ///
    /// # Errors
    /// They do not, or the folder cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), Failure> {
        self.reconcile()?;
        if exists(dir) {
            let mut of_ledger = self.clone();
            of_ledger.set_totals(&read_totals(dir)?);
            if &of_ledger != self {
                let what = format!("the totals of the run are not those of the dataset in {}", dir.display());
                return Err(Failure::new(what, "this is a mistake in befund: please report it"));
            }
        }
        let path = dir.join(NAME);
        let begun = dir.join(".run.json.partial");
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| cannot_write(&path, error))?;
        bytes.push(b'\n');
        let write = || {
            let mut file = File::create(&begun)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&begun, &path)
        };
        let written: std::io::Result<()> = write();
        if written.is_err() {
            let _ = fs::remove_file(&begun);
        }
        written.map_err(|error| cannot_write(&path, error))?;
        sync_folder(dir);
        Ok(())
    }
}

/// Reads `run.json` of a dataset.
///
/// # Errors
/// It is missing or not a manifest.
pub fn read_manifest(dir: &Path) -> Result<RunManifest, Failure> {
    let path = dir.join(NAME);
    let what = || format!("cannot read the run manifest {}", path.display());
    let remedy = "give the folder of a run that has ended";
    let bytes = fs::read(&path).map_err(|error| Failure::from_cause(what(), remedy, error))?;
    serde_json::from_slice(&bytes).map_err(|error| Failure::from_cause(what(), remedy, error))
}

/// A time as RFC 3339 in UTC, to the second: `2026-02-28T13:05:59Z`. Times before 1970 become 1970.
pub fn utc_timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days to a date in the proleptic Gregorian calendar, counted from 0000-03-01 in eras of 400 years (Hinnant, "chrono-compatible
    // low-level date algorithms").
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_written_as_the_calendar_has_them() {
        let at = |seconds| utc_timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_709_251_199), "2024-02-29T23:59:59Z");
        assert_eq!(at(4_102_444_800), "2100-01-01T00:00:00Z");
    }

    fn manifest() -> RunManifest {
        let mut totals = Totals { n_documents: 5, n_faults: 2, n_tokens: 90, ..Totals::default() };
        totals.faults_by_kind = BTreeMap::from([("invalid_utf8".to_owned(), 1), ("duplicate_id".to_owned(), 1)]);
        totals.rows = BTreeMap::from([("documents".to_owned(), 5), ("mentions".to_owned(), 7)]);
        let mut manifest =
            RunManifest { befund: "0.1.0".into(), seconds: 1.5, complete: true, ..RunManifest::default() };
        manifest.set_totals(&totals);
        manifest
    }

    #[test]
    fn a_manifest_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        manifest().write(folder.path()).unwrap();
        assert_eq!(read_manifest(folder.path()).unwrap(), manifest());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(manifest().rows.len(), 6);
    }

    #[test]
    fn numbers_that_do_not_add_up_are_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let break_one: [fn(&mut RunManifest); 5] = [
            |manifest| manifest.n_ok += 1,
            |manifest| manifest.faults_by_kind.clear(),
            |manifest| _ = manifest.rows.insert("documents".into(), 4),
            |manifest| _ = manifest.rows.remove("tnm"),
            |manifest| manifest.n_documents_before = 6,
        ];
        for broken in break_one {
            let mut manifest = manifest();
            broken(&mut manifest);
            let failure = manifest.write(folder.path()).unwrap_err().to_string();
            assert!(failure.contains("do not reconcile"), "{failure}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
