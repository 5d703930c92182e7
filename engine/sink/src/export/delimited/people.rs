//! A stage statement in the words of people, one column a question.
//!
//! No field looks like a date or a formula to a spreadsheet: categories come with their letters, counts as "2 of 14".

use super::super::statement::{Axis, Statement};

pub(super) const COLUMNS: [&str; 14] = [
    "document",
    "stage statement",
    "nodes",
    "stage group",
    "edition",
    "other",
    "site",
    "holds",
    "time",
    "valid for site",
    "derived stage group",
    "look at",
    "as written",
    "characters",
];

/// The fields of `COLUMNS`.
pub(super) fn row(statement: Statement<'_>) -> [String; 14] {
    let text = |column: &str| statement.text(column).unwrap_or("").to_owned();
    let place = |column: &str| statement.count(column).map_or_else(String::new, |n| n.to_string());
    let site = match (statement.text("site"), statement.topography()) {
        (Some(name), Some(code)) if name != code => format!("{name} ({code})"),
        (name, code) => name.or(code).unwrap_or("").to_owned(),
    };
    [
        text("doc_id"),
        if statement.flags().contains(&"inferred") {
            format!("inferred: {}", formula(&statement))
        } else {
            formula(&statement)
        },
        nodes(&statement),
        stage(&statement),
        text("edition"),
        others(&statement),
        site,
        text("assertion"),
        text("temporality"),
        text("validity"),
        text("derived_stage"),
        statement.flags().join(", "),
        text("text").split_whitespace().collect::<Vec<_>>().join(" "),
        format!("{} to {}", place("begin"), place("end")),
    ]
}

/// `ypT3(m) pN1a(sn) cM0 L1 V0 Pn0 R0 G2`
fn formula(statement: &Statement<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut signs: String = [("a_autopsy", 'a'), ("r_recurrence", 'r'), ("y", 'y')]
        .iter()
        .filter(|(column, _)| statement.holds(column))
        .map(|(_, sign)| sign)
        .collect();
    for axis in Axis::ALL {
        let Some(category) = statement.axis(axis) else { continue };
        let many =
            statement.text("multiplicity").filter(|_| axis == Axis::T).map_or_else(String::new, |m| format!("({m})"));
        let prefix = category.prefix.unwrap_or("");
        parts.push(format!("{signs}{prefix}{}{}{many}{}", axis.letter(), category.value, category.suffix));
        signs.clear();
    }
    let letters = [("L", "l"), ("V", "v"), ("Pn", "pn"), ("S", "s"), ("R", "r"), ("G", "grade")];
    parts.extend(letters.iter().filter_map(|(letter, column)| Some(format!("{letter}{}", statement.text(column)?))));
    parts.join(" ")
}

fn nodes(statement: &Statement<'_>) -> String {
    let said = |positive: &str, examined: &str, which: &str| {
        let count = |column| statement.count(column).map_or_else(|| "?".to_owned(), |n| n.to_string());
        let known = statement.count(positive).is_some() || statement.count(examined).is_some();
        known.then(|| format!("{} of {}{which}", count(positive), count(examined)))
    };
    let all =
        [said("nodes_positive", "nodes_examined", ""), said("sentinel_positive", "sentinel_examined", " sentinel")];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn stage(statement: &Statement<'_>) -> String {
    let system = statement.text("stage_system").unwrap_or("").replace('_', " ");
    statement.text("stage").map_or_else(String::new, |stage| format!("{system} {stage}").trim().to_owned())
}

fn others(statement: &Statement<'_>) -> String {
    let gleason = statement.count("gleason_primary").zip(statement.count("gleason_secondary"));
    [
        gleason.map(|(first, second)| format!("Gleason {first} + {second} = {}", first + second)),
        statement.count("isup").map(|group| format!("ISUP {group}")),
        statement.number("breslow_mm").map(|depth| format!("Breslow {depth} mm")),
        statement.text("clark").map(|level| format!("Clark {level}")),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_statement_reads_as_a_pathologist_writes_it() {
        let value = json!({
            "doc_id": "d", "statement_id": 0, "begin": 3, "end": 40, "text": "ypT3 (m)\n pN1a", "t": "3", "n": "1a", "m": "0", "t_prefix": "p",
            "n_prefix": "p", "m_prefix": "c", "n_suffix": "(sn)", "multiplicity": "m", "y": true, "l": "1", "pn": "0", "r": "0", "grade": "2",
            "nodes_positive": 2, "nodes_examined": 14, "sentinel_positive": 1, "sentinel_examined": null, "stage": "IIIB", "stage_system": "uicc",
            "gleason_primary": 3, "gleason_secondary": 4, "breslow_mm": 1.25, "site": "C50", "assertion": "affirmed", "temporality": "current",
            "validity": "valid", "flags": ["range", "conflict"]
        });
        let fields = row(Statement::new(value.as_object().unwrap()));
        assert_eq!(fields[1], "ypT3(m) pN1a(sn) cM0 L1 Pn0 R0 G2");
        assert_eq!(fields[2], "2 of 14, 1 of ? sentinel");
        assert_eq!([&fields[3], &fields[5], &fields[6]], ["uicc IIIB", "Gleason 3 + 4 = 7, Breslow 1.25 mm", "C50"]);
        assert_eq!([&fields[11], &fields[12], &fields[13]], ["range, conflict", "ypT3 (m) pN1a", "3 to 40"]);
        let inferred = json!({"t": "2", "flags": ["inferred"]});
        assert_eq!(row(Statement::new(inferred.as_object().unwrap()))[1], "inferred: T2");
    }
}
