//! Whether a drug is taken, stopped, planned or not borne: cue words in its sentence, after the manner of ConText.
//!
//! Each cue looks left or right and reaches the nearest drug there and those joined to it by commas and `und`; a cue of another kind in
//! between ends its reach. The columns of the mention (negation, time, section) are weighed in `entry.rs`; here only words count.

mod clause;
mod cues;
mod dates;

use befund_core::{MedicationStatus, SectionKind, Span};

use super::lex::{Kind, Tokens};
use super::piece::{self, Value};
use super::words::Meaning;
use clause::{done, ended_in_the_next_sentence, is_conditional, is_only_thought_of, is_proposed, only_in_a_case};
pub(super) use cues::CUES;
use cues::{ACTIVE, ALLERGY, PLANNED, STOPPED, Says, Side, cues};
use dates::{after_a_course, ended_by_date, from_date, in_a_numbered_course, in_some_time};
pub(super) use dates::{ended_by_an_event, is_beside_the_past, tells_the_past};

/// A drug with its sentence and its neighbours.
pub(super) struct Scene<'s> {
    pub text: &'s str,
    sentence: Span,
    pub section: SectionKind,
    /// The drugs of the sentence.
    drugs: &'s [Span],
    /// Which of them.
    place: usize,
}

impl<'s> Scene<'s> {
    /// The scene of the drug at `place` among all drugs of the document.
    pub fn of(text: &'s str, sentence: Span, section: SectionKind, drugs: &'s [Span], place: usize) -> Self {
        let sentence = around(text, sentence, drugs.get(place).copied().unwrap_or(sentence));
        let first = drugs.partition_point(|drug| drug.start < sentence.start).min(place);
        let last = drugs.partition_point(|drug| drug.start < sentence.end).max(place + 1);
        Self { text, sentence, section, drugs: &drugs[first..last], place: place - first }
    }
}

/// Bytes to each side of a drug in which cues are sought: a table read as one sentence must not be read anew for each of its drugs.
const REACH: usize = 400;

/// The part of the sentence around the drug.
fn around(text: &str, sentence: Span, drug: Span) -> Span {
    let mut start = (drug.start as usize).saturating_sub(REACH).max(sentence.start as usize);
    let mut end = (drug.end as usize + REACH).min(sentence.end as usize).max(drug.end as usize);
    while start < drug.start as usize && !text.is_char_boundary(start) {
        start += 1;
    }
    while end > drug.end as usize && !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}

/// A cue in the text.
struct Seen {
    span: Span,
    side: Side,
    says: Says,
}

/// What the words of the sentence say about the drug.
pub(super) fn cue(scene: &Scene) -> Option<MedicationStatus> {
    let drug = *scene.drugs.get(scene.place)?;
    if in_allergy_compound(scene.text, drug) {
        return Some(MedicationStatus::Allergy);
    }
    let seen = seen(scene);
    let mut found = None;
    let (mut goes_on, mut begins, mut kept, mut ended_at, mut resumed_at) = (false, false, false, 0, 0);
    for (index, cue) in seen.iter().enumerate() {
        let side = side_of(scene, cue);
        let status = match cue.says {
            Says::Border => continue,
            Says::NotTaken if !from_now_on(scene, cue.span) => continue,
            Says::NotTaken => reaches(scene, &seen, index, side, drug).then_some(MedicationStatus::Stopped),
            Says::Is(MedicationStatus::Stopped) if is_only_thought_of(scene, cue.span) => continue,
            Says::Is(MedicationStatus::Stopped) if is_denied(scene, cue.span) => {
                reaches(scene, &seen, index, side, drug).then_some(MedicationStatus::Active)
            }
            Says::Switch => match switched(scene, cue.span, drug) {
                Some(MedicationStatus::Stopped) if is_proposed(scene, cue.span) => {
                    kept = true;
                    Some(MedicationStatus::Active)
                }
                Some(MedicationStatus::Active) if is_proposed(scene, cue.span) => Some(MedicationStatus::Planned),
                told => told,
            },
            Says::Is(status) => reaches(scene, &seen, index, side, drug).then(|| done(scene, cue.span, status)),
        };
        goes_on |= status == Some(MedicationStatus::Active) && continues(cue.span.of(scene.text));
        match status {
            Some(MedicationStatus::Stopped) => ended_at = cue.span.start,
            Some(MedicationStatus::Active) if resumes(cue.span.of(scene.text)) => resumed_at = cue.span.start,
            _ => {}
        }
        begins |= status == Some(MedicationStatus::Active) && begins_something(cue.span.of(scene.text));
        // Allergy outweighs, then stopped; an earlier cue outweighs a later one of the same weight.
        found = heavier(found, status);
    }
    if found.is_none() {
        found = clause::by_a_parted_verb(scene, drug);
    }
    // `Beginn mit X ab 03.05.` is still to come; `wurde ab 03.05. begonnen` is not.
    let past = matches!(scene.section, SectionKind::Diagnosis | SectionKind::PastHistory);
    match found {
        Some(MedicationStatus::Stopped) if resumed_at > ended_at => Some(MedicationStatus::Active),
        // A course of chemotherapy in a history ended, also where it is said that it was begun.
        Some(MedicationStatus::Active) if past && !goes_on => ended_by_date(scene, drug).or(found),
        None => {
            let told = from_date(scene, drug).or_else(|| ended_by_date(scene, drug));
            let told = told.or_else(|| in_a_numbered_course(scene, drug));
            told.or_else(|| ended_in_the_next_sentence(scene))
                .or_else(|| only_in_a_case(scene))
                .or_else(|| after_a_course(scene, drug))
        }
        Some(MedicationStatus::Active) if begins && !tells_the_past(scene) && is_conditional(scene) => {
            Some(MedicationStatus::Planned)
        }
        Some(MedicationStatus::Active) if !tells_the_past(scene) => {
            from_date(scene, drug).or(in_some_time(scene, drug)).or(found)
        }
        // `Fortführung von X empfohlen`, `Umstellung von X auf Y vorgesehen`
        Some(MedicationStatus::Planned) if goes_on || kept => Some(MedicationStatus::Active),
        Some(MedicationStatus::Active) if !goes_on => ended_in_the_next_sentence(scene).or(found),
        _ => found,
    }
}

/// `eine Gabe von Neupogen ist nicht indiziert`, `declined ibuprofen`: the drug is not given.
pub(super) fn is_refused(scene: &Scene) -> bool {
    let Some(&drug) = scene.drugs.get(scene.place) else { return false };
    let seen = seen(scene);
    let mut refusals = seen.iter().enumerate().filter(|(_, cue)| cue.says == Says::NotTaken);
    refusals
        .any(|(index, cue)| !from_now_on(scene, cue.span) && reaches(scene, &seen, index, side_of(scene, cue), drug))
}

/// `wurde nicht gestoppt`, `ohne Pause`: it goes on.
fn is_denied(scene: &Scene, cue: Span) -> bool {
    let before = scene.text.get(scene.sentence.start as usize..cue.start as usize).unwrap_or("").trim_end();
    let last = before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("").to_lowercase();
    matches!(last.as_str(), "nicht" | "ohne" | "keine" | "keineswegs" | "not" | "without" | "never")
}

/// `auf weitere Gaben wurde verzichtet`, `ist künftig zu meiden`: it was taken before.
fn from_now_on(scene: &Scene, cue: Span) -> bool {
    const SINCE: [&str; 12] = [
        "weitere",
        "weiteren",
        "weiterer",
        "künftig",
        "zukünftig",
        "fortan",
        "seither",
        "seitdem",
        "zukunft",
        "further",
        "future",
        "now",
    ];
    let near = Span::new(cue.start.saturating_sub(80).max(scene.sentence.start) as usize, cue.end as usize + 40);
    let end = (near.end as usize).min(scene.sentence.end as usize);
    let start = (near.start as usize..=cue.start as usize).find(|&at| scene.text.is_char_boundary(at)).unwrap_or(0);
    let end = (cue.end as usize..=end).rev().find(|&at| scene.text.is_char_boundary(at)).unwrap_or(end);
    let words = scene.text.get(start..end).unwrap_or("").to_lowercase();
    words.split(|sign: char| !sign.is_alphabetic()).any(|word| SINCE.contains(&word))
}

/// `sollte beibehalten werden`: it is taken.
pub(super) fn is_continued(scene: &Scene) -> bool {
    let Some(&drug) = scene.drugs.get(scene.place) else { return false };
    let seen = seen(scene);
    let mut cues = seen.iter().enumerate();
    cues.any(|(index, cue)| {
        cue.says == ACTIVE
            && continues(cue.span.of(scene.text))
            && reaches(scene, &seen, index, side_of(scene, cue), drug)
    })
}

/// `Fortführung`, `continue`: nothing new is planned.
fn continues(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "fortführ",
        "weiterführ",
        "fortge",
        "weiterge",
        "weiterlaufen",
        "weiter gegeben",
        "weiter verabreicht",
        "weiter eingenommen",
        "continu",
        "beibehalten",
        "belassen",
        "wie bisher",
        "wie gehabt",
        "as before",
    ]
    .iter()
    .any(|start| words.starts_with(start))
}

/// `Exanthem als Kind, daher Clindamycin`: what follows from a history is taken now.
pub(super) fn is_a_consequence(scene: &Scene) -> bool {
    let Some(drug) = scene.drugs.get(scene.place) else { return false };
    let before = scene.text.get(scene.sentence.start as usize..drug.start as usize).unwrap_or("");
    // `moderner als vor 4 Jahren` only compares.
    [" daher ", " deshalb ", " stattdessen ", " therefore ", " als vor ", " than before "]
        .iter()
        .any(|word| before.contains(word))
}

/// `Cefaclor: Hautausschlag`, `MORPHINE - NAUSEA`: a name and a reaction, as lists of allergies have it.
pub(super) fn is_named_with_a_reaction(scene: &Scene) -> bool {
    // The first are those of an allergy, which a bracket may hold, too.
    const REACTIONS: [&str; 40] = [
        "hautausschlag",
        "ausschlag",
        "exanthem",
        "arzneimittelexanthem",
        "urtikaria",
        "anaphylaxie",
        "anaphylaktischer",
        "anaphylaktische",
        "angioödem",
        "quincke",
        "quinckeödem",
        "rash",
        "hives",
        "urticaria",
        "anaphylaxis",
        "angioedema",
        "agranulozytose",
        "asthmaanfall",
        "bronchospasmus",
        "bronchospasm",
        "juckreiz",
        "luftnot",
        "atemnot",
        "übelkeit",
        "erbrechen",
        "kopfschmerz",
        "kopfschmerzen",
        "durchfall",
        "itching",
        "swelling",
        "nausea",
        "vomiting",
        "myalgien",
        "myalgie",
        "muskelschmerzen",
        "husten",
        "angiooedem",
        "cough",
        "myalgia",
        "wheeze",
    ];
    const ALLERGIC: usize = 20;
    let Some(drug) = scene.drugs.get(scene.place) else { return false };
    let after = scene.text.get(drug.end as usize..scene.sentence.end as usize).unwrap_or("");
    let Some(rest) = after.trim_start().strip_prefix([':', '-', '–', '=', '→', '(']) else { return false };
    let known = if after.trim_start().starts_with('(') { ALLERGIC } else { REACTIONS.len() };
    let rest = rest.trim_start_matches(['>', ' ']).to_lowercase();
    let mut words = rest.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| REACTIONS[..known].contains(&word))
}

/// `Penicillinallergie`, `Novalgin-Unverträglichkeit`: the word goes on.
fn in_allergy_compound(text: &str, drug: Span) -> bool {
    let rest = text.get(drug.end as usize..).unwrap_or("");
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let word: String = rest.chars().take_while(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    ["allergi", "unverträglichkeit", "überempfindlichkeit", "intoleranz"].iter().any(|end| word.starts_with(end))
}

fn heavier(old: Option<MedicationStatus>, new: Option<MedicationStatus>) -> Option<MedicationStatus> {
    let weight = |status: Option<MedicationStatus>| match status {
        None => 0,
        Some(MedicationStatus::Active) => 1,
        Some(MedicationStatus::Planned) => 2,
        Some(MedicationStatus::Stopped) => 3,
        Some(MedicationStatus::Allergy) => 4,
    };
    if weight(new) > weight(old) { new } else { old }
}

/// The cues of the sentence, at word beginnings, outside drug names.
fn seen(scene: &Scene) -> Vec<Seen> {
    let start = scene.sentence.start as usize;
    let Some(sentence) = scene.text.get(scene.sentence.range()) else { return Vec::new() };
    let cues = cues();
    let mut seen = Vec::new();
    for found in cues.automaton.find_iter(sentence) {
        let word = &sentence[found.range()];
        let begins =
            !word.starts_with(char::is_alphanumeric) || !sentence[..found.start()].ends_with(char::is_alphanumeric);
        let ends =
            !word.ends_with(char::is_alphanumeric) || !sentence[found.end()..].starts_with(char::is_alphanumeric);
        // `21 Tage, dann 7 Tage Pause` is a rhythm, and so is `Sa/So Pause`.
        let rhythm = word.eq_ignore_ascii_case("pause")
            && ["Tage", "Tagen", "Woche", "Wochen", "days", "week", "Sa", "So", "Sa.", "So.", "Wochenende"]
                .iter()
                .any(|time| sentence[..found.start()].trim_end().ends_with(time));
        let rhythm = rhythm || word.eq_ignore_ascii_case("pause") && is_of_days(&sentence[found.end()..]);
        if begins && ends && !rhythm && !is_a_step_or_a_function(&sentence[..found.start()], word) {
            let cue = &cues.cues[found.pattern().as_usize()];
            seen.push(Seen {
                span: Span::new(start + found.start(), start + found.end()),
                side: cue.side,
                says: cue.says,
            });
        }
    }
    seen
}

/// `Pause d15-21`, `Pause Tag 15-21`
fn is_of_days(after: &str) -> bool {
    let after = after.trim_start();
    ["d", "Tag ", "day ", "an Tag "]
        .iter()
        .any(|day| after.strip_prefix(day).is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit())))
}

/// `40 mg, dann absetzen` is the last step of a regimen; `Stuhl absetzen` is none at all.
fn is_a_step_or_a_function(before: &str, word: &str) -> bool {
    const LEADS: [&str; 7] = ["dann", "danach", "anschließend", "then", "Stuhl", "Urin", "Wasser"];
    let before = before.trim_end();
    let before = before.strip_suffix("bitte").or(before.strip_suffix("wieder")).unwrap_or(before);
    let last = before.trim_end().rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
    ["absetzen", "abgesetzt", "stop"].iter().any(|one| word.eq_ignore_ascii_case(one)) && LEADS.contains(&last)
}

/// The side on which the cue looks.
fn side_of(scene: &Scene, cue: &Seen) -> Side {
    match cue.side {
        Side::Either if directly_before(scene, cue.span) => Side::Right,
        Side::Either => Side::Left,
        side => side,
    }
}

/// Whether the first drug after the cue stands directly there (`discontinued the metoprolol`).
fn directly_before(scene: &Scene, cue: Span) -> bool {
    let Some(next) = scene.drugs.iter().find(|drug| drug.start >= cue.end) else { return false };
    let gap = scene.text.get(cue.end as usize..next.start as usize).unwrap_or(".");
    let words = gap.split_whitespace().count();
    words <= 2 && !gap.contains(['.', ',', ';', ':']) && !gap.contains(" and ") && !gap.contains(" for ")
}

/// Whether the cue reaches the drug: from the cue to the nearest drug on its side, then along commas and `und`.
fn reaches(scene: &Scene, seen: &[Seen], index: usize, side: Side, drug: Span) -> bool {
    let cue = &seen[index];
    let text = scene.text;
    let blocked = |from: u32, to: u32| {
        seen.iter().enumerate().any(|(other, border)| {
            other != index
                && !matches!(border.says, Says::Switch)
                // `wurde bei ausbleibender Besserung beendet`
                && !(side == Side::Left && border.span.of(text).to_lowercase().starts_with("bei "))
                && border.says != cue.says
                && !(cue.says == PLANNED && border.says == ACTIVE && begins_something(border.span.of(text)))
                // `wurde begonnen und nach 7 Tagen beendet`, `was held and resumed`
                && !(cue.says == STOPPED && border.says == ACTIVE && was_begun(border.span.of(text)))
                && !(border.says == STOPPED && resumes(cue.span.of(text)))
                && border.span.start >= from
                && border.span.end <= to
        })
    };
    let ended = |from: u32, to: u32| {
        let gap = text.get(from as usize..to as usize).unwrap_or(";");
        gap.rsplit_once(';').is_some_and(|(_, after)| {
            !["it ", "es ", "dies", "this ", "letzter", "the latter"]
                .iter()
                .any(|word| after.trim_start().starts_with(word))
        }) || gap.match_indices(". ").any(|(at, _)| {
            gap[at + 2..].starts_with(char::is_uppercase)
                && at > 4
                && !gap[..at].ends_with(|sign: char| sign.is_ascii_digit())
        })
    };
    let mut side = side;
    // `Abgesetzt seit 01/2025: Glibenclamid`: a heading looks right.
    if side == Side::Left
        && scene.drugs.first().is_some_and(|first| {
            first.start >= cue.span.end
                && text.get(cue.span.end as usize..first.start as usize).unwrap_or("").contains(':')
        })
    {
        side = Side::Right;
    }
    let mut near = match side {
        Side::Left => scene
            .drugs
            .iter()
            .rev()
            .find(|drug| drug.end <= cue.span.start + u32::from(cue.span.of(text).starts_with('-')))
            .copied(),
        _ => scene.drugs.iter().find(|drug| drug.start >= cue.span.end).copied(),
    };
    // `wegen der Interaktion mit Sandimmun abgesetzt`
    let interacts = |drug: &Span| {
        text.get(..drug.start as usize)
            .is_some_and(|before| before.ends_with("nteraktion mit ") || before.ends_with("nteraction with "))
    };
    if side == Side::Left && near.as_ref().is_some_and(interacts) {
        near = near.and_then(|near| scene.drugs.iter().rev().find(|drug| drug.end <= near.start).copied());
    }
    let limit = limit(cue, side, text);
    // `Ramipril 5 mg 1-0-1 (pausiert)`: what is said in brackets is said of one drug.
    let bracketed = side == Side::Left
        && text.get(scene.sentence.start as usize..cue.span.start as usize).unwrap_or("").trim_end().ends_with('(');
    let many = says_many(text, near, cue.span);
    // `anstelle von Delix (Husten) Micardis 80 mg`: one is named, the next takes its place.
    let one = ["statt", "anstatt", "anstelle von", "instead of"]
        .iter()
        .any(|word| cue.span.of(text).eq_ignore_ascii_case(word));
    if let Some(first) = near {
        let (from, to) =
            if side == Side::Left { (first.end, cue.span.start.max(first.end)) } else { (cue.span.end, first.start) };
        let amount =
            || text.get(from as usize..to as usize).is_some_and(|gap| gap.bytes().any(|byte| byte.is_ascii_digit()));
        let tapers = cue.span.of(text).eq_ignore_ascii_case("auszuschleichen") && amount();
        if to - from > limit || blocked(from, to) || ended(from, to) || tapers {
            return false;
        }
    }
    while let Some(current) = near {
        if current == drug {
            return true;
        }
        if one {
            return false;
        }
        near = match side {
            Side::Left => scene
                .drugs
                .iter()
                .rev()
                .find(|other| other.end <= current.start)
                .copied()
                .filter(|other| !bracketed && joined(text, other.end, current.start))
                .filter(|other| many || is_bare_list(text, other.end, current.start))
                .filter(|other| !blocked(other.end, current.start)),
            _ => scene
                .drugs
                .iter()
                .find(|other| other.start >= current.end)
                .copied()
                .filter(|other| joined(text, current.end, other.start) && !blocked(current.end, other.start)),
        };
    }
    false
}

/// `begonnen`, `gegeben`: what was begun may end later in the sentence.
fn was_begun(words: &str) -> bool {
    ["begonnen", "eingeleitet", "angesetzt", "gegeben", "verabreicht", "was started", "were started"]
        .iter()
        .any(|word| words.eq_ignore_ascii_case(word))
}

/// `wieder angesetzt`, `resumed`: what was stopped is taken again.
fn resumes(words: &str) -> bool {
    let words = words.to_lowercase();
    words.starts_with("wieder") || words.contains("resumed") || words.contains("restarted")
}

/// `Beginn mit`, `Gabe von`, `start`: under a plan it is what is planned.
fn begins_something(words: &str) -> bool {
    let words = words.to_lowercase();
    ["begin", "gabe", "start"].iter().any(|word| words.starts_with(word))
}

/// Whether the words from the nearest drug to the cue speak of several: `A und B wurden abgesetzt`.
fn says_many(text: &str, near: Option<Span>, cue: Span) -> bool {
    let Some(near) = near.filter(|near| near.end <= cue.start) else { return true };
    let words = text.get(near.end as usize..cue.end as usize).unwrap_or("");
    let plural = ["wurden", "werden", "sind", "were", "are", "both", "beide"];
    words.split(|sign: char| !sign.is_alphanumeric()).any(|word| plural.contains(&word))
}

/// Whether nothing but names stands in the list: `Ramipril 5 mg 1-0-0, HCT abgesetzt` tells of HCT alone, and so does a line of its own.
fn is_bare_list(text: &str, from: u32, to: u32) -> bool {
    let gap = text.get(from as usize..to as usize).unwrap_or("");
    let wrapped = |(before, _): (&str, &str)| {
        let before = before.trim_end();
        before.ends_with(',') || before.ends_with(" und") || before.ends_with(" and")
    };
    let scheduled = || {
        piece::pieces(text, Span::new(from as usize, to as usize), befund_core::Language::De)
            .iter()
            .any(|piece| matches!(piece.value, Value::Schedule(_)))
    };
    gap.rsplit_once('\n').is_none_or(wrapped) && !gap.contains(['↑', '↓']) && !scheduled()
}

/// Most bytes between a cue and the nearest drug.
fn limit(cue: &Seen, side: Side, text: &str) -> u32 {
    let word = cue.span.of(text);
    match cue.says {
        ALLERGY if side == Side::Left && !word.ends_with("verzichtet") => 2,
        _ if word.eq_ignore_ascii_case("pause") => 40,
        // `Tavor bat sie auszuschleichen` ends it, `Paroxetin ausschleichen`, too; `Prednisolon 50-40-30 mg ausschleichen` is how it is taken.
        _ if word.eq_ignore_ascii_case("auszuschleichen") => 30,
        _ if word.ends_with("schleichen") => 2,
        // `Nach Beendigung der Sedierung ... mit Clonidin behandelt`: what ended is named at once.
        _ if word.starts_with("Beendigung") || word.eq_ignore_ascii_case("completed") => 30,
        _ if word.eq_ignore_ascii_case("off") => 1,
        _ if word.eq_ignore_ascii_case("cave") => 3,
        _ if ["add", "adding"].contains(&word.to_lowercase().as_str()) => 20,
        _ if cue.says == PLANNED && (word.starts_with("next") || word.starts_with("nächste")) && side == Side::Left => {
            25
        }
        _ if ["evtl.", "eventuell", "ggf.", "ggfs.", "gegebenenfalls"].contains(&word.to_lowercase().as_str()) => 25,
        _ if ["alternativ", "alternatively"].contains(&word.to_lowercase().as_str()) => 40,
        _ if ["recommend", "suggest"].contains(&word.to_lowercase().as_str()) => 50,
        _ => 140,
    }
}

/// Whether only commas, `und` and parts of a regimen stand between two drugs.
fn joined(text: &str, from: u32, to: u32) -> bool {
    if to - from > 80 {
        return false;
    }
    let tokens = Tokens::read(text, from as usize, to as usize, befund_core::Language::De);
    let mut depth = 0;
    tokens.tokens.iter().enumerate().all(|(index, token)| match token.kind {
        // What stands in brackets is an aside: `(hives), codeine`.
        Kind::Sign('(') => {
            depth += 1;
            true
        }
        Kind::Sign(')') => {
            depth -= 1;
            true
        }
        _ if depth > 0 => true,
        Kind::Word(Meaning::Other) => {
            tokens.is_any(index, &["und", "and", "sowie", "oder", "or", "u", "bzw", "as", "well"])
        }
        Kind::Sign(sign) => !matches!(sign, ';' | '!' | '?' | ':'),
        _ => true,
    })
}

/// Whether `auf eine ...` leads to the drug, in the words between the drug before it and itself.
fn led_by_auf(scene: &Scene, drug: Span) -> bool {
    let last =
        scene.drugs.iter().rev().find(|other| other.end <= drug.start).map_or(scene.sentence.start, |last| last.end);
    let words = scene.text.get(last as usize..drug.start as usize).unwrap_or("");
    let near = words.char_indices().rev().nth(60).map_or(words, |(at, _)| &words[at..]);
    [" auf eine ", " auf die ", " auf ein ", " auf orale ", " auf den "].iter().any(|lead| near.contains(lead))
}

/// `Ramipril wurde auf Valsartan umgestellt`: after `auf`, `durch`, `to`, `with`, `by` the drug is taken; after `von`, `from`, and elsewhere before
/// such a drug, it is stopped.
fn switched(scene: &Scene, cue: Span, drug: Span) -> Option<MedicationStatus> {
    let text = scene.text;
    let lead = |span: Span| {
        let before = text.get(scene.sentence.start as usize..span.start as usize).unwrap_or("").trim_end();
        before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("").to_lowercase()
    };
    let exchange = ["ausgetauscht", "getauscht", "eingewechselt", "exchanged", "swapped"]
        .contains(&cue.of(text).to_lowercase().as_str());
    let arrow = |span: Span| {
        let before = text.get(scene.sentence.start as usize..span.start as usize).unwrap_or("").trim_end();
        ["->", "→", "=>"].iter().any(|arrow| before.ends_with(arrow))
    };
    let is_new = |span: Span| {
        arrow(span)
            || match lead(span).as_str() {
                "auf" | "durch" | "to" | "with" | "by" | "zu" => true,
                "gegen" | "for" => exchange,
                // `auf eine orale Gabe von X`, `auf ein Fentanyl-Pflaster`
                "von" | "mit" | "ein" | "eine" | "einen" => led_by_auf(scene, span),
                _ => false,
            }
    };
    if is_new(drug) {
        return Some(MedicationStatus::Active);
    }
    let new = scene.drugs.iter().find(|other| is_new(**other))?;
    // The drug named last before the new one, with those joined to it.
    let old = scene.drugs.iter().rev().find(|other| other.end <= new.start)?;
    let stopped = drug.end <= old.end
        && new.start.max(cue.start) - old.end < 140
        && (drug == *old || joined(text, drug.end, old.start));
    (stopped || matches!(lead(drug).as_str(), "von" | "from")).then_some(MedicationStatus::Stopped)
}
