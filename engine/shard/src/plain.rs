//! A `.txt` file is one document. Its text is the file's bytes, exactly: a byte order mark and CRLF stay, so that offsets fit the file.

use std::fs::File;
use std::io::Read;

use befund_core::{FaultKind, Text};

use crate::inputs::InputFile;
use crate::record::{Broken, Record, Records, Whole};

/// The one record of a text file.
pub(crate) struct Plain {
    file: Option<InputFile>,
    max_bytes: u64,
    n_bytes: u64,
}

impl Plain {
    pub fn new(file: InputFile, max_bytes: u64) -> Self {
        Self { file: Some(file), max_bytes, n_bytes: 0 }
    }
}

impl Records for Plain {
    fn next(&mut self) -> Option<Record> {
        let file = self.file.take()?;
        self.n_bytes = file.n_bytes;
        Some(read(&file, self.max_bytes))
    }

    fn bytes_read(&self) -> u64 {
        self.n_bytes
    }
}

fn read(file: &InputFile, max_bytes: u64) -> Record {
    let mut bytes = Vec::with_capacity(file.n_bytes.min(max_bytes) as usize + 1);
    // One byte more than allowed tells a document at the limit from one above it, whatever size the folder listing said.
    let read = File::open(&file.path).and_then(|open| open.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes));
    if let Err(error) = read {
        let what = format!("the file cannot be read ({})", error.kind());
        return Broken::new(&*file.stem, FaultKind::Unreadable, what)
            .advising("check the file and that you may read it")
            .into();
    }
    if bytes.len() as u64 > max_bytes {
        let what = format!("the file is larger than {max_bytes} bytes");
        return Broken::new(&*file.stem, FaultKind::TooLarge, what).sized(file.n_bytes).into();
    }
    match String::from_utf8(bytes) {
        Ok(text) => Record::Whole(Whole { doc_id: file.stem.to_string(), text: Text::new(text), metadata: Vec::new() }),
        Err(error) => {
            let (valid, n_bytes) = (error.utf8_error().valid_up_to(), error.as_bytes().len());
            Broken::invalid_utf8(&*file.stem, valid, n_bytes).into()
        }
    }
}
