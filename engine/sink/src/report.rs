//! A dataset as one static HTML page: what was run, figures, plots, listings, and documents with coloured spans.
//!
//! A pure function of the rows, the run manifest and the texts handed in: no file is opened and no clock is read, so the same dataset gives
//! the same page. The page loads nothing: a Content-Security-Policy allows exactly its own script and style, by their digests. Its size is
//! bounded whatever the size of the dataset, and it says what it leaves out. The dataset holds no texts; whoever calls brings them.

mod document;
mod figures;
mod html;
mod kept;
mod listing;
mod overview;
mod plot;
mod words;

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use self::figures::{Figures, gravity};
use self::html::{Html, count, plural};
use self::kept::Kept;
use self::listing::Listings;
use self::words::{Row, text};
use crate::manifest::RunManifest;
use crate::read::ReadDocument;

const STYLE: &str = include_str!("report/page.css");
const SCRIPT: &str = include_str!("report/page.js");
const BEGINNING: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                         <meta name=\"generator\" content=\"befund report\">\n";

/// Most bytes that a page shows of one text.
const TEXT_BYTES: usize = 256 << 10;
/// Most bytes of documents on a page, about: texts, and what stands beside them.
const DOCUMENTS_BYTES: u64 = 32 << 20;
/// What a row of a document comes to on the page, about.
const ROW_BYTES: u64 = 400;

/// How much comes onto a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportOptions {
    /// Most documents, those with the gravest findings first.
    pub n_documents: usize,
    /// Most rows of each listing.
    pub n_rows: usize,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self { n_documents: 200, n_rows: 2000 }
    }
}

/// The text of a document, for the page.
#[derive(Clone, PartialEq, Eq)]
pub enum SourceText {
    /// The text with the digest that the dataset has: as much of it as a page shows.
    Beginning(String),
    /// It could not be had: a sentence that says why.
    Missing(String),
}

impl SourceText {
    /// Keeps what a page shows of a text.
    pub fn of(text: &str) -> Self {
        let end = text.floor_char_boundary(TEXT_BYTES);
        Self::Beginning(text[..end].to_owned())
    }
}

impl std::fmt::Debug for SourceText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Beginning(text) => write!(f, "<{} bytes redacted>", text.len()),
            Self::Missing(reason) => f.write_str(reason),
        }
    }
}

/// A text that the page needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WantedText {
    /// SHA-256 in hex, from the dataset.
    pub sha256: String,
    /// Size in bytes.
    pub n_bytes: u64,
    /// Shard or file it came from.
    pub shard: String,
}

/// A page under construction: takes the documents of a dataset in order, then the texts it wants.
pub struct ReportPage {
    manifest: RunManifest,
    options: ReportOptions,
    figures: Figures,
    listings: Listings,
    documents: Kept<(u64, ReadDocument)>,
    n_documents: u64,
}

impl ReportPage {
    /// A page about the run that `manifest` tells of.
    pub fn new(manifest: RunManifest, options: ReportOptions) -> Self {
        Self {
            manifest,
            options,
            figures: Figures::default(),
            listings: Listings::new(options.n_rows),
            documents: Kept::new(options.n_documents),
            n_documents: 0,
        }
    }

    /// Takes the next document.
    pub fn add(&mut self, document: ReadDocument) {
        let sequence = self.n_documents;
        self.n_documents += 1;
        self.figures.add(&document);
        self.listings.add(sequence, &document);
        if document.is_ok {
            self.documents.push(interest(&document), || (sequence, document));
        }
    }

    /// Decides which documents are shown, and says which texts they need. After the last `add`.
    pub fn wanted(&mut self) -> Vec<WantedText> {
        self.documents.cut_at(DOCUMENTS_BYTES, |(_, document)| size(document));
        self.documents.iter().map(|(_, document)| wanted(document)).collect()
    }

    /// Documents taken, faults included.
    pub fn n_documents(&self) -> u64 {
        self.n_documents
    }

    /// Documents on the page.
    pub fn n_shown(&self) -> usize {
        self.documents.len()
    }

    /// Writes the page with the texts that were wanted.
    pub fn render(&self, texts: &HashMap<WantedText, SourceText>) -> String {
        let mut html = Html::default();
        html.raw(BEGINNING).raw("<meta http-equiv=\"Content-Security-Policy\"").attribute("content", &policy());
        html.raw("><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"referrer\" content=\"no-referrer\"><title>Befund report</title>\n");
        html.raw("<style>").raw(STYLE).raw("</style></head>\n<body>\n");
        html.raw("<header><h1>Befund report</h1><nav><a href=\"#run\">Run</a> <a href=\"#figures\">Figures</a> ");
        html.raw("<a href=\"#findings\">Findings</a> <a href=\"#statements\">Stage</a> <a href=\"#pairs\">Drug-event pairs</a> ");
        html.raw("<a href=\"#medications\">Medication</a> <a href=\"#documents\">Documents</a></nav>\n");
        html.raw("<p>This page holds text of the documents: keep it where they may be kept. Its figures are a draft for people who decide; ");
        html.raw("Befund is not a medical device.</p></header>\n<main>\n");
        overview::run(&mut html, &self.manifest);
        overview::tiles(&mut html, &self.figures);
        let places = self.documents.iter().enumerate().map(|(place, (sequence, _))| (*sequence, place)).collect();
        self.listings.write(&mut html, &places);
        self.documents(&mut html, texts);
        html.raw("</main>\n<script>").raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
        html.into_string()
    }

    fn documents(&self, html: &mut Html, texts: &HashMap<WantedText, SourceText>) {
        html.raw("<section id=\"documents\"><h2>Documents</h2>\n<p>");
        let (n_shown, n_all) = (self.documents.len() as u64, self.documents.n_all());
        if n_shown < n_all {
            let limit = if n_shown < self.options.n_documents as u64 { "the size of the page" } else { "--documents" };
            let shown = format!(
                "{} of {} are here (the limit is {limit}). ",
                count(n_shown),
                plural(n_all, "document", "documents")
            );
            html.between("<strong>", &shown, "</strong>");
        }
        html.raw("Those with the gravest findings come first, then those about which something was found.</p>\n");
        html.raw(LEGEND);
        html.raw("<div id=\"document-list\">\n");
        let unread = SourceText::Missing("it was not looked for.".into());
        for (place, (_, document)) in self.documents.iter().enumerate() {
            document::write(html, place, document, texts.get(&wanted(document)).unwrap_or(&unread));
        }
        html.raw("</div></section>\n");
    }
}

const LEGEND: &str = "<p class=\"legend\"><mark class=\"tnm\" data-label=\"T\">stage</mark> \
    <mark class=\"ade\" data-label=\"ADE\">adverse event</mark> <mark class=\"medication\" data-label=\"Drug\">medication</mark> \
    <mark class=\"medication negated\">negated</mark> <mark class=\"medication possible\">possible</mark> \
    <mark class=\"medication hypothetical\">hypothetical</mark> <mark class=\"medication history\">history or planned</mark></p>\n";

/// Whether a file begins as a page that this module wrote.
pub fn is_report(beginning: &[u8]) -> bool {
    beginning.starts_with(BEGINNING.as_bytes())
}

/// Rank of a document: the gravest finding, then whether anything was found at all.
fn interest(document: &ReadDocument) -> u8 {
    let gravest = document.findings.iter().map(|row| gravity(text(row, "verdict"), text(row, "severity"))).min();
    match gravest {
        // What is in order is no reason to look.
        Some(gravity) if gravity < 11 => gravity,
        _ if !document.mentions.is_empty() => 11,
        _ => 12,
    }
}

fn n_bytes(row: &Row) -> u64 {
    row.get("n_bytes").and_then(|n| n.as_u64()).unwrap_or(0)
}

/// Bytes of a document on the page, about.
fn size(document: &ReadDocument) -> u64 {
    let n_rows = [document.tnm.len(), document.medications.len(), document.findings.len(), document.relations.len()];
    let n_rows = n_rows.iter().sum::<usize>() + document.mentions.len();
    n_bytes(&document.row).min(TEXT_BYTES as u64) + n_rows as u64 * ROW_BYTES
}

fn wanted(document: &ReadDocument) -> WantedText {
    let of = |column: &str| text(&document.row, column).to_owned();
    WantedText { sha256: of("text_sha256"), n_bytes: n_bytes(&document.row), shard: of("shard") }
}

/// Nothing may be loaded, sent or run but the script and the style that stand in the page.
fn policy() -> String {
    let digest = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(SCRIPT),
        digest(STYLE)
    )
}

#[cfg(test)]
mod tests;
