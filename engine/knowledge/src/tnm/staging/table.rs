//! The tables of categories and stage groups, read once. `scripts/knowledge/build_tnm.py` makes them; `SOURCE.md` names the sources.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tnm::lexicon::table_lines;

/// Categories, for their hash.
pub(crate) const CATEGORIES: &str = include_str!("../../../data/tnm_categories.tsv");
/// Stage groups, for their hash.
pub(crate) const STAGES: &str = include_str!("../../../data/tnm_stages.tsv");

/// A list of categories; `None` is any.
type List = Option<Vec<&'static str>>;

/// One row of a staging table.
pub(super) struct Row {
    pub t: List,
    pub n: List,
    pub m: List,
    /// What else must hold: ("grade", "2").
    pub facts: Vec<(&'static str, &'static str)>,
    /// "-" where the stage hangs on something that is not among the facts.
    pub stage: &'static str,
}

#[derive(Default)]
pub(super) struct Tables {
    categories: HashMap<String, Vec<&'static str>>,
    stages: HashMap<String, Vec<Row>>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for fields in table_lines(CATEGORIES) {
        let [edition, schema, axis, categories] = fields[..] else { continue };
        tables.categories.insert(format!("{edition} {schema} {axis}"), categories.split(' ').collect());
    }
    for fields in table_lines(STAGES) {
        let [edition, schema, t, n, m, facts, stage] = fields[..] else { continue };
        let list = |text: &'static str| (text != "*").then(|| text.split(',').collect());
        let facts = facts.split(';').filter_map(|fact| fact.split_once('=')).collect();
        tables.stages.entry(format!("{edition} {schema}")).or_default().push(Row {
            t: list(t),
            n: list(n),
            m: list(m),
            facts,
            stage,
        });
    }
    tables
});

impl Tables {
    /// The categories of an axis ("T", "pT", "N", "pN", "M").
    pub fn categories(&self, edition: &str, schema: &str, axis: &str) -> Option<&[&'static str]> {
        self.categories.get(&format!("{edition} {schema} {axis}")).map(Vec::as_slice)
    }

    /// The staging table of a schema.
    pub fn stages(&self, edition: &str, schema: &str) -> Option<&[Row]> {
        self.stages.get(&format!("{edition} {schema}")).map(Vec::as_slice)
    }
}

impl Row {
    /// Whether the row speaks of these categories.
    pub fn is_of(&self, t: &str, n: &str, m: &str) -> bool {
        let has = |list: &List, code: &str| list.as_ref().is_none_or(|codes| codes.contains(&code));
        has(&self.t, t) && has(&self.n, n) && has(&self.m, m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        assert_eq!(table_lines(CATEGORIES).count(), TABLES.categories.len());
        assert_eq!(table_lines(STAGES).count(), TABLES.stages.values().map(Vec::len).sum::<usize>());
        let known = ["grade", "s", "n", "psa", "isup", "age"];
        for row in TABLES.stages.values().flatten() {
            assert!(row.facts.iter().all(|(name, _)| known.contains(name)));
            let numeral = row.stage.trim_start_matches(['I', 'V']);
            assert!(
                numeral.len() < row.stage.len() || ["0", "0a", "0is", "okk", "-"].contains(&row.stage),
                "{}",
                row.stage
            );
        }
    }
}
