//! A statement as Observations: the group first, then its members, then residual tumour and grade.

use serde_json::{Value, json};

use super::super::Source;
use super::super::left_out::Reason;
use super::super::statement::{Axis, Statement, grade_code};
use super::codes::{self, DEFINITIONS, GRADING, ICD_O_3, LOINC, RESIDUAL, SNOMED, UCUM, UICC};
use super::observation::{Frame, Observation, concept, loinc, snomed};

/// Parts that are not exported as they are.
type Lost = Vec<(&'static str, Reason)>;

/// Whether there is something that the group can hold: FIGO and the like have no place in it.
pub(super) fn has_group(statement: &Statement<'_>) -> bool {
    Axis::ALL.iter().any(|axis| statement.axis(*axis).is_some()) || statement.uicc_stage().is_some()
}

/// The Observations of a statement, and what is not in them.
pub(super) fn observations(statement: &Statement<'_>, source: &Source<'_>, patient: &str) -> (Vec<Value>, Lost) {
    let frame = Frame::new(statement, source, patient);
    let mut lost = Lost::new();
    let mut members: Vec<Observation> = Vec::new();
    let counts = node_counts(statement, &frame);
    for axis in Axis::ALL {
        let Some(observation) = category(statement, axis, &frame, &mut lost) else { continue };
        members.push(if axis == Axis::N { observation.members(counts.iter()) } else { observation });
    }
    let has_n = statement.axis(Axis::N).is_some();
    members.extend(letters(statement, &frame, &mut lost));
    members.extend(symbols(statement, &frame, &mut lost));
    // Without an N the counts belong to the group.
    let of_group = members.iter().chain(counts.iter().filter(|_| !has_n));
    let group = group(statement, &frame, &mut lost).members(of_group);
    let apart = [residual(statement, &frame, &mut lost), grade(statement, &frame, &mut lost)];
    let all = std::iter::once(group).chain(members).chain(counts).chain(apart.into_iter().flatten());
    for (column, name) in
        [("gleason_primary", "gleason"), ("isup", "isup"), ("breslow_mm", "breslow_mm"), ("clark", "clark")]
    {
        if statement.number(column).is_some() || statement.text(column).is_some() {
            lost.push((name, Reason::NoPlace));
        }
    }
    (all.map(Observation::json).collect(), lost)
}

fn group(statement: &Statement<'_>, frame: &Frame<'_>, lost: &mut Lost) -> Observation {
    let prefixes: Vec<Option<&str>> =
        [Axis::T, Axis::N].iter().filter_map(|axis| statement.axis(*axis)).map(|category| category.prefix).collect();
    let [any, clinical, pathological] = codes::GROUP;
    let (code, name) = if prefixes.contains(&Some("p")) {
        (pathological, "pathological TNM")
    } else if !prefixes.is_empty() && prefixes.iter().all(|prefix| matches!(prefix, Some("c" | "u"))) {
        (clinical, "clinical TNM")
    } else {
        (any, "TNM")
    };
    let stage = statement.text("stage").filter(|stage| {
        let is_uicc = statement.uicc_stage() == Some(stage);
        if !is_uicc {
            let is_named = statement.text("stage_system").is_some();
            lost.push(("stage", if is_named { Reason::NoPlace } else { Reason::SystemNotStated }));
        }
        is_uicc
    });
    let coded = stage.is_none_or(codes::is_stage);
    if !coded {
        lost.push(("stage", Reason::NoCode));
    }
    let value = stage.map(|stage| if coded { concept(&[(UICC, stage)], stage) } else { concept(&[], stage) });
    let site = statement.topography().map(|code| concept(&[(ICD_O_3, code)], statement.text("site").unwrap_or(code)));
    let group = frame.observation("", snomed(code, name));
    let group = if coded { group.profile("mii-pr-onko-tnm-klassifikation") } else { group };
    group
        .with("valueCodeableConcept", value)
        .with("note", note(statement))
        .with("bodySite", site)
        .with("method", frame.method())
}

/// What to look at, and the stage group that was derived, not stated.
fn note(statement: &Statement<'_>) -> Option<Value> {
    let mut notes: Vec<String> = Vec::new();
    let flags = statement.flags();
    if !flags.is_empty() {
        notes.push(format!("befund flags: {}", flags.join(", ")));
    }
    if statement.text("validity") == Some("invalid") {
        notes.push("befund: the categories do not exist for this site and edition".to_owned());
    }
    notes.extend(
        statement.text("derived_stage").map(|stage| format!("befund derived stage group, not stated: {stage}")),
    );
    let notes: Vec<Value> = notes.into_iter().map(|text| json!({ "text": text })).collect();
    (!notes.is_empty()).then_some(Value::Array(notes))
}

fn category(statement: &Statement<'_>, axis: Axis, frame: &Frame<'_>, lost: &mut Lost) -> Option<Observation> {
    let category = statement.axis(axis)?;
    let letter = axis.letter();
    let [any, clinical, pathological] = codes::axis(letter);
    let code = match category.prefix {
        Some("p") => pathological,
        Some("c" | "u") => clinical,
        _ => any,
    };
    let mut code = snomed(code, &format!("{letter} category"));
    if let Some(prefix) = category.prefix {
        code["extension"] = json!([extension("mii-ex-onko-tnm-cp-praefix", prefix)]);
    }
    // DCIS and the like are codes of their own; what else stands behind T and M has no place.
    let whole = format!("{}{}", category.value, category.suffix);
    let value = if axis == Axis::T && codes::is_uicc(letter, &whole) { whole.as_str() } else { category.value };
    let coded = codes::is_uicc(letter, value);
    let written = format!("{}{letter}{whole}", category.prefix.unwrap_or(""));
    let mut concept =
        if coded { concept(&[(UICC, &format!("{letter}{value}"))], &written) } else { concept(&[], &written) };
    if !coded {
        lost.push((letter, if category.is_range() { Reason::Range } else { Reason::NoCode }));
    }
    let suffixes: Vec<Value> = suffixes(axis, category.suffix);
    if !suffixes.is_empty() {
        concept["extension"] = Value::Array(suffixes);
    }
    let profile = match axis {
        Axis::T => "mii-pr-onko-tnm-t-kategorie",
        Axis::N => "mii-pr-onko-tnm-n-kategorie",
        Axis::M => "mii-pr-onko-tnm-m-kategorie",
    };
    let observation =
        frame.observation(letter, code).with("valueCodeableConcept", Some(concept)).with("method", frame.method());
    Some(if coded { observation.profile(profile) } else { observation })
}

/// `(sn)`, `(i+)` and `(mol-)` of N and M.
fn suffixes(axis: Axis, written: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if axis == Axis::T {
        return found;
    }
    found.extend(
        ["i+", "i-", "mol+", "mol-"]
            .iter()
            .find(|code| written.contains(*code))
            .map(|code| extension("mii-ex-onko-tnm-itc-suffix", code)),
    );
    if axis == Axis::N && written.contains("sn") {
        found.push(extension("mii-ex-onko-tnm-sn-suffix", "sn"));
    }
    found
}

fn extension(name: &str, code: &str) -> Value {
    json!({ "url": format!("{DEFINITIONS}{name}"), "valueCodeableConcept": { "coding": [{ "system": UICC, "code": code }] } })
}

fn letters(statement: &Statement<'_>, frame: &Frame<'_>, lost: &mut Lost) -> Vec<Observation> {
    let all = [
        ("l", "L", "395715009", "lymphatic invasion", "mii-pr-onko-tnm-l-kategorie"),
        ("v", "V", "371493002", "venous invasion", "mii-pr-onko-tnm-v-kategorie"),
        ("pn", "Pn", "371513001", "perineural invasion", "mii-pr-onko-tnm-pn-kategorie"),
        ("s", "S", "399424006", "serum tumour markers", "mii-pr-onko-tnm-s-kategorie"),
    ];
    let mut found = Vec::new();
    for (column, letter, code, name, profile) in all {
        let Some(value) = statement.text(column) else { continue };
        let written = format!("{letter}{value}");
        let observation = frame.observation(letter, snomed(code, name)).with("method", frame.method());
        found.push(if codes::is_uicc(letter, value) {
            observation.profile(profile).with("valueCodeableConcept", Some(concept(&[(UICC, &written)], &written)))
        } else {
            lost.push((letter, Reason::NoCode));
            observation.with("valueCodeableConcept", Some(concept(&[], &written)))
        });
    }
    found
}

/// y, r, a and m.
fn symbols(statement: &Statement<'_>, frame: &Frame<'_>, lost: &mut Lost) -> Vec<Observation> {
    let signs = [
        ("y", "y", "101658-3", "421755005", "mii-pr-onko-tnm-y-symbol"),
        ("r_recurrence", "r", "101659-1", "421188008", "mii-pr-onko-tnm-r-symbol"),
        ("a_autopsy", "a", "101660-9", "421426001", "mii-pr-onko-tnm-a-symbol"),
    ];
    let held = signs.into_iter().filter(|(column, ..)| statement.holds(column));
    let mut found: Vec<Observation> = held
        .map(|(_, sign, code, value, profile)| {
            let observation = frame.observation(sign, loinc(code, &format!("{sign} symbol"))).profile(profile);
            observation.with("valueCodeableConcept", Some(snomed(value, sign)))
        })
        .collect();
    if let Some(written) = statement.text("multiplicity") {
        let number = written.strip_prefix('m').filter(|number| !number.is_empty()).unwrap_or(written);
        let coded = number == "m" || number.parse::<u8>().is_ok_and(|n| (2..=10).contains(&n));
        let observation = frame.observation("m", loinc("42030-7", "multiple primary tumours"));
        found.push(if coded {
            let value = concept(&[(UICC, number)], &format!("({written})"));
            observation.profile("mii-pr-onko-tnm-m-symbol").with("valueCodeableConcept", Some(value))
        } else {
            lost.push(("m", Reason::NoCode));
            observation.with("valueCodeableConcept", Some(concept(&[], &format!("({written})"))))
        });
    }
    found
}

fn node_counts(statement: &Statement<'_>, frame: &Frame<'_>) -> Vec<Observation> {
    let all = [
        ("nodes_positive", "21893-3", "lymph nodes with tumour", "mii-pr-onko-anzahl-befallene-lymphknoten"),
        ("nodes_examined", "21894-1", "lymph nodes examined", "mii-pr-onko-anzahl-untersuchte-lymphknoten"),
        (
            "sentinel_positive",
            "92832-5",
            "sentinel nodes with tumour",
            "mii-pr-onko-anzahl-befallene-sentinel-lymphknoten",
        ),
        (
            "sentinel_examined",
            "85347-3",
            "sentinel nodes examined",
            "mii-pr-onko-anzahl-untersuchte-sentinel-lymphknoten",
        ),
    ];
    let count = |(column, code, name, profile): (&str, &str, &str, &str)| {
        let value = json!({ "value": statement.count(column)?, "unit": "1", "system": UCUM, "code": "1" });
        let observation = frame.observation(column, loinc(code, name)).laboratory().profile(profile);
        Some(observation.with("valueQuantity", Some(value)))
    };
    all.into_iter().filter_map(count).collect()
}

fn residual(statement: &Statement<'_>, frame: &Frame<'_>, lost: &mut Lost) -> Option<Observation> {
    let value = statement.text("r")?;
    let written = format!("R{value}");
    let observation = frame.observation("R", concept(&[(LOINC, "84892-9"), (SNOMED, "445200009")], "residual tumour"));
    Some(if ["0", "1", "2", "X", "1(is)", "1(cy+)"].contains(&value) {
        let value = concept(&[(RESIDUAL, &written)], &written);
        observation.profile("mii-pr-onko-residualstatus").with("valueCodeableConcept", Some(value))
    } else {
        lost.push(("R", Reason::NoCode));
        observation.with("valueCodeableConcept", Some(concept(&[], &written)))
    })
}

fn grade(statement: &Statement<'_>, frame: &Frame<'_>, lost: &mut Lost) -> Option<Observation> {
    let grade = statement.text("grade")?;
    let written = format!("G{grade}");
    let observation = frame.observation("G", loinc("33732-9", "histological grade")).laboratory();
    Some(match grade_code(grade) {
        Some(code) => observation
            .profile("mii-pr-onko-grading")
            .with("valueCodeableConcept", Some(concept(&[(GRADING, code)], &written))),
        None => {
            lost.push(("G", Reason::NoCode));
            observation.with("valueCodeableConcept", Some(concept(&[], &written)))
        }
    })
}
