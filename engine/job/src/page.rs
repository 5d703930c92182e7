//! `befund report`: a dataset and the texts it was made from to one HTML page.
//!
//! The dataset holds digests, not texts. The inputs are read again, and a text is taken where its digest is the recorded one, whatever its
//! name is now; where none is, the page says why.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use befund_core::{Failure, Intake, Source};
use befund_shard::{Inputs, ReadOptions, Reader};
use befund_sink::{
    DatasetReader, ReportOptions, ReportPage, RunManifest, SourceText, WantedText, hex, is_report, read_manifest,
};
use sha2::{Digest, Sha256};

/// What to make a page of.
#[derive(Clone, Debug)]
pub struct PageSpec {
    /// Folder that `befund extract` wrote.
    pub dataset: PathBuf,
    /// Page to write.
    pub out: PathBuf,
    /// Where the texts are; empty: the inputs that run.json names.
    pub inputs: Vec<PathBuf>,
    /// How much comes onto the page.
    pub options: ReportOptions,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageReceipt {
    /// Documents of the dataset, faults included.
    pub n_documents: u64,
    /// Documents on the page.
    pub n_shown: usize,
    /// Of these, documents whose text could not be had.
    pub n_missing: usize,
    /// Size of the page.
    pub n_bytes: usize,
}

/// Reads the dataset and its texts, and writes the page at once.
///
/// # Errors
/// No dataset there, `inputs` that do not exist, or a page that cannot be written or would replace another file.
pub fn write_page(spec: &PageSpec) -> Result<PageReceipt, Failure> {
    refuse_other_file(&spec.out)?;
    let manifest = read_manifest(&spec.dataset)?;
    let given = if spec.inputs.is_empty() { None } else { Some(Inputs::resolve(&spec.inputs)?) };
    let mut page = ReportPage::new(manifest.clone(), spec.options);
    for document in DatasetReader::open(&spec.dataset)? {
        page.add(document?);
    }
    let mut search = Search::new(page.wanted(), &manifest);
    match given {
        Some(inputs) => search.in_given(&inputs)?,
        None => search.in_recorded(&manifest)?,
    }
    let texts = search.close();
    let html = page.render(&texts.all);
    replace(&spec.out, html.as_bytes())?;
    Ok(PageReceipt {
        n_documents: page.n_documents(),
        n_shown: page.n_shown(),
        n_missing: texts.n_missing,
        n_bytes: html.len(),
    })
}

/// The texts that the page wants, and those found so far.
struct Search {
    /// By digest; one text may be that of several documents.
    wanted: HashMap<String, Vec<WantedText>>,
    /// Their sizes: only a text of one of these is worth a digest.
    sizes: HashSet<u64>,
    options: ReadOptions,
    found: HashMap<WantedText, SourceText>,
    /// Files that run.json names and that could not be opened.
    gone: HashSet<String>,
    in_given: bool,
}

struct Texts {
    all: HashMap<WantedText, SourceText>,
    n_missing: usize,
}

impl Search {
    fn new(wanted: Vec<WantedText>, manifest: &RunManifest) -> Self {
        let recorded = manifest.options.get("max_document_bytes").and_then(|n| n.as_u64());
        let defaults = ReadOptions::default();
        let mut search = Self {
            wanted: HashMap::new(),
            sizes: wanted.iter().map(|text| text.n_bytes).collect(),
            options: ReadOptions { max_document_bytes: recorded.unwrap_or(defaults.max_document_bytes), limit: None },
            found: HashMap::new(),
            gone: HashSet::new(),
            in_given: false,
        };
        for text in wanted {
            search.wanted.entry(text.sha256.clone()).or_default().push(text);
        }
        search
    }

    /// Reads the files of run.json that hold a wanted text.
    fn in_recorded(&mut self, manifest: &RunManifest) -> Result<(), Failure> {
        let shards: HashSet<String> = self.wanted.values().flatten().map(|text| text.shard.clone()).collect();
        for input in &manifest.inputs {
            let name = input.path.replace(MAIN_SEPARATOR, "/");
            if !shards.contains(&name) {
                continue;
            }
            let path = PathBuf::from(&input.path);
            if path.is_file() {
                self.read(&path)?;
            } else {
                self.gone.insert(name);
            }
        }
        Ok(())
    }

    /// Reads the files that the user named, until every text is found.
    fn in_given(&mut self, inputs: &Inputs) -> Result<(), Failure> {
        self.in_given = true;
        inputs.files().iter().try_for_each(|file| self.read(&file.path))
    }

    /// One file at a time: the same identifier in two files is no duplicate here.
    fn read(&mut self, path: &Path) -> Result<(), Failure> {
        let mut reader = Reader::open(Inputs::resolve(&[path.to_owned()])?, self.options)?;
        while !self.wanted.is_empty()
            && let Some(intake) = reader.next()?
        {
            let Intake::Document(document) = intake else { continue };
            if !self.sizes.contains(&(document.text().len() as u64)) {
                continue;
            }
            let digest = hex(&Sha256::digest(document.text().as_bytes()));
            for text in self.wanted.remove(&digest).unwrap_or_default() {
                self.found.insert(text, SourceText::of(document.text()));
            }
        }
        Ok(())
    }

    /// What was found, and for the rest why not.
    fn close(self) -> Texts {
        let mut texts = Texts { all: self.found, n_missing: 0 };
        for text in self.wanted.into_values().flatten() {
            let reason = if self.in_given {
                "no text of the inputs given has the SHA-256 that was recorded.".to_owned()
            } else if self.gone.contains(&text.shard) {
                format!("{} is not there (its place can be given with --input).", text.shard)
            } else {
                format!("no text in {} has the SHA-256 that was recorded: it has changed since.", text.shard)
            };
            texts.n_missing += 1;
            texts.all.insert(text, SourceText::Missing(reason));
        }
        texts
    }
}

/// A typing error in --out must not cost a file.
fn refuse_other_file(out: &Path) -> Result<(), Failure> {
    let mut beginning = Vec::new();
    let Ok(file) = fs::File::open(out) else { return Ok(()) };
    let read = file.take(1024).read_to_end(&mut beginning);
    if read.is_ok() && (beginning.is_empty() || is_report(&beginning)) {
        return Ok(());
    }
    let what = format!("{} is there and is not a page of befund report", out.display());
    Err(Failure::new(what, "give another --out, or remove it first"))
}

/// Writes beside the page and renames, so that a page is whole or not there.
fn replace(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let begun = out.with_file_name(name);
    let written = fs::write(&begun, bytes).and_then(|()| fs::rename(&begun, out));
    written.map_err(|error| {
        let _ = fs::remove_file(&begun);
        let what = format!("cannot write {}", out.display());
        Failure::from_cause(what, "check that its folder is there and that you may write to it", error)
    })
}
