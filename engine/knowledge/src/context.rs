//! Whether a mention is affirmed, when it holds and whom it concerns.
//!
//! NegEx (Chapman et al., J Biomed Inform 2001) and ConText (Harkema et al., J Biomed Inform 2009) with German and English triggers: a
//! trigger governs what follows or precedes it in its sentence, up to a word that ends its scope. Stage categories are governed more
//! narrowly than words, because "no invasion, pT2" negates the invasion alone. Sections speak too (family history, past history,
//! allergies, plan). It does not know what a mention means.

mod general;
mod table;

use std::sync::LazyLock;

use befund_core::{Assertion, Label, Layout, SectionKind, Span, Subject, Task, Temporality};
use regex::Regex;

pub(crate) use table::TRIGGERS;
use table::{Meaning, Scope, TABLE};

/// How the text puts a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Affirmed, negated, possible, hypothetical.
    pub assertion: Assertion,
    /// Current, history, planned.
    pub temporality: Temporality,
    /// Patient, family, other.
    pub subject: Subject,
}

impl Default for Context {
    fn default() -> Self {
        Self { assertion: Assertion::Affirmed, temporality: Temporality::Current, subject: Subject::Patient }
    }
}

/// The contexts of `mentions` (task, label, span), which are ordered by span, in their order.
pub fn contexts(text: &str, layout: &Layout, mentions: &[(Task, Label, Span)]) -> Vec<Context> {
    let mut cache: Option<(Span, Vec<Trigger>)> = None;
    mentions
        .iter()
        .map(|&(task, label, span)| {
            let sentence = sentence_of(text, layout, span);
            if cache.as_ref().is_none_or(|(known, _)| *known != sentence) {
                cache = Some((sentence, triggers(text, sentence, mentions)));
            }
            let triggers = cache.as_ref().map_or(&[][..], |(_, triggers)| &triggers[..]);
            let mut context = within_sentence(text, triggers, task, label, span);
            by_section(&mut context, layout.section_at(span.start), task);
            let open = matches!(context.assertion, Assertion::Affirmed | Assertion::Possible);
            if task == Task::Tnm && open && general::is_denied_behind(text, sentence, span) {
                context.assertion = Assertion::Negated;
            } else if task == Task::Tnm && open && general::speaks_in_general(text, sentence, span) {
                context.assertion = Assertion::Hypothetical;
            }
            if label == Label::Ade {
                if context.assertion == Assertion::Affirmed && closed_by_not(text, sentence, span) {
                    context.assertion = Assertion::Negated;
                }
                if context.assertion == Assertion::Affirmed && instructs(text, sentence, span) {
                    context.assertion = Assertion::Hypothetical;
                }
                // "Cushing-Syndrom durch Prednisolon?"
                if context.assertion == Assertion::Affirmed && sentence.of(text).trim_end().ends_with('?') {
                    context.assertion = Assertion::Possible;
                }
                on_record(&mut context, span.of(text));
            }
            context
        })
        .collect()
}

/// Sentences longer than this (tables, runaway text) are read in a window around the mention.
const LONGEST: usize = 1200;

/// The sentence of a mention, or its line where the layout has none there.
fn sentence_of(text: &str, layout: &Layout, span: Span) -> Span {
    let known =
        layout.sentence_at(span.start).map(|i| layout.sentences[i].span).filter(|sentence| sentence.end > span.start);
    let sentence = known.map_or_else(|| line_of(text, span), |known| known.cover(span));
    if sentence.len() <= LONGEST {
        return sentence;
    }
    let around = window(text, span);
    Span::new(around.start.max(sentence.start) as usize, around.end.min(sentence.end) as usize)
}

/// The line of a mention, as far as it lies in the window.
fn line_of(text: &str, span: Span) -> Span {
    let around = window(text, span);
    let left = text.get(around.start as usize..span.start as usize).unwrap_or("");
    let right = text.get(span.end as usize..around.end as usize).unwrap_or("");
    let from = left.rfind('\n').map_or(around.start as usize, |i| around.start as usize + i + 1);
    let to = right.find('\n').map_or(around.end as usize, |i| span.end as usize + i);
    Span::new(from, to)
}

/// `LONGEST` bytes around a mention, on character borders.
fn window(text: &str, span: Span) -> Span {
    let from = text.floor_char_boundary((span.start as usize).saturating_sub(LONGEST / 2));
    let to = text.ceil_char_boundary(span.end as usize + LONGEST / 2);
    Span::new(from, to)
}

struct Trigger {
    start: usize,
    end: usize,
    meaning: Meaning,
    scope: Option<Scope>,
}

/// The triggers of a sentence. Scanned `NO` (N0) is no denial: what lies inside a stage is left out.
fn triggers(text: &str, sentence: Span, mentions: &[(Task, Label, Span)]) -> Vec<Trigger> {
    let base = sentence.start as usize;
    let mut found = Vec::new();
    let from = mentions.partition_point(|(_, _, span)| span.end <= sentence.start);
    let within = mentions[from..].iter().take_while(|(_, _, span)| span.start < sentence.end);
    let stages: Vec<Span> = within.filter(|(task, _, _)| *task == Task::Tnm).map(|(_, _, span)| *span).collect();
    for (start, end, entry) in TABLE.find(sentence.of(text)) {
        if stages.iter().any(|stage| stage.overlaps(Span::new(base + start, base + end))) {
            continue;
        }
        let mut push = |meaning, scope| found.push(Trigger { start: base + start, end: base + end, meaning, scope });
        entry.pre.iter().for_each(|&meaning| push(meaning, Some(Scope::Pre)));
        entry.post.iter().for_each(|&meaning| push(meaning, Some(Scope::Post)));
        entry.stop.iter().for_each(|&meaning| push(meaning, None));
    }
    found
}

fn within_sentence(text: &str, triggers: &[Trigger], task: Task, label: Label, span: Span) -> Context {
    let mut context = Context::default();
    let mut nearest = usize::MAX;
    for (i, trigger) in triggers.iter().enumerate() {
        let Some(scope) = trigger.scope else { continue };
        // "gegen Sertralin ausgetauscht" denies no drug.
        if task == Task::Medication
            && text
                .get(trigger.start..trigger.end)
                .is_some_and(|word| word.eq_ignore_ascii_case("gegen") || word.to_lowercase().starts_with("ausschluss"))
        {
            continue;
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let between = match scope {
            Scope::Pre if trigger.end <= start => trigger.end..start,
            Scope::Post if trigger.start >= end => end..trigger.start,
            _ => continue,
        };
        let ended = triggers.iter().enumerate().any(|(j, other)| {
            j != i && other.start >= between.start && other.end <= between.end && ends(trigger.meaning, other.meaning)
        });
        let gap = text.get(between).unwrap_or("");
        if !ended && reaches(gap, trigger.meaning, scope, task, label) {
            apply(&mut context, trigger.meaning, gap.len(), &mut nearest);
        }
    }
    context
}

fn ends(scope: Meaning, other: Meaning) -> bool {
    match other {
        Meaning::Stop => !matches!(scope, Meaning::Family | Meaning::History),
        Meaning::Current => matches!(scope, Meaning::History | Meaning::Family | Meaning::Planned),
        _ => false,
    }
}

/// Words that may stand between a trigger and a stage without ending its scope.
const LINKS: [&str; 48] = [
    "ist",
    "wird",
    "resektion",
    "resection",
    "situation",
    "status",
    "karzinom",
    "carcinoma",
    "für",
    "fuer",
    "auf",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "eines",
    "das",
    "der",
    "die",
    "den",
    "dem",
    "im",
    "sinne",
    "von",
    "stadium",
    "tumor",
    "tumors",
    "tumour",
    "kategorie",
    "uicc",
    "tnm",
    "stage",
    "a",
    "an",
    "the",
    "of",
    "for",
    "clinical",
    "klinisch",
    "klinisches",
    "lokal",
    "mindestens",
    "least",
    "at",
    "is",
    "zu",
    "als",
];

/// Words over which a stage can still be that of a past tumour.
const FARTHEST_PAST: usize = 24;

/// Whether a label opens something new on a line of its own: "status post excision (see previous findings \n Tumor stage: pT3".
fn begins_anew(gap: &str) -> bool {
    gap.rsplit_once('\n').is_some_and(|(_, line)| line.contains(':'))
}

/// Whether the line breaks of a gap lie within a sentence.
fn wraps(gap: &str) -> bool {
    let mut lines = gap.split('\n');
    let mut before = lines.next().unwrap_or("");
    lines.all(|line| {
        let ended = before.trim_end().ends_with(['.', ':', '!']);
        before = line;
        !ended && line.trim_start().starts_with(char::is_lowercase)
    })
}

/// Whether a comma opens a phrase that is not denied: "keine regelmäßige Einnahme, gelegentlich Thomapyrin".
fn opens_a_phrase(gap: &str) -> bool {
    const OPENS: [&str; 32] = [
        "in",
        "im",
        "mit",
        "bei",
        "nach",
        "unter",
        "am",
        "auf",
        "zur",
        "zum",
        "zuletzt",
        "gelegentlich",
        "lediglich",
        "nur",
        "jedoch",
        "daher",
        "stattdessen",
        "with",
        "on",
        "occasionally",
        "only",
        "so",
        "also",
        "dafür",
        "dann",
        "jetzt",
        "nun",
        "erhält",
        "bekommt",
        "nimmt",
        "erhielt",
        "bekam",
    ];
    let opens = |phrase: &str| {
        let mut words = phrase.split_whitespace();
        words.next().is_some_and(|word| OPENS.contains(&word)) || matches!(words.next(), Some("auf" | "mit" | "to"))
    };
    gap.split(", ").skip(1).any(opens)
}

/// Whether a comma between an event and what stands behind opens a clause with a subject of its own: "Husten unter Ramipril, eine Embolie
/// wurde ausgeschlossen". In a list ("Husten, Luftnot und Fieber wurden verneint") it does not.
fn is_of_another_clause(gap: &str) -> bool {
    const OPENS: [&str; 12] = ["ein", "eine", "einen", "einer", "der", "die", "das", "den", "auf", "an", "a", "the"];
    let Some((before, after)) = gap.rsplit_once(", ") else { return false };
    let mut words = after.split_whitespace();
    let first = words.next().unwrap_or("");
    let opens = OPENS.contains(&first);
    let noun = if opens { words.next().unwrap_or("") } else { first };
    noun.starts_with(char::is_uppercase) && (opens || before.contains(char::is_alphabetic))
}

fn reaches(gap: &str, meaning: Meaning, scope: Scope, task: Task, label: Label) -> bool {
    // "Keine NSAR, Dauermedikation: Ramipril": what a heading in the sentence opens is not denied.
    let denies_a_drug = task == Task::Medication && meaning == Meaning::Negated && scope == Scope::Pre;
    if denies_a_drug && (gap.contains(':') || opens_a_phrase(gap)) {
        return false;
    }
    let wide = matches!(meaning, Meaning::History | Meaning::Family | Meaning::Other);
    if gap.contains("\n\n") {
        return false;
    }
    let words = gap.split(|c: char| c.is_whitespace()).filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if wide && task == Task::Tnm && (words > FARTHEST_PAST || begins_anew(gap)) {
        return false;
    }
    if wide {
        // "history of" reaches over a list; a bracket or semicolon after it may begin something new only for the family.
        return meaning == Meaning::History && scope == Scope::Pre || !gap.contains(';');
    }
    if gap.contains(';') || gap.contains('\n') && !(task == Task::Tnm && words <= 4 && wraps(gap)) {
        return false;
    }
    if task == Task::Tnm {
        return reaches_a_stage(gap, meaning, scope, words, label);
    }
    match (meaning, scope) {
        (Meaning::Negated | Meaning::Possible | Meaning::Hypothetical, Scope::Post)
            if label == Label::Ade && is_of_another_clause(gap) =>
        {
            false
        }
        (Meaning::Hypothetical | Meaning::Planned, _) => words <= 14,
        (_, Scope::Pre) => words <= 9,
        (_, Scope::Post) => words <= 8 && !gap.contains([':']),
    }
}

/// A stage is governed only over linking words, other stages and commas between these.
fn reaches_a_stage(gap: &str, meaning: Meaning, scope: Scope, words: usize, label: Label) -> bool {
    // "cT2, geplant ist die Radiochemotherapie": the stage holds, the therapy is planned. "pT2, am ehesten pT3" doubts what follows.
    if matches!(meaning, Meaning::Planned | Meaning::Possible) && scope == Scope::Post && gap.contains(',') {
        return false;
    }
    if meaning == Meaning::Hypothetical && scope == Scope::Pre {
        return words <= 10 && !gap.contains(':');
    }
    // "V. a. Knorpelarrosion (rcT4a)": the bracket restates what is suspected. A denial is not restated so: "ohne Muskelinfiltration (pT1)".
    if meaning == Meaning::Possible && scope == Scope::Pre && words <= 5 && !gap.contains([',', ':', ')', '[']) {
        let inside = gap.rsplit_once('(').map_or("x x", |(_, inside)| inside);
        if inside.split_whitespace().count() <= 1 {
            return true;
        }
    }
    let closes_only = scope == Scope::Post && !gap.contains(['(', '[', ':']);
    if gap.contains(['(', ')', '[', ']', ':']) && !closes_only && !matches!(label, Label::Stage | Label::Gleason) {
        return false;
    }
    let stage_or_link = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
        bare.is_empty()
            || LINKS.iter().any(|link| link.eq_ignore_ascii_case(bare))
            || bare.chars().any(|c| c.is_ascii_digit()) && bare.len() <= 8
            || bare.eq_ignore_ascii_case("und")
            || bare.eq_ignore_ascii_case("oder")
            || bare.eq_ignore_ascii_case("or")
    };
    let post_limit = if scope == Scope::Post { 4 } else { 7 };
    words <= post_limit && gap.split_whitespace().all(stage_or_link)
}

/// Of "not" and "perhaps" the nearer one counts, and "not" where both are as near. What is only imagined is neither; a denial of it stays.
fn apply(context: &mut Context, meaning: Meaning, distance: usize, nearest: &mut usize) {
    let open = context.assertion != Assertion::Hypothetical;
    match meaning {
        Meaning::Negated if open && distance <= *nearest => {
            context.assertion = Assertion::Negated;
            *nearest = distance;
        }
        Meaning::Possible if open && distance < *nearest => {
            context.assertion = Assertion::Possible;
            *nearest = distance;
        }
        Meaning::Hypothetical if context.assertion != Assertion::Negated => context.assertion = Assertion::Hypothetical,
        Meaning::History => context.temporality = Temporality::History,
        Meaning::Planned if context.temporality == Temporality::Current => context.temporality = Temporality::Planned,
        Meaning::Family => context.subject = Subject::Family,
        Meaning::Other if context.subject == Subject::Patient => context.subject = Subject::Other,
        _ => {}
    }
}

static CLOSING_NOT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        concat!(
            r"(?i)^[^.;:()]{0,60}\b(?P<verb>fand|fanden|findet|finden|ergab|ergaben|ergibt|zeigte|zeigten|zeigt|zeigen|bestand|bestanden|besteht|bestehen|trat|traten|tritt|treten",
            r"|lag|lagen|liegt|liegen|kam|kamen|kommt|wurde|wurden|wird|werden|sah|sahen|war|waren|ist|sind|ließ|ließen|lässt|lassen|konnte|konnten|kann|hat|haben|hatte|hatten)\b",
            r"[^.;:()]{0,90}\bnicht(?: mehr)?(?: auf| vor| ein| vorhanden| nachweisbar| feststellbar| bekannt| erinnerlich| erkennbar)?",
            r"(?: (?:festzustellen|nachzuweisen|zu (?:beobachten|verzeichnen|finden|erkennen|sehen)|sichern|gesichert|nachweisen|nachgewiesen|bestätigen|bestätigt|beobachten|beobachtet|feststellen|festgestellt|finden|gefunden|objektivieren|objektiviert",
            r"|angegeben|beklagt|geklagt|berichtet|bemerkt|gesehen|erkennen|aufgetreten|entwickelt|eingetreten|verspürt|vorgelegen|gezeigt|gekommen|belegen|belegt|hergestellt))?",
            r"(?: werden| worden)?[ ]*(?:[.;!]|$)",
        ),
    )
    .ok()
});

static DENIED_CAUSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        concat!(
            r"(?i)^[^.;]{0,60}\bnicht (?:(?:auf|durch|von|mit|im|in)\b[^.;]{0,50}\b(?:zusammenhang|zurückzuführen|zurückgeführt|bedingt|ausgelöst|verursacht|erklärt|erklärbar|zu erklären)",
            r"|als (?:folge|nebenwirkung|reaktion)\b|(?:auf|durch|von|mit|nach|unter|wegen|bei)\b[^.;]{0,60}, sondern\b)",
        ),
    )
    .ok()
});

/// Whether the pattern occurs in a part of the text.
fn occurs(pattern: &LazyLock<Option<Regex>>, part: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(part))
}

/// "Haarausfall unter Leflunomid, bemerkt habe sie keinen."
static CLOSING_NONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^[^.;]*,[^.;,]{0,40}\bkeine?[nrs]?[.;!]?$").ok());

/// A cause that is denied behind the event: "Husten, nicht auf Ramipril zurückzuführen". German closes a denial with its "nicht": "Zeichen einer Intoxikation fanden sich bei diesem Spiegel nicht."
fn closed_by_not(text: &str, sentence: Span, span: Span) -> bool {
    let rest = text.get(span.end as usize..sentence.end as usize).unwrap_or("");
    let closed = || {
        let verb = CLOSING_NOT.as_ref().and_then(|pattern| pattern.captures(rest)?.name("verb"));
        verb.is_some_and(|verb| !is_of_another_clause(&rest[..verb.start()]))
    };
    closed() || occurs(&DENIED_CAUSE, rest) || occurs(&CLOSING_NONE, rest)
}

static INSTRUCTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[^.;]*\b(?:bitte|sofort|sofortige[srn]?|umgehend|unverzüglich|muss|please|immediately)\b").ok()
});

/// "auf Dyspepsie achten", "damit eine Agranulozytose rechtzeitig erkannt wird": what stands behind the event.
static WATCHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[^.;]{0,80}\b(?:geachtet|achten|achte|hingewiesen|(?:recht|früh)zeitig (?:erkannt|erkennen|bemerkt|entdeckt|erfasst))\b").ok()
});

/// What to do in a case that has not come: "Bei Fieber unter Carbimazol bitte sofort Blutbild"; what is watched for; and a risk is no event.
fn instructs(text: &str, sentence: Span, span: Span) -> bool {
    let left = text.get(sentence.start as usize..span.start as usize).unwrap_or("").trim_end().to_lowercase();
    let before: Vec<&str> = left.rsplit(char::is_whitespace).take(7).collect();
    let case = before.iter().position(|word| matches!(*word, "bei" | "beim" | "if"));
    // "Bei Fieber oder Halsschmerzen": the case goes on where its events are listed.
    let listed =
        |words: &[&str]| words.iter().any(|word| matches!(*word, "oder" | "und" | "or" | "and") || word.ends_with(','));
    let led = case.is_some_and(|at| at < 2 || listed(&before[..at]));
    let rest = text.get(span.end as usize..sentence.end as usize).unwrap_or("");
    let watched = before.iter().take(4).any(|word| matches!(*word, "auf" | "damit"));
    let event = span.of(text).to_lowercase();
    let is_risk = ["risiko", "risikos", "risiken", "risk", "gefahr"].iter().any(|word| event.ends_with(word));
    led && occurs(&INSTRUCTION, rest) || watched && occurs(&WATCHED, rest) || is_risk
}

/// What a relative had is past, and so is the reaction behind an allergy on record: "Penicillinallergie", "aspirin intolerance".
fn on_record(context: &mut Context, event: &str) {
    const RECORDS: [&str; 6] =
        ["allergie", "allergy", "unverträglichkeit", "unvertraeglichkeit", "intoleranz", "intolerance"];
    let event = event.to_lowercase();
    let record = RECORDS.iter().any(|word| event.ends_with(word)) && context.assertion == Assertion::Affirmed;
    if (record || context.subject == Subject::Family) && context.temporality == Temporality::Current {
        context.temporality = Temporality::History;
    }
}

fn by_section(context: &mut Context, section: SectionKind, task: Task) {
    match section {
        SectionKind::FamilyHistory => context.subject = Subject::Family,
        SectionKind::PastHistory if context.temporality == Temporality::Current => {
            context.temporality = Temporality::History
        }
        // "Allergies: penicillin" tells of an earlier reaction.
        SectionKind::Allergies if task != Task::Tnm => context.temporality = Temporality::History,
        _ => {}
    }
}
