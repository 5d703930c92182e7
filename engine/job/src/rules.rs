//! The plausibility rules of a run: those of the house and the files of a site, read before anything else is done.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use befund_core::Failure;
pub use befund_knowledge::plausibility::{COLUMNS, KINDS, Rule, RuleSet, meaning};

/// The rules with what they were read from, for the run's record.
#[derive(Clone)]
pub(crate) struct RuleTables {
    pub set: Arc<RuleSet>,
    /// Name and bytes of each file of the site, in order.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The rules of the house, and after them those of `files`; a later rule with the id of an earlier one takes its place.
pub fn rule_set(files: &[PathBuf]) -> Result<Arc<RuleSet>, Failure> {
    Ok(tables(files)?.set)
}

pub(crate) fn tables(files: &[PathBuf]) -> Result<RuleTables, Failure> {
    let mut tables = RuleTables { set: RuleSet::builtin(), files: Vec::new() };
    for path in files {
        let bytes = std::fs::read(path).map_err(|cause| {
            Failure::from_cause(format!("{} cannot be read", path.display()), "check the path given to --rules", cause)
        })?;
        tables.set = Arc::new(tables.set.with(&bytes).map_err(|mistake| refused(path, &mistake.to_string()))?);
        tables.files.push((path.display().to_string(), bytes));
    }
    Ok(tables)
}

fn refused(path: &Path, mistake: &str) -> Failure {
    Failure::new(
        format!("the rules in {} are not used: {mistake}", path.display()),
        "mend the line (befund rules columns says what may stand where) and start again",
    )
}

/// English INN of a drug as written: `Beloc-Zok` -> metoprolol.
pub fn inn(drug: &str) -> Option<String> {
    befund_knowledge::medication::name(drug).map(|name| name.inn)
}
