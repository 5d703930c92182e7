//! A sentence as a row of items: drugs, reactions, other words, signs. Reactions: `data/reactions_de.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

use befund_core::Span;

use crate::drug;
use crate::tnm::lexicon::table_lines;

/// The table's bytes, for its hash.
pub(crate) const REACTIONS: &str = include_str!("../../data/reactions_de.tsv");

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A drug or a class of drugs.
    Drug,
    /// A reaction, with the adjectives that make it specific.
    Event,
    /// Any other word.
    Word,
    /// One sign.
    Sign,
}

/// One item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub kind: Kind,
    pub span: Span,
    /// In small letters.
    pub lower: String,
}

/// The items of a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Items(pub Vec<Item>);

struct Table {
    whole: HashSet<&'static str>,
    last: Vec<&'static str>,
    none: HashSet<&'static str>,
    classes: HashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let of = |sign: &'static str| {
        table_lines(REACTIONS).filter(move |line| line[0] == sign).flat_map(|line| line[1].split_whitespace())
    };
    Table {
        whole: of("=").collect(),
        last: of("-").collect(),
        none: of("!").collect(),
        classes: CLASSES.split_whitespace().collect(),
    }
});

/// Classes of drugs that are named as causes.
const CLASSES: &str = "kontrastmittel röntgenkontrastmittel gadolinium statin statine statinen doak noak nsar nsaid nsaids ace-hemmer
    ace-hemmern betablocker betablockern antibiotikum antibiotika antibiose opiat opiate opiaten opioid opioide opioiden chemotherapie
    neuroleptika neuroleptikum antipsychotikum antipsychotika ssri snri diuretikum diuretika schleifendiuretika thiazid thiazide steroid
    steroide steroiden cortison kortison glukokortikoide kortikosteroide checkpoint-inhibitor checkpoint-inhibitoren bisphosphonat
    bisphosphonate bisphosphonaten sulfonylharnstoff sulfonylharnstoffe benzodiazepine benzodiazepinen antikoagulation antikoagulanzien
    blutverdünner triptan triptane fluorchinolon fluorchinolone chinolone makrolid makrolide cephalosporin cephalosporine sulfonamide
    zytostatika taxane anthrazykline biologikum biologika antidepressivum antidepressiva antiepileptikum antiepileptika protonenpumpenhemmer
    ppi laxantien antihistaminika lokalanästhetikum lokalanästhetika eisen eiseninfusion eiseninfusionen impfstoff narkotika sedativa";

/// Ends of adjectives that say kind or site; grade and course stay outside the event.
const KINDS: [&str; 12] = ["isch", "al", "är", "ell", "iert", "ös", "form", "oid", "trocken", "akut", "tief", "inner"];

const INFLECTIONS: [&str; 5] = ["e", "er", "es", "en", "em"];

impl Items {
    /// The items of `sentence`.
    pub fn read(text: &str, sentence: Span) -> Self {
        let mut drugs =
            drug::lexicon().find(text, sentence).into_iter().filter(|hit| !hit.allergy).map(|hit| hit.span).peekable();
        let mut items: Vec<Item> = Vec::new();
        let (mut at, end) = (sentence.start as usize, sentence.end as usize);
        while at < end {
            if let Some(drug) = drugs.next_if(|drug| drug.start as usize <= at) {
                at = (drug.end as usize).max(at + 1);
                items.push(Item { kind: Kind::Drug, span: drug, lower: String::new() });
                continue;
            }
            let limit = drugs.peek().map_or(end, |drug| drug.start as usize);
            let Some(rest) = text.get(at..limit) else { break };
            let mut word: usize =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').map(char::len_utf8).sum();
            // "Kontrastmittel-induzierte": the class is an item of its own, as the names of the lexicon are.
            let class =
                rest[..word].find('-').filter(|&hyphen| TABLE.classes.contains(rest[..hyphen].to_lowercase().as_str()));
            word = class.filter(|_| !TABLE.classes.contains(rest[..word].to_lowercase().as_str())).unwrap_or(word);
            let length = if word > 0 { word } else { rest.chars().next().map_or(1, char::len_utf8) };
            let span = Span::new(at, at + length);
            at += length;
            let lower = span.of(text).to_lowercase();
            if lower.trim().is_empty() {
                continue;
            }
            items.push(Item { kind: kind(&lower, word > 0), span, lower });
        }
        let mut items = Self(items);
        items.widen(text);
        items
    }

    /// Whether the sentence names a drug.
    pub fn has_drug(&self) -> bool {
        self.0.iter().any(|item| item.kind == Kind::Drug)
    }

    /// Takes adjectives of kind and site, and what a change is a change of ("Anstieg der Transaminasen"), into the event.
    fn widen(&mut self, text: &str) {
        let mut at = 0;
        while at < self.0.len() {
            if let Some(stop) = self.change_of(at) {
                self.join(text, at, stop);
            } else if self.0[at].kind == Kind::Event {
                let mut first = at;
                while first > 0 && is_kind(text, &self.0[first - 1], first == 1) {
                    first -= 1;
                }
                if matches!(self.0[at].lower.as_str(), "ulcus" | "ulkus" | "torsade")
                    && self.0.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
                {
                    let more = if self.0[at].lower == "torsade" { 3 } else { 2 };
                    let stop = (at + more).min(self.0.len());
                    self.join(text, first, stop);
                } else {
                    self.join(text, first, at + 1);
                }
                at = first;
            }
            at += 1;
        }
    }

    /// End of "Anstieg der Transaminasen" where it begins at `at`.
    fn change_of(&self, at: usize) -> Option<usize> {
        const CHANGES: [&str; 7] =
            ["anstieg", "abfall", "erhöhung", "verschlechterung", "entgleisung", "verlängerung", "schwellung"];
        const SUBJECTS: [&str; 26] = [
            "transaminasen",
            "leberwerte",
            "leberenzyme",
            "kreatinins",
            "nierenwerte",
            "retentionswerte",
            "kreatinin",
            "inr",
            "ck",
            "blutzuckers",
            "blutdrucks",
            "nierenfunktion",
            "leberfunktion",
            "hb",
            "thrombozyten",
            "leukozyten",
            "qt-zeit",
            "qtc-zeit",
            "lipase",
            "got",
            "gpt",
            "ggt",
            "bilirubins",
            "zunge",
            "lippen",
            "gesichts",
        ];
        let word = |i: usize| self.0.get(i).map_or("", |item| item.lower.as_str());
        let link = matches!(word(at + 1), "der" | "des" | "von");
        (CHANGES.contains(&word(at)) && link && SUBJECTS.contains(&word(at + 2))).then_some(at + 3)
    }

    fn join(&mut self, text: &str, first: usize, stop: usize) {
        let span = Span::new(self.0[first].span.start as usize, self.0[stop - 1].span.end as usize);
        let joined = Item { kind: Kind::Event, span, lower: span.of(text).to_lowercase() };
        self.0.splice(first..stop, [joined]);
    }
}

fn kind(lower: &str, is_word: bool) -> Kind {
    if !is_word {
        Kind::Sign
    } else if TABLE.classes.contains(lower) {
        Kind::Drug
    } else if is_reaction(lower) {
        Kind::Event
    } else {
        Kind::Word
    }
}

/// Whether a word in small letters names a reaction.
fn is_reaction(word: &str) -> bool {
    let word = word.trim_matches('-');
    let part = word.rsplit('-').next().unwrap_or(word);
    if word.len() < 3 || TABLE.none.contains(word) || word.contains("dosis") {
        return false;
    }
    let named = |form: &str| {
        TABLE.whole.contains(form) || TABLE.last.iter().any(|last| form.len() > last.len() && form.ends_with(last))
    };
    let of_part = |part: &str| part.len() >= 4 && (TABLE.whole.contains(part) || TABLE.last.contains(&part));
    let bare = ["en", "n", "s", "es"]
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .any(|bare| !TABLE.none.contains(bare) && bare.len() > 5 && named(bare));
    named(word) || bare || part != word && of_part(part)
}

/// Whether a word is an adjective of kind or site: in small letters as written, or the first of its sentence.
fn is_kind(text: &str, item: &Item, is_first: bool) -> bool {
    let small = is_first || item.span.of(text).chars().next().is_some_and(char::is_lowercase);
    let mut bare = INFLECTIONS.iter().filter_map(|ending| item.lower.strip_suffix(ending));
    let says = bare.any(|bare| KINDS.iter().any(|kind| bare.ends_with(kind)));
    item.kind == Kind::Word && small && item.lower.len() > 4 && says
}
