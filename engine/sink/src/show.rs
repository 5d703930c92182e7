//! The rows of one document as JSON, exactly as they would stand in the tables: for showing, not for storing.

use befund_core::{Failure, Rows, Table};
use serde_json::{Map, Value};

use crate::cell::TableBuilder;
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

#[cfg(test)]
mod tests {
    use super::*;
    use befund_core::{Document, Language};

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
}
