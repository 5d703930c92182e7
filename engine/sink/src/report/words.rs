//! How single rows read: a category with its prefixes, a stage, an amount, a name. Shared by the listings, the plots and the documents.

use befund_core::{Assertion, Temporality};
use serde_json::{Map, Value};

use crate::read::{ReadDocument, ReadMention};

pub(super) type Row = Map<String, Value>;

/// A column of text; "" where it is null.
pub(super) fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).and_then(Value::as_str).unwrap_or("")
}

pub(super) fn number(row: &Row, column: &str) -> Option<f64> {
    row.get(column)?.as_f64()
}

pub(super) fn is_set(row: &Row, column: &str) -> bool {
    row.get(column).and_then(Value::as_bool).unwrap_or(false)
}

/// A list of numbers of mentions.
pub(super) fn mention_ids(row: &Row) -> impl Iterator<Item = u32> + '_ {
    let items = row.get("mention_ids").and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|id| id.as_u64()?.try_into().ok())
}

/// A list of words, joined.
pub(super) fn joined(row: &Row, column: &str) -> String {
    let items = row.get(column).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// `t`, `n` or `m` as it is written: ypT2a(m), cN1, M0; "" where it is not stated. Whether y, r and a were stated for each category is not in the
/// row, so they stand before the first.
pub(super) fn category(row: &Row, column: &str) -> String {
    let value = text(row, column);
    if value.is_empty() {
        return String::new();
    }
    let of = |part: &str| text(row, &format!("{column}{part}")).to_owned();
    let multiplicity = match text(row, "multiplicity") {
        "" => String::new(),
        _ if column != "t" => String::new(),
        several => format!("({several})"),
    };
    format!("{}{}{value}{}{multiplicity}", of("_prefix"), column.to_uppercase(), of("_suffix"))
}

/// y, r and a of a statement.
pub(super) fn prefixes(row: &Row) -> String {
    let letters = [("y", "y"), ("r_recurrence", "r"), ("a_autopsy", "a")];
    letters.iter().filter(|(column, _)| is_set(row, column)).map(|(_, letter)| *letter).collect()
}

/// T, N and M in one line, with a word before them where they are not what the text says.
pub(super) fn tnm(row: &Row) -> String {
    let said = ["t", "n", "m"].map(|column| category(row, column));
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let inferred = if is_flagged(row, "inferred") { "inferred: " } else { "" };
    if said.is_empty() { String::new() } else { format!("{inferred}{}{}", prefixes(row), said.join(" ")) }
}

/// What else a statement says: nodes, invasion, margins, grade, scores.
pub(super) fn further(row: &Row) -> String {
    let mut said = Vec::new();
    if let (Some(positive), Some(examined)) = (number(row, "nodes_positive"), number(row, "nodes_examined")) {
        said.push(format!("nodes {positive}/{examined}"));
    }
    if let (Some(positive), Some(examined)) = (number(row, "sentinel_positive"), number(row, "sentinel_examined")) {
        said.push(format!("sentinel {positive}/{examined}"));
    }
    for (column, name) in [("l", "L"), ("v", "V"), ("pn", "Pn"), ("s", "S"), ("r", "R"), ("grade", "G")] {
        if !text(row, column).is_empty() {
            said.push(format!("{name}{}", text(row, column)));
        }
    }
    if let (Some(primary), Some(secondary)) = (number(row, "gleason_primary"), number(row, "gleason_secondary")) {
        said.push(format!("Gleason {primary}+{secondary}"));
    }
    if let Some(group) = number(row, "isup") {
        said.push(format!("ISUP {group}"));
    }
    if let Some(depth) = number(row, "breslow_mm") {
        said.push(format!("Breslow {depth} mm"));
    }
    if !text(row, "clark").is_empty() {
        said.push(format!("Clark {}", text(row, "clark")));
    }
    said.join(" ")
}

/// The stage group as stated, with its system where that is not UICC.
pub(super) fn stated_stage(row: &Row) -> String {
    with_system(row, text(row, "stage"))
}

fn with_system(row: &Row, stage: &str) -> String {
    match text(row, "stage_system") {
        _ if stage.is_empty() => String::new(),
        "figo" => format!("FIGO {stage}"),
        "ann_arbor" => format!("Ann Arbor {stage}"),
        _ => stage.to_owned(),
    }
}

/// An amount with its unit.
pub(super) fn amount(row: &Row, value: &str, unit: &str) -> String {
    number(row, value).map_or_else(String::new, |amount| format!("{amount} {}", text(row, unit)).trim().to_owned())
}

/// The preferred name of a mention, or its text in one line and lower case.
pub(super) fn name_of(mention: &ReadMention) -> String {
    let written = || mention.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    mention.name.clone().unwrap_or_else(written)
}

/// A mention by its number.
pub(super) fn mention(document: &ReadDocument, id: u32) -> Option<&ReadMention> {
    let place = document.mentions.binary_search_by_key(&id, |mention| mention.mention_id).ok()?;
    document.mentions.get(place)
}

fn is_flagged(row: &Row, flag: &str) -> bool {
    row.get("flags").and_then(Value::as_array).is_some_and(|flags| flags.iter().any(|one| one == flag))
}

/// A statement that is affirmed, current and about the patient, not a relative; stated, not inferred.
pub(super) fn holds_now(row: &Row) -> bool {
    if is_flagged(row, "family") || is_flagged(row, "inferred") {
        return false;
    }
    text(row, "assertion") == Assertion::Affirmed.as_str() && text(row, "temporality") == Temporality::Current.as_str()
}

/// Language in words.
pub(super) fn language(code: &str) -> &str {
    match code {
        "de" => "German",
        "en" => "English",
        "" => "language unknown",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: Value) -> Row {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_statement_reads_as_a_pathologist_writes_it() {
        let row = row(json!({
            "t": "2a", "t_prefix": "p", "n": "1mi", "n_prefix": "p", "n_suffix": "(sn)", "m": "0", "m_prefix": null, "y": true,
            "multiplicity": "m2", "nodes_positive": 1, "nodes_examined": 17, "l": "0", "pn": "1", "gleason_primary": 3,
            "gleason_secondary": 4, "breslow_mm": 1.25, "stage": "IIIB", "stage_system": "figo"
        }));
        assert_eq!(tnm(&row), "ypT2a(m2) pN1mi(sn) M0");
        assert_eq!(further(&row), "nodes 1/17 L0 Pn1 Gleason 3+4 Breslow 1.25 mm");
        assert_eq!(stated_stage(&row), "FIGO IIIB");
    }

    #[test]
    fn an_inferred_category_is_not_shown_or_counted_as_stated() {
        let stated = json!({"t": "2", "assertion": "affirmed", "temporality": "current", "flags": []});
        let mut inferred = row(stated.clone());
        inferred.insert("flags".into(), json!(["inferred"]));
        assert_eq!((tnm(&row(stated.clone())).as_str(), holds_now(&row(stated))), ("T2", true));
        assert_eq!((tnm(&inferred).as_str(), holds_now(&inferred)), ("inferred: T2", false));
    }

    #[test]
    fn what_was_not_stated_is_empty() {
        let row =
            row(json!({"t": null, "stage": null, "stage_system": "figo", "daily_value": null, "daily_unit": "mg"}));
        assert_eq!((tnm(&row), further(&row), stated_stage(&row)), Default::default());
        assert_eq!(amount(&row, "daily_value", "daily_unit"), "");
    }
}
