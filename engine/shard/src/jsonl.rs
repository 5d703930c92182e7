//! JSON Lines: one object a line with `doc_id`, `text` and any further fields, which become metadata.
//!
//! Lines are read one at a time with a bound, so neither a large file nor a file without line breaks fills the memory. A byte order mark
//! at the head of the file is framing, not text, and is skipped; blank lines are no records.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use befund_core::{FaultKind, Text};
use serde_json::{Map, Value};

use crate::inputs::InputFile;
use crate::record::{Broken, Record, Records, Whole};

/// A JSON escape spends up to six bytes on one byte of text.
const ESCAPE_FACTOR: u64 = 6;
/// Room for the other fields of a line.
const FIELDS_BYTES: u64 = 1 << 20;

/// The records of a JSON Lines file.
pub(crate) struct JsonLines {
    reader: BufReader<File>,
    name: String,
    max_line: u64,
    max_bytes: u64,
    line: Vec<u8>,
    n_lines: u64,
    offset: u64,
    done: bool,
}

impl JsonLines {
    pub fn open(file: &InputFile, max_bytes: u64) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::with_capacity(1 << 18, File::open(&file.path)?),
            name: file.name.to_string(),
            max_line: max_bytes.saturating_mul(ESCAPE_FACTOR).saturating_add(FIELDS_BYTES),
            max_bytes,
            line: Vec::new(),
            n_lines: 0,
            offset: 0,
            done: false,
        })
    }

    /// Reads the next line into `line`; false at the end of the file. A line over the bound is cut and the rest skipped.
    fn read_line(&mut self) -> io::Result<bool> {
        if self.line.capacity() > 1 << 22 {
            self.line = Vec::new();
        }
        self.line.clear();
        let read = self.reader.by_ref().take(self.max_line + 1).read_until(b'\n', &mut self.line)?;
        self.offset += read as u64;
        if read as u64 > self.max_line && self.line.last() != Some(&b'\n') {
            self.offset += skip_line(&mut self.reader)?;
        }
        self.n_lines += u64::from(read > 0);
        Ok(read > 0)
    }

    fn record_id(&self) -> String {
        format!("{}:{}", self.name, self.n_lines)
    }

    fn parse(&self, start: u64) -> Record {
        let bytes = trimmed(&self.line, start);
        let start = start + (bytes.as_ptr() as usize - self.line.as_ptr() as usize) as u64;
        if self.line.len() as u64 > self.max_line {
            let what = format!("the line is longer than a document of {} bytes can need", self.max_bytes);
            return Broken::new(self.record_id(), FaultKind::TooLarge, what).at(start).into();
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return self.invalid_utf8(bytes, start + error.valid_up_to() as u64),
        };
        match serde_json::from_str::<Map<String, Value>>(text) {
            Ok(fields) => self.record(fields, start),
            Err(error) => {
                // Syntax messages of serde_json name what was expected, never what stood there.
                let what = if error.is_data() { "the line is not a JSON object".to_owned() } else { syntax(&error) };
                let at = start + error.column().saturating_sub(1) as u64;
                Broken::new(self.record_id(), FaultKind::Malformed, what).at(at).into()
            }
        }
    }

    fn record(&self, mut fields: Map<String, Value>, start: u64) -> Record {
        let doc_id = match fields.shift_remove("doc_id") {
            Some(Value::String(id)) if !id.is_empty() => id,
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => number.to_string(),
            None | Some(Value::Null | Value::String(_)) => {
                return Broken::new(self.record_id(), FaultKind::MissingId, "the line has no doc_id").at(start).into();
            }
            Some(_) => {
                let what = "doc_id is neither a string nor a whole number of 64 bits";
                return Broken::new(self.record_id(), FaultKind::Malformed, what).at(start).into();
            }
        };
        let text = match fields.shift_remove("text") {
            Some(Value::String(text)) => text,
            None | Some(Value::Null) => {
                return Broken::new(doc_id, FaultKind::MissingText, "the line has no text").at(start).into();
            }
            Some(_) => return Broken::new(doc_id, FaultKind::Malformed, "text is not a string").at(start).into(),
        };
        let metadata = fields.into_iter().filter_map(|(key, value)| Some((key, plain_text(value)?))).collect();
        Record::Whole(Whole { doc_id, text: Text::new(text), metadata })
    }

    /// Names the document where the line can still be read around the bad bytes.
    fn invalid_utf8(&self, bytes: &[u8], at: u64) -> Record {
        let lossy = String::from_utf8_lossy(bytes);
        let doc_id =
            serde_json::from_str::<Map<String, Value>>(&lossy).ok().and_then(|fields| match fields.get("doc_id") {
                Some(Value::String(id)) if !id.is_empty() && !id.contains('\u{fffd}') => Some(id.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            });
        let what = format!("line {} of the file is not valid UTF-8", self.n_lines);
        Broken::new(doc_id.unwrap_or_else(|| self.record_id()), FaultKind::InvalidUtf8, what).at(at).into()
    }
}

impl Records for JsonLines {
    fn next(&mut self) -> Option<Record> {
        while !self.done {
            let start = self.offset;
            match self.read_line() {
                Ok(false) => self.done = true,
                Ok(true) if trimmed(&self.line, start).is_empty() => {}
                Ok(true) => return Some(self.parse(start)),
                Err(error) => {
                    self.done = true;
                    let what = format!("the file cannot be read after line {} ({})", self.n_lines, error.kind());
                    return Some(Broken::new(self.name.clone(), FaultKind::Unreadable, what).at(start).into());
                }
            }
        }
        None
    }

    fn bytes_read(&self) -> u64 {
        self.offset
    }
}

/// Skips to behind the next line break; the bytes skipped.
fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let n = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(n);
        skipped += n as u64;
        if end.is_some() || n == 0 {
            return Ok(skipped);
        }
    }
}

/// The line without the white space around it and, at the head of the file, without a byte order mark.
fn trimmed(line: &[u8], start: u64) -> &[u8] {
    let line = if start == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    line.trim_ascii()
}

/// The message of a syntax error without its position, which the fault carries as bytes of the file.
fn syntax(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("the line is not JSON ({message})")
}

/// A metadata value: strings as they are, other values as compact JSON, null left out.
fn plain_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
