//! The rows of one document as JSON, exactly as they would stand in the tables, and what is in none of them: for showing, not for storing.

use befund_core::{Failure, RefusedRow, Rows, Table};
use serde_json::{Map, Value};

use crate::cell::TableBuilder;
use crate::code_points::CodePoints;
use crate::read::row_of;
use crate::rows;

/// Table name -> rows, in the order of the tables; every column is there.
///
/// # Errors
/// A row does not fit its table.
pub fn rows_as_json(rows: &Rows) -> Result<Map<String, Value>, Failure> {
    let mut builders: Vec<TableBuilder> = Table::ALL.iter().map(|table| TableBuilder::new(*table)).collect();
    rows::append(rows, &mut builders)?;
    let mut tables = Map::new();
    for mut builder in builders {
        let name = builder.table().as_str();
        let batch = builder.finish()?;
        tables.insert(name.to_owned(), (0..batch.num_rows()).map(|row| Value::Object(row_of(&batch, row))).collect());
    }
    Ok(tables)
}

/// What was looked at for a stage and is not reported, one object each, without text: where it stands, who saw it, and why.
pub fn refusals_as_json(rows: &Rows) -> Vec<Map<String, Value>> {
    let text = rows.document.as_ref().map_or("", |document| document.text());
    let points = CodePoints::new(text);
    let object = |one: &RefusedRow| {
        let mut object = Map::new();
        object.insert("doc_id".into(), Value::from(&*rows.row.doc_id));
        object.insert("label".into(), Value::from(one.label.as_str()));
        let places = [
            ("begin", points.at(one.span.start)),
            ("end", points.at(one.span.end)),
            ("byte_begin", one.span.start),
            ("byte_end", one.span.end),
        ];
        object.extend(places.map(|(name, at)| (name.to_owned(), Value::from(at))));
        object.insert("found_by".into(), Value::from(one.found_by.as_str()));
        object.insert("reason".into(), Value::from(one.reason.as_str()));
        object
    };
    rows.refused.iter().map(object).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use befund_core::{Document, FoundBy, Label, Language, Refusal, Span};

    #[test]
    fn every_table_is_named_and_the_document_is_in_its_own() {
        let document = Document::new(0, "s", "brief-1", "Grüße");
        let tables = rows_as_json(&Rows::of(&document, Language::De)).unwrap();
        assert_eq!(
            tables.keys().map(String::as_str).collect::<Vec<_>>(),
            Table::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>()
        );
        assert_eq!(tables["documents"][0]["doc_id"], "brief-1");
        assert_eq!(tables["documents"][0]["n_chars"], 5);
    }

    #[test]
    fn a_refusal_says_where_and_why_and_never_what() {
        let document = Document::new(0, "s", "brief-1", "für T2-Wichtung");
        let mut rows = Rows::of(&document, Language::De);
        let span = Span::new(5, 7);
        rows.refused.push(RefusedRow { label: Label::T, span, found_by: FoundBy::Rule, reason: Refusal::CueAgainst });
        let line = Value::Object(refusals_as_json(&rows).remove(0)).to_string();
        let expected = r#"{"doc_id":"brief-1","label":"T","begin":4,"end":6,"byte_begin":5,"byte_end":7,"found_by":"rule","reason":"cue_against"}"#;
        assert_eq!(line, expected);
    }
}
