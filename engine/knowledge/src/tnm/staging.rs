//! Whether categories exist for a site and edition, and which stage group they make.
//!
//! What is not stated is not guessed: where edition, part of the site or kind of tumour are open, every possibility is asked, and only what
//! all of them say is told. Editions 7 and 8 of the UICC classification (AJCC where the text names it). A missing M counts as M0, as both
//! classifications rule, and is flagged. It does not know how the site was found.

mod table;

use std::cell::OnceCell;

use befund_core::{Assertion, Document, Temporality, TnmRow, Validity};

use super::statement::flag_once;
use super::{measure, site};
use crate::plausibility::age_of;
use table::TABLES;
pub(crate) use table::{CATEGORIES, STAGES};

/// Fills site, validity and derived stage of a document's statements, which are in text order.
pub fn judge(document: &Document, rows: &mut [TnmRow]) {
    if rows.is_empty() {
        return;
    }
    let ajcc = names_ajcc_alone(document.text());
    let sites = site::of_statements(document, rows);
    let patient = Patient { document, psa_ng_ml: OnceCell::new(), age: OnceCell::new() };
    for (row, found) in rows.iter_mut().zip(sites) {
        let Some((site, schemas)) = found else { continue };
        row.site = Some(site.entry.name.to_owned());
        row.site_code = site.topography;
        row.site_source = Some(site.source.as_str().to_owned());
        let editions: &[&str] = match row.edition.as_deref() {
            None => &["7", "8"],
            Some("7") => &["7"],
            Some("8") => &["8"],
            Some(_) => &[],
        };
        let worlds: Vec<(&str, &str)> =
            editions.iter().flat_map(|edition| schemas.iter().map(move |schema| (*edition, *schema))).collect();
        if row.validity == Validity::Unknown {
            row.validity = validity(row, &worlds);
        }
        derive(&patient, row, &worlds, ajcc);
        row.flags.sort();
    }
}

/// The figures of the N categories for affected nodes, in any edition of any of the schemas.
pub(super) fn node_categories(schemas: &[&str]) -> Vec<char> {
    let lists = schemas.iter().flat_map(|schema| {
        [("7", "N"), ("8", "N"), ("7", "pN"), ("8", "pN")]
            .map(|(edition, axis)| TABLES.categories(edition, schema, axis))
    });
    let mut figures: Vec<char> = lists.flatten().flatten().filter_map(|code| code.chars().next()).collect();
    figures.retain(|figure| figure.is_ascii_digit() && *figure != '0');
    figures.sort_unstable();
    figures.dedup();
    figures
}

/// Whether a schema has categories in some edition.
#[cfg(test)]
pub(crate) fn knows(schema: &str) -> bool {
    ["7", "8"].iter().any(|edition| TABLES.categories(edition, schema, "T").is_some())
}

fn names_ajcc_alone(text: &str) -> bool {
    let has = |name: &[u8]| text.as_bytes().windows(4).any(|window| window.eq_ignore_ascii_case(name));
    has(b"AJCC") && !has(b"UICC")
}

/// The ends of a range, without "≥".
fn ends(value: &str) -> Vec<&str> {
    value.trim_start_matches('≥').split('-').collect()
}

fn validity(row: &TnmRow, worlds: &[(&str, &str)]) -> Validity {
    let verdicts: Vec<Validity> = worlds.iter().map(|(edition, schema)| exists(row, edition, schema)).collect();
    match verdicts.first() {
        Some(first) if verdicts.iter().all(|verdict| verdict == first) => *first,
        _ => Validity::Unknown,
    }
}

/// Whether every stated category exists in one edition of one schema.
fn exists(row: &TnmRow, edition: &str, schema: &str) -> Validity {
    let mut stated = 0;
    let mut verdict = Validity::Valid;
    let slots = [("T", &row.t, &row.t_prefix), ("N", &row.n, &row.n_prefix), ("M", &row.m, &row.m_prefix)];
    for (axis, value, prefix) in slots {
        // "+" is no category of the classification, and MX was one until edition 6.
        let Some(value) = value.as_deref().filter(|value| *value != "+" && !(axis == "M" && *value == "X")) else {
            continue;
        };
        stated += 1;
        let Some(general) = TABLES.categories(edition, schema, axis) else { return Validity::Unknown };
        let by_pathologist = || TABLES.categories(edition, schema, if axis == "T" { "pT" } else { "pN" });
        let narrow = if prefix.as_deref() == Some("p") && axis != "M" { by_pathologist() } else { None };
        let known = |code: &str| general.iter().any(|one| *one == code || one.starts_with(code));
        // A list for p may leave out subcategories that the general list has.
        let allowed = |code: &str| {
            known(code) && narrow.is_none_or(|codes| code == "0" || codes.iter().any(|one| code.starts_with(one)))
        };
        if !ends(value).into_iter().all(|code| code == "X" || allowed(code)) {
            verdict = Validity::Invalid;
        }
    }
    if stated == 0 { Validity::Unknown } else { verdict }
}

/// What a stage may hang on beside T, N and M.
struct Facts<'d> {
    patient: &'d Patient<'d>,
    grade: Option<String>,
    s: Option<String>,
    /// "c" or "p".
    n_prefix: Option<&'static str>,
    isup: Option<u32>,
}

/// What the document says of the patient, read when a table asks for it.
struct Patient<'d> {
    document: &'d Document,
    psa_ng_ml: OnceCell<Option<f64>>,
    age: OnceCell<Option<u32>>,
}

impl Patient<'_> {
    fn psa_ng_ml(&self) -> Option<f64> {
        *self.psa_ng_ml.get_or_init(|| measure::psa_ng_ml(self.document.text()))
    }

    fn age(&self) -> Option<u32> {
        *self.age.get_or_init(|| age_of(Some(self.document), self.document.text()))
    }
}

impl<'d> Facts<'d> {
    fn of(patient: &'d Patient<'d>, row: &TnmRow) -> Self {
        let by_patterns = match (row.gleason_primary, row.gleason_secondary) {
            (Some(3), Some(4)) => Some(2),
            (Some(4), Some(3)) => Some(3),
            (Some(a), Some(b)) => match a + b {
                0..=6 => Some(1),
                8 => Some(4),
                9..=10 => Some(5),
                _ => None,
            },
            _ => None,
        };
        Self {
            grade: row.grade.clone().filter(|grade| grade.len() == 1),
            s: row.s.clone(),
            n_prefix: row.n_prefix.as_deref().map(|prefix| if prefix == "p" { "p" } else { "c" }),
            isup: row.isup.or(by_patterns),
            patient,
        }
    }

    /// Whether a fact holds; `None` where it is not known.
    fn holds(&self, name: &str, value: &str) -> Option<bool> {
        let below =
            |limit: &str| limit.parse().ok().zip(self.patient.age()).map(|(limit, age): (u32, u32)| age < limit);
        match name {
            "grade" => self.grade.as_deref().map(|grade| grade == value),
            "s" => self.s.as_deref().map(|s| s == value),
            "n" => self.n_prefix.map(|prefix| prefix == value),
            "isup" => self.isup.map(|group| group.to_string() == value),
            "psa" => self.patient.psa_ng_ml().map(|psa| {
                value
                    == if psa < 10.0 {
                        "lt10"
                    } else if psa < 20.0 {
                        "10to20"
                    } else {
                        "ge20"
                    }
            }),
            "age" => match (value.strip_prefix("lt"), value.strip_prefix("ge")) {
                (Some(limit), _) => below(limit),
                (_, Some(limit)) => below(limit).map(|below| !below),
                _ => None,
            },
            _ => None,
        }
    }
}

fn derive(patient: &Patient, row: &mut TnmRow, worlds: &[(&str, &str)], ajcc: bool) {
    if row.t.is_none() && row.n.is_none() && row.m.is_none() || worlds.is_empty() {
        return;
    }
    let stated_m = row.m.as_deref().filter(|m| *m != "X");
    let is_fourth = row.stage.as_deref().is_some_and(|stage| stage.starts_with("IV"));
    if stated_m.is_none() && is_fourth {
        return;
    }
    let facts = Facts::of(patient, row);
    let mut stages = worlds.iter().map(|&(edition, schema)| {
        let schema = match (schema, ajcc) {
            ("prostate", true) => "prostate_ajcc",
            ("prostate", false) => "prostate_uicc",
            // AJCC 8 groups breast cancer by receptors, too.
            ("breast", true) if edition == "8" => return None,
            _ => schema,
        };
        stage_in(row, edition, schema, &facts)
    });
    let Some(Some(first)) = stages.next() else { return };
    if !stages.all(|stage| stage.as_deref() == Some(&first[..])) {
        return;
    }
    if stated_m.is_none() {
        flag_once(&mut row.flags, "m_assumed");
    }
    let comparable = row.assertion == Assertion::Affirmed
        && row.temporality == Temporality::Current
        && row.stage_system.as_deref().is_none_or(|system| system == "uicc");
    // "III" and "IIIB" do not contradict each other.
    let differs = row.stage.as_deref().is_some_and(|stated| !stated.starts_with(&first) && !first.starts_with(stated));
    if comparable && differs {
        flag_once(&mut row.flags, "stage_differs");
    }
    row.derived_stage = Some(first);
}

/// The stage group in one edition of one schema; of coarse categories the group that their finer ones share.
fn stage_in(row: &TnmRow, edition: &str, schema: &str, facts: &Facts<'_>) -> Option<String> {
    let rows = TABLES.stages(edition, schema)?;
    let list = |of: fn(&table::Row) -> &Option<Vec<&'static str>>| {
        let mut codes: Vec<&'static str> = rows.iter().filter_map(|row| of(row).as_ref()).flatten().copied().collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let t = finer(row.t.as_deref().unwrap_or("X"), row.t_prefix.as_deref(), &list(|row| &row.t))?;
    let n = finer(row.n.as_deref().unwrap_or("X"), None, &list(|row| &row.n))?;
    let m = finer(row.m.as_deref().filter(|m| *m != "X").unwrap_or("0"), None, &list(|row| &row.m))?;
    let mut found: Vec<&'static str> = Vec::new();
    let (n, m) = (&n, &m);
    for (t, n, m) in t.iter().flat_map(|t| n.iter().flat_map(move |n| m.iter().map(move |m| (*t, *n, *m)))) {
        let stage = group(rows, (t, n, m), facts)?;
        if !found.contains(&stage) {
            found.push(stage);
        }
    }
    shared(&found)
}

/// The categories of a table that a value may mean: itself, or the finer ones of a coarse value; all between the ends of a range.
fn finer<'a>(value: &'a str, prefix: Option<&str>, known: &[&'a str]) -> Option<Vec<&'a str>> {
    if value.starts_with('≥') || value == "+" {
        return None;
    }
    let own = known.iter().find(|one| prefix == Some("p") && one.strip_prefix('p') == Some(value));
    if let Some(own) = own {
        return Some(vec![own]);
    }
    let mut found = Vec::new();
    for end in value.split('-') {
        let below: Vec<&str> = known
            .iter()
            .copied()
            .filter(|one| one.len() > end.len() && one.starts_with(end) && !one.ends_with("mi"))
            .collect();
        // "T1" of a table that has T1 as a group of its own stays what it is.
        if below.is_empty() || known.contains(&end) {
            found.push(end);
        } else {
            found.extend(below);
        }
    }
    Some(found)
}

/// The one stage of the rows that speak of these categories and that no known fact excludes.
fn group(rows: &[table::Row], (t, n, m): (&str, &str, &str), facts: &Facts<'_>) -> Option<&'static str> {
    let possible = |row: &&table::Row| {
        row.is_of(t, n, m) && row.facts.iter().all(|(name, value)| facts.holds(name, value) != Some(false))
    };
    let mut found = rows.iter().filter(possible);
    let first = found.next()?;
    let rest: Vec<&table::Row> = found.collect();
    // A row that asks for something unknown does not stand for all that it may be.
    let settled = first.facts.iter().all(|(name, value)| facts.holds(name, value).is_some());
    let agreed = rest.iter().all(|row| row.stage == first.stage);
    (agreed && (settled || !rest.is_empty()) && first.stage != "-").then_some(first.stage)
}

/// The stage group that all are part of: IIIB and IIIC make III; `None` where there is none.
fn shared(stages: &[&str]) -> Option<String> {
    let (first, rest) = stages.split_first()?;
    let mut common = (*first).to_owned();
    for stage in rest {
        let same = common.chars().zip(stage.chars()).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    let numeral = |stage: &str| stage.chars().take_while(|c| matches!(c, 'I' | 'V')).count();
    let whole =
        stages.len() == 1 || numeral(first) > 0 && stages.iter().all(|stage| numeral(stage) == numeral(&common));
    (whole && !common.is_empty()).then_some(common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_share_their_numeral_or_nothing() {
        assert_eq!(shared(&["IIIB", "IIIC"]).as_deref(), Some("III"));
        assert_eq!(shared(&["IA1", "IA2"]).as_deref(), Some("IA"));
        assert_eq!(shared(&["IIA"]).as_deref(), Some("IIA"));
        assert_eq!(shared(&["IIA", "IIIA"]), None);
        assert_eq!(shared(&["0a", "0is"]), None);
        assert_eq!(shared(&["I", "IV"]), None);
    }
}
