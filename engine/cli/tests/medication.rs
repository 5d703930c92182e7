//! Medication lines and the rows they must give, one case a line in `medication/cases.tsv`, through sections, rules and context.
//!
//! A line is: language, tab, text ("\n" is a line break), tab, rows. Rows are parted by " | "; each is `INN; daily amount; status`, "-" where
//! a column is empty. "none" is no row. The cases were written from the requirements, before any line of the gold was looked at.

// A test that cannot set up has nothing to say.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

/// The rows of a text as a case writes them.
fn rows(text: &str) -> String {
    let rows = common::medication_by_rules(text);
    let row = |row: &befund_job::MedicationRow| {
        let daily = row.daily_value.zip(row.daily_unit.as_deref()).map(|(value, unit)| format!("{value} {unit}"));
        format!("{}; {}; {}", row.inn.as_deref().unwrap_or("-"), daily.as_deref().unwrap_or("-"), row.status.as_str())
    };
    if rows.medications.is_empty() {
        return "none".to_owned();
    }
    rows.medications.iter().map(row).collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_form_of_the_requirements_gives_its_rows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/medication/cases.tsv");
    let table = std::fs::read_to_string(path).unwrap();
    let (mut n, mut wrong) = (0, Vec::new());
    for (i, line) in table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let [_, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("line {}", i + 1) };
        n += 1;
        let read = rows(&text.replace("\\n", "\n"));
        if read != expected {
            wrong.push(format!("{}: {text}\n    want {expected}\n    read {read}", i + 1));
        }
    }
    assert!(n >= 200);
    assert!(wrong.is_empty(), "{} of {n}\n{}", wrong.len(), wrong.join("\n"));
}
