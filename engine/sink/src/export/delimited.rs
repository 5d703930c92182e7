//! Tables as CSV: one file a table with the columns of `befund schema`, and `tnm_people.csv`, which says each stage statement as people do.
//!
//! Null is an empty field, lists are joined by `|`. Nothing is interpreted here but what a spreadsheet would spoil.

mod people;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use befund_core::{Failure, Table};
use serde_json::Value;

use super::CsvDialect;
use super::folder::{Folder, cannot_write};
use super::statement::Statement;
use crate::read::each_row;
use crate::schema;

/// Writes every table; returns the rows written.
pub(crate) fn write(dataset: &Path, dialect: CsvDialect, folder: &mut Folder) -> Result<u64, Failure> {
    let mut n_rows = 0;
    for table in Table::ALL {
        let names: Vec<&str> = schema::of(*table).columns.iter().map(|column| column.name).collect();
        let mut sheet = Sheet::create(folder, &format!("{table}.csv"), dialect, &names)?;
        each_row(dataset, *table, |row| {
            n_rows += 1;
            sheet.row(names.iter().map(|name| row.get(*name).map_or_else(String::new, |value| dialect.cell(value))))
        })?;
        sheet.close()?;
    }
    let mut sheet = Sheet::create(folder, "tnm_people.csv", dialect, &people::COLUMNS)?;
    each_row(dataset, Table::Tnm, |row| sheet.row(people::row(Statement::new(row)).into_iter()))?;
    sheet.close()?;
    Ok(n_rows)
}

impl CsvDialect {
    /// A value as a field.
    fn cell(self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Number(number) if self == Self::Excel && number.is_f64() => number.to_string().replace('.', ","),
            Value::Array(items) => items.iter().map(|item| self.cell(item)).collect::<Vec<_>>().join("|"),
            other => other.to_string(),
        }
    }

    /// A spreadsheet takes a field that begins with one of these for a formula, wherever the words came from; an apostrophe keeps it text.
    fn guarded(self, field: String) -> String {
        let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if self == Self::Excel && is_formula { format!("'{field}") } else { field }
    }
}

/// One file.
struct Sheet {
    name: String,
    dialect: CsvDialect,
    lines: csv::Writer<BufWriter<File>>,
}

impl Sheet {
    fn create(folder: &mut Folder, name: &str, dialect: CsvDialect, columns: &[&str]) -> Result<Self, Failure> {
        let mut file = folder.file(name)?;
        if dialect == CsvDialect::Excel {
            file.write_all("\u{feff}".as_bytes()).map_err(|error| cannot_write(Path::new(name), error))?;
        }
        let separator = if dialect == CsvDialect::Excel { b';' } else { b',' };
        let lines = csv::WriterBuilder::new().delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(file);
        let mut sheet = Self { name: name.to_owned(), dialect, lines };
        sheet.row(columns.iter().map(ToString::to_string))?;
        Ok(sheet)
    }

    fn row(&mut self, fields: impl Iterator<Item = String>) -> Result<(), Failure> {
        let fields = fields.map(|field| self.dialect.guarded(field));
        self.lines
            .write_record(fields.map(String::into_bytes))
            .map_err(|error| cannot_write(Path::new(&self.name), error))
    }

    fn close(mut self) -> Result<(), Failure> {
        self.lines.flush().map_err(|error| cannot_write(Path::new(&self.name), error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_plain_for_programs_and_safe_for_a_spreadsheet() {
        let (programs, excel) = (CsvDialect::Programs, CsvDialect::Excel);
        for (value, plain, german) in [
            (json!(null), "", ""),
            (json!(1.25), "1.25", "1,25"),
            (json!(12), "12", "12"),
            (json!(true), "true", "true"),
            (json!(["ocr_zero", "range"]), "ocr_zero|range", "ocr_zero|range"),
            (json!([1.0, 0.5]), "1.0|0.5", "1,0|0,5"),
            (json!("=1+1"), "=1+1", "'=1+1"),
            (json!("+"), "+", "'+"),
        ] {
            assert_eq!(programs.guarded(programs.cell(&value)), plain);
            assert_eq!(excel.guarded(excel.cell(&value)), german);
        }
    }
}
