//! Lists with a heading of their own that says whether their drugs are taken: `Abgesetzt`, `Pausiert:`, `Geplant:`, `Bedarfsmedikation`,
//! `STOP taking:`, `Held medications`.
//!
//! A heading is a short line without a drug and without a number; it holds up to the next such line or the end of its paragraph. Sections proper (`Allergien`,
//! `Medikation bei Aufnahme`) are found by the layout; these small headings stand inside them.

use befund_core::{MedicationStatus, Span};

/// What a heading says of the drugs under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Status(MedicationStatus),
    WhenNeeded,
    /// Nothing; it ends the list before it.
    Nothing,
}

const SAID: &[(&str, Says)] = &[
    ("abgesetzt", Says::Status(MedicationStatus::Stopped)),
    ("absetzen", Says::Status(MedicationStatus::Stopped)),
    ("pausiert", Says::Status(MedicationStatus::Stopped)),
    ("pausieren", Says::Status(MedicationStatus::Stopped)),
    ("beendet", Says::Status(MedicationStatus::Stopped)),
    ("nicht mehr", Says::Status(MedicationStatus::Stopped)),
    ("frühere medikation", Says::Status(MedicationStatus::Stopped)),
    ("ehemalige medikation", Says::Status(MedicationStatus::Stopped)),
    ("medikation abgesetzt", Says::Status(MedicationStatus::Stopped)),
    ("medikation pausiert", Says::Status(MedicationStatus::Stopped)),
    ("derzeit pausiert", Says::Status(MedicationStatus::Stopped)),
    ("stopped", Says::Status(MedicationStatus::Stopped)),
    ("stop taking", Says::Status(MedicationStatus::Stopped)),
    ("stop these", Says::Status(MedicationStatus::Stopped)),
    ("do not take", Says::Status(MedicationStatus::Stopped)),
    ("discontinued", Says::Status(MedicationStatus::Stopped)),
    ("held", Says::Status(MedicationStatus::Stopped)),
    ("on hold", Says::Status(MedicationStatus::Stopped)),
    ("medications stopped", Says::Status(MedicationStatus::Stopped)),
    ("medications discontinued", Says::Status(MedicationStatus::Stopped)),
    ("medications held", Says::Status(MedicationStatus::Stopped)),
    ("past medications", Says::Status(MedicationStatus::Stopped)),
    ("former medications", Says::Status(MedicationStatus::Stopped)),
    ("geplant", Says::Status(MedicationStatus::Planned)),
    ("planned", Says::Status(MedicationStatus::Planned)),
    ("to be started", Says::Status(MedicationStatus::Planned)),
    ("allergi", Says::Status(MedicationStatus::Allergy)),
    ("allergy", Says::Status(MedicationStatus::Allergy)),
    ("unverträglich", Says::Status(MedicationStatus::Allergy)),
    ("arzneimittelunverträglich", Says::Status(MedicationStatus::Allergy)),
    ("medikamentenunverträglich", Says::Status(MedicationStatus::Allergy)),
    ("intoleranc", Says::Status(MedicationStatus::Allergy)),
    ("drug allerg", Says::Status(MedicationStatus::Allergy)),
    ("bei bedarf", Says::WhenNeeded),
    ("bedarfsmedi", Says::WhenNeeded),
    ("zur bedarfs", Says::WhenNeeded),
    ("as needed", Says::WhenNeeded),
    ("prn", Says::WhenNeeded),
];

/// Longest heading in bytes and in words.
const LONGEST: usize = 60;
const MOST_WORDS: usize = 5;
/// Bytes below a heading in which it still holds.
const REACH: usize = 3000;

/// The headings of a document by where they stand.
pub(super) struct Headings(Vec<(usize, usize, Says)>);

impl Headings {
    /// All headings of `text`; `drugs` are ordered.
    pub fn of(text: &str, drugs: &[Span]) -> Self {
        let mut headings: Vec<(usize, usize, Says)> = Vec::new();
        let (mut at, mut open) = (0, false);
        for line in text.split_inclusive('\n') {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let trimmed = line.trim().trim_start_matches(['-', '*', '•', '#', ' ']);
            if trimmed.is_empty() {
                // The empty line directly below a heading does not end its list.
                if let Some((_, end, _)) = headings.last_mut().filter(|_| open) {
                    *end = start;
                }
                open = false;
                continue;
            }
            open = headings.last().is_some_and(|(begin, end, _)| *end == usize::MAX && start > *begin);
            if trimmed.len() > LONGEST || trimmed.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let next = drugs.partition_point(|drug| (drug.end as usize) <= start);
            let has_drug = drugs.get(next).is_some_and(|drug| (drug.start as usize) < at);
            if !has_drug && is_heading(trimmed) {
                headings.push((start, usize::MAX, says(trimmed)));
                open = false;
            }
        }
        Self(headings)
    }

    /// What the heading above `at` says, in the section that begins at `section`.
    pub fn above(&self, at: u32, section: u32) -> Says {
        let (at, section) = (at as usize, section as usize);
        let place = self.0.partition_point(|(start, ..)| *start < at);
        match place.checked_sub(1).and_then(|place| self.0.get(place)) {
            Some((start, end, says)) if at < *end && at - start < REACH && *start >= section => *says,
            _ => Says::Nothing,
        }
    }
}

fn is_heading(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let colon = line.ends_with(':');
    let open = line.starts_with(char::is_uppercase) && !line.ends_with(['.', ',', ';', '|', ')', '!', '?']);
    words <= MOST_WORDS && (colon || open)
}

fn says(line: &str) -> Says {
    let line = line.to_lowercase();
    // `Keine Allergien` says nothing of drugs.
    if [" abgesetzt", " pausiert", " beendet"].iter().any(|ended| line.contains(ended)) && !line.contains("nicht ") {
        return Says::Status(MedicationStatus::Stopped);
    }
    let said = SAID.iter().find(|(words, _)| line.starts_with(words));
    said.map_or(Says::Nothing, |(_, says)| *says)
}
