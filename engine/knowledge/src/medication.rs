//! Medication: names of drugs, regimens beside them, and one row for each statement that a drug is taken, stopped, planned or not borne.
//!
//! `scan` is what the rules say about a text; `entries` turns mentions, whoever found them, into rows of the `medications` table. Both read
//! amounts and schedules with the same hand-written grammar, so a span from the model and a span from a rule mean the same value.
//!
//! It does not know whether a dose is right (`plausibility`), nor what a drug did to the patient (task `ade`). A drug of one sentence whose
//! dose stands in another is left without it. Sources of the tables: `data/SOURCE.md`; what belongs in a span: `datasets/LABELS.md`.

mod amount;
mod bare;
mod daily;
mod entry;
mod lex;
mod link;
mod list;
mod piece;
mod schedule;
mod short;
mod status;
mod taper;
mod words;

#[cfg(test)]
mod tests;

use befund_core::{
    Found, Label, Language, Layout, MedicationRow, Mention, MentionRow, Relation, RelationRow, RelationType,
    SectionKind, Span, Task,
};

use crate::drug::{self, Hit};

/// Most words of a line that is an item of a list.
const LINE: usize = 12;

pub(crate) use daily::{most_a_day, most_amount_a_day, read as read_schedule};
pub(crate) use schedule::Rhythm;
pub(crate) use short::{ShortForm, short_forms};

/// What a drug is called everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrugName {
    /// English INN; the parts of a combination joined by "/".
    pub inn: String,
    /// "DrugBank", "ATC" or "INN" (where only the name is known, and for combinations).
    pub system: String,
    /// Code in that system.
    pub code: Option<String>,
    /// One letter is wrong in what is written.
    pub misspelt: bool,
}

/// The substance behind a name as written: `Metoprololsuccinat` -> metoprolol, `Beloc-Zok` -> metoprolol, `ASS` -> acetylsalicylic acid,
/// and with one typing error `Metorpolol` -> metoprolol. `None` where the tables do not have it.
pub fn name(drug_text: &str) -> Option<DrugName> {
    let lexicon = drug::lexicon();
    match lexicon.find(drug_text, Span::new(0, drug_text.len())).first() {
        Some(hit) => name_of(hit),
        None => name_of(&lexicon.misspelt(drug_text)?),
    }
}

/// The name of the first drug within `within`, where it is the one at `drug`.
fn first_name(text: &str, within: Span, drug: Span) -> Option<DrugName> {
    name_of(drug::lexicon().find(text, within).first().filter(|hit| hit.span == drug)?)
}

fn name_of(hit: &Hit) -> Option<DrugName> {
    let parts: Vec<_> = drug::lexicon().of(hit).collect();
    let misspelt = hit.misspelt;
    match parts.as_slice() {
        [] => None,
        [family] if family.inn.is_empty() => None,
        [one] => Some(DrugName {
            inn: one.inn.clone(),
            system: one.system.into(),
            code: one.code.map(str::to_owned),
            misspelt,
        }),
        several => {
            let inn = several.iter().map(|one| one.inn.as_str()).collect::<Vec<_>>().join("/");
            Some(DrugName { inn, system: "INN".into(), code: None, misspelt })
        }
    }
}

/// Whether a drug that the model alone saw may be one: in the tables, or a word that is not the name of a class, of a regimen
/// (`FOLFOX`), of a form (`lozenge`), or of something with a stroke in it (`Ext/Flex`); and not in an antibiogram. English abstracts abbreviate
/// drugs in capitals (`AZT`, `GTN`), German letters regimens and findings.
pub(crate) fn may_be_a_drug(text: &str, span: Span, language: Language) -> bool {
    const CLASSES: [&str; 37] = [
        "emollients",
        "emollient",
        "emollientien",
        "emollienzien",
        "cilline",
        "sporine",
        "zolone",
        "phosphonate",
        "steroid",
        "steroide",
        "steroids",
        "chinolone",
        "quinolones",
        "cillins",
        "sporins",
        "statine",
        "statins",
        "sartane",
        "triptane",
        "gliptine",
        "opioide",
        "opioids",
        "blockers",
        "inhibitors",
        "inhibitoren",
        "ika",
        "analoga",
        "analogon",
        "analog",
        "antagonist",
        "antagonisten",
        "hemmer",
        "blocker",
        "mittel",
        "strümpfe",
        "konzentrat",
        "konzentrate",
    ];
    const REGIMENS: [&str; 12] = [
        "folfox",
        "folfiri",
        "folfirinox",
        "folfoxiri",
        "r-chop",
        "chop",
        "abvd",
        "beacopp",
        "xelox",
        "capox",
        "flot",
        "mvac",
    ];
    let written = span.of(text);
    if link::is_tested(text, span) || REGIMENS.iter().any(|regimen| written.to_lowercase().ends_with(regimen)) {
        return false;
    }
    let lower = written.to_lowercase();
    let starts = written.starts_with(|sign: char| sign.is_alphanumeric());
    let shouted =
        language != Language::En && written.chars().filter(|sign| sign.is_alphabetic()).all(char::is_uppercase);
    let is_a_part = || piece::pieces(text, span, language).first().is_some_and(|piece| piece.span == span);
    name(written).is_some()
        || starts
            && !is_a_part()
            && !shouted
            && !written.contains('/')
            && !["triptan", "statin", "sartan", "opioid", "steroid"].contains(&lower.as_str())
            && !CLASSES.iter().any(|class| lower.ends_with(class))
}

/// Whether a name that the tables do not have is followed by what goes with drugs: a trade sign, an amount, a form, a schedule, a known
/// drug of the same list.
pub(crate) fn is_borne_out(text: &str, span: Span) -> bool {
    let start = span.end as usize;
    let after = text.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
    let end = start + after.floor_char_boundary(24);
    let parts = || piece::pieces(text, Span::new(start, end), Language::De);
    let listed = || {
        let next = [" und ", " and ", ", ", " + ", "/"].iter().find_map(|joint| after.strip_prefix(joint))?;
        name(next.split(|sign: char| !(sign.is_alphanumeric() || sign == '-')).next()?)
    };
    name(span.of(text)).is_some()
        || after.starts_with(['®', '™'])
        || parts().first().is_some_and(link::speaks_of_taking)
        || listed().is_some()
}

/// The model is as sure as this of a name that is longer than the one of the tables.
const SURE_OF_A_LONGER_NAME: f32 = 0.95;

/// Gives the drugs of the rules the longer name that a sure model sees around them in English: `puromycin` of `puromycin aminonucleoside`,
/// `interferon` of `pegylated interferon`. A dosage form is no part of a name. In German the tables are right as often as the model.
pub(crate) fn lengthen(text: &str, language: Language, model: &[Mention], rules: &mut [Mention]) {
    let is_drug = |one: &Mention| one.task == Task::Medication && one.label == Label::Drug;
    let sure = |one: &&Mention| is_drug(one) && one.score.is_some_and(|score| score >= SURE_OF_A_LONGER_NAME);
    if language != Language::En {
        return;
    }
    let names: Vec<Span> = model.iter().filter(sure).map(|one| one.span).collect();
    for rule in rules.iter_mut().filter(|one| is_drug(one)) {
        let longer = names.iter().find(|name| **name != rule.span && name.contains(rule.span));
        if let Some(name) = longer.filter(|name| may_be_a_name(name.of(text)) && lone(text, **name, rule.span)) {
            rule.span = *name;
        }
    }
}

/// Whether nothing but words of a name stand in it: no brackets, no open hyphen.
fn may_be_a_name(written: &str) -> bool {
    !written.contains(['(', ')', '\n', ',', ';', '/']) && !written.ends_with('-') && !written.starts_with('-')
}

/// Whether what `name` has beyond `part` is no form, amount or schedule.
fn lone(text: &str, name: Span, part: Span) -> bool {
    let before = Span::new(name.start as usize, part.start as usize);
    let after = Span::new(part.end as usize, name.end as usize);
    piece::pieces(text, before, Language::En).is_empty() && piece::pieces(text, after, Language::En).is_empty()
}

/// The embedded tables, for the rule hashes in `run.json`.
pub fn tables() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("drugs.tsv", drug::DRUGS),
        ("brands_de.tsv", drug::BRANDS),
        ("guards.tsv", drug::GUARDS),
        ("medication/status/cues", status::CUES.as_bytes()),
    ]
}

/// Names of drugs in a text, whatever stands beside them: `scan` drops those that need company and have none.
pub fn names(text: &str, layout: &Layout) -> Vec<Span> {
    let find = |(span, _)| drug::lexicon().find(text, span).into_iter().map(|hit| hit.span);
    sentences(text, layout).into_iter().flat_map(find).collect()
}

/// Parts of regimens in a text, whatever stands beside them: `scan` keeps those that belong to a drug.
pub fn parts(text: &str, layout: &Layout) -> Vec<(Label, Span)> {
    let read = |(span, _)| piece::pieces(text, span, layout.language);
    let pieces = sentences(text, layout).into_iter().flat_map(read);
    pieces.filter_map(|piece| Some((piece.label()?, piece.span))).collect()
}

/// What the rules find: mentions of task `Medication`, ordered by span, and the relations from each drug to its parts.
/// `found_by` is `Rule`, there are no scores.
pub fn scan(text: &str, layout: &Layout) -> Found {
    let mut reader = Reader { text, language: layout.language, found: Found::default(), open: None };
    for (span, section) in sentences(text, layout) {
        reader.sentence(span, section);
    }
    reader.found
}

/// The sentences with their section; the lines, where the layout has none.
fn sentences(text: &str, layout: &Layout) -> Vec<(Span, SectionKind)> {
    if !layout.sentences.is_empty() {
        let kind = |index: u32| layout.sections.get(index as usize).map_or(SectionKind::Body, |section| section.kind);
        return layout.sentences.iter().map(|sentence| (sentence.span, kind(sentence.section))).collect();
    }
    let mut at = 0;
    let line = |line: &str| {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        (span, layout.section_at(span.start))
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Reads sentence after sentence.
struct Reader<'t> {
    text: &'t str,
    language: Language,
    found: Found,
    /// The last drug and the end of its sentence, while the next line may go on with its regimen.
    open: Option<(u32, u32)>,
}

impl Reader<'_> {
    /// Appends what is in the sentence.
    fn sentence(&mut self, span: Span, section: SectionKind) {
        let open = self.open.take();
        let text = self.text;
        let mut hits = drug::lexicon().find(text, span);
        hits.retain(|hit| {
            self.language != Language::En || !hit.guard.is_abbreviation() || english_abbreviation(text, hit)
        });
        if hits.is_empty() {
            return self.go_on(open, span);
        }
        let pieces = piece::pieces(text, span, self.language);
        let strict = section == SectionKind::Laboratory && !is_prose(span.of(text));
        let hits = link::admit(text, hits, &pieces, strict);
        let drugs: Vec<Span> = hits.iter().map(|hit| hit.span).collect();
        let linked = link::link(text, &drugs, &aliases(text, &hits, &drugs), &pieces);
        let last = self.push(&drugs, None, &linked);
        // A list has short lines; and a sentence may break directly behind the drug.
        let short = || span.of(text).split_whitespace().count() <= LINE;
        if drugs.last().is_some_and(|drug| drug.end == span.end) || short() {
            self.open = last.map(|drug| (drug, span.end));
        }
    }

    /// A line without a drug that holds nothing but a regimen belongs to the drug of the line before.
    fn go_on(&mut self, open: Option<(u32, u32)>, span: Span) {
        let Some((drug, end)) = open else { return };
        let between = self.text.get(end as usize..span.start as usize).unwrap_or("");
        if !between.trim().is_empty() || between.matches('\n').count() != 1 {
            return;
        }
        let pieces = piece::pieces(self.text, span, self.language);
        if !link::is_regimen_alone(self.text, span, &pieces) {
            return;
        }
        let start = Span::new(span.start as usize, span.start as usize);
        let linked = link::link(self.text, &[start], &[0], &pieces);
        self.push(&[], Some(drug), &linked);
        self.open = Some((drug, span.end));
    }

    /// Appends drugs and their parts in text order, with their relations; without drugs the parts belong to `head`. Gives the last drug.
    fn push(&mut self, drugs: &[Span], head: Option<u32>, linked: &[link::Linked]) -> Option<u32> {
        let first = self.found.mentions.len();
        let mut rows: Vec<(Span, Label, usize)> =
            drugs.iter().enumerate().map(|(index, span)| (*span, Label::Drug, index)).collect();
        rows.extend(linked.iter().map(|one| (one.piece.span, one.label, one.drug)));
        rows.sort_by_key(|(span, label, _)| (span.start, span.end, *label));
        let mut place = vec![head.unwrap_or(0); drugs.len().max(1)];
        let mut tails = Vec::with_capacity(rows.len());
        for (span, label, drug) in rows {
            // A part that several drugs share is one mention.
            let known =
                self.found.mentions[first..].last().is_some_and(|last| (last.span, last.label) == (span, label));
            if !known {
                self.found.mentions.push(Mention::by_rule(Task::Medication, label, span));
            }
            let index = self.found.mentions.len() as u32 - 1;
            match RelationType::for_tail(label) {
                Some(kind) => tails.push((kind, drug, index)),
                None => place[drug] = index,
            }
        }
        let relation =
            |(kind, drug, tail): (RelationType, usize, u32)| Relation { kind, head: place[drug], tail, score: None };
        self.found.relations.extend(tails.into_iter().map(relation));
        (!drugs.is_empty()).then(|| place[drugs.len() - 1])
    }
}

/// Whether a sentence of the laboratory section is running text rather than a list of values.
fn is_prose(sentence: &str) -> bool {
    let (mut n_words, mut n_small) = (0, 0);
    for word in sentence.split_whitespace() {
        n_words += 1;
        n_small += usize::from(word.len() > 1 && word.starts_with(char::is_lowercase));
    }
    n_words >= 10 && 5 * n_small >= 2 * n_words
}

/// Which names of a sentence are two for one substance.
fn aliases(text: &str, hits: &[Hit], drugs: &[Span]) -> Vec<usize> {
    let inns: Vec<String> = hits.iter().map(|hit| name_of(hit).map_or_else(String::new, |name| name.inn)).collect();
    let is_substance = |index: usize| link::is_named_after(drugs[index].of(text), &inns[index]);
    link::aliases(text, drugs, |a, b| link::is_same_or_brand(&inns[a], &inns[b], drugs[b].of(text)), is_substance)
}

/// In English `HCT` is a laboratory value; an abbreviation there needs an amount behind it.
fn english_abbreviation(text: &str, hit: &Hit) -> bool {
    let mut after = text
        .get(hit.span.end as usize..)
        .unwrap_or("")
        .chars()
        .take(8)
        .skip_while(|sign| sign.is_whitespace())
        .peekable();
    hit.span.len() > 3
        || hit.allergy
        || hit.span.of(text) == "MTX"
        || after.peek().is_some_and(char::is_ascii_digit) && !after.any(|sign| sign == '%')
}

/// One row for each drug that the text says is taken, stopped, planned or not borne. Parts come through the relations, or, where a part has
/// none, from the nearest drug on its left in the sentence. Drugs of relatives, and drugs that the text denies without more, give no row.
pub fn entries(text: &str, layout: &Layout, mentions: &[MentionRow], relations: &[RelationRow]) -> Vec<MedicationRow> {
    entry::entries(text, layout, mentions, relations)
}
