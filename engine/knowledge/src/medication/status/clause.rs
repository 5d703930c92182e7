//! What the clause around a cue, the head of its sentence and the next sentence say of it: only proposed, only in a case, ended.

use std::sync::LazyLock;

use befund_core::{MedicationStatus, Span};
use regex::Regex;

use super::{Scene, tells_the_past};

/// The clause of a cue: what stands around it up to a semicolon or a full stop behind a word.
fn clause_of<'t>(scene: &Scene<'t>, cue: Span) -> (&'t str, &'t str) {
    let ends = |part: &str, at: usize| part[..at].ends_with(char::is_lowercase) && part[at + 1..].starts_with(' ');
    let before = scene.text.get(scene.sentence.start as usize..cue.start as usize).unwrap_or("");
    let from = before.rmatch_indices([';', '.']).find(|(at, sign)| *sign == ";" || ends(before, *at));
    let after = scene.text.get(cue.end as usize..scene.sentence.end as usize).unwrap_or("");
    let to = after.match_indices([';', '.']).find(|(at, sign)| *sign == ";" || ends(after, *at));
    (&before[from.map_or(0, |(at, _)| at + 1)..], &after[..to.map_or(after.len(), |(at, _)| at)])
}

fn has_word(part: &str, words: &[&str]) -> bool {
    part.split(|sign: char| !sign.is_alphabetic()).any(|word| words.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

/// `konnte wieder angesetzt werden` was done, `soll wieder angesetzt werden` is to be done; `kann bei Beschwerdefreiheit beendet werden`,
/// `Steigerung auf 100 mg geplant`: till then it is taken.
pub(super) fn done(scene: &Scene, cue: Span, status: MedicationStatus) -> MedicationStatus {
    let before = scene.text.get(scene.sentence.start as usize..cue.start as usize).unwrap_or("");
    let after = scene.text.get(cue.end as usize..scene.sentence.end as usize).unwrap_or("");
    let words = cue.of(scene.text).to_lowercase();
    // From the drug to the cue, where it stands before it.
    let drug = scene.drugs.get(scene.place).map_or(cue.start, |drug| drug.end.min(cue.start));
    let between = scene.text.get(drug as usize..cue.start as usize).unwrap_or("");
    let active = match status {
        MedicationStatus::Planned => {
            let could = words.ends_with("werden") && has_word(before, &["konnte", "konnten"]);
            // `Bei Verschlechterung wurde X gegeben` was done, too.
            let conditional = ["bei ", "if "].iter().any(|lead| words.starts_with(lead)) && tells_the_past(scene);
            // `Die Aufnahme erfolgte zur Einleitung einer Therapie mit X`, `mit der Eindosierung von X begonnen`
            let begun = words.starts_with("ein") && after.contains("begonnen") && tells_the_past(scene)
                || words.starts_with("eindosierung") && has_word(before, &["nach"]);
            let took_place = words.starts_with("einleitung") && before.contains("erfolgte") || begun;
            // `Die letzte Gabe von X war am 02.02., die nächste ist vorgesehen.`
            let again = has_word(before, &["letzte", "zuletzt", "last"]) && has_word(between, &["nächste", "next"]);
            could || conditional || took_place || again || words.contains("plan") && has_word(between, CHANGES_OF_DOSE)
        }
        MedicationStatus::Stopped => {
            let cases = ["bei", "nach", "falls", "wenn", "sobald", "if", "when", "once", "after"];
            has_word(between, &["kann", "könnte", "darf", "may", "can"])
                && (has_word(between, &cases) || has_word(after, &cases))
        }
        _ => false,
    };
    if active { MedicationStatus::Active } else { status }
}

/// What is planned of a drug that is taken.
const CHANGES_OF_DOSE: &[&str] = &[
    "steigerung",
    "dosissteigerung",
    "erhöhung",
    "dosiserhöhung",
    "reduktion",
    "dosisreduktion",
    "reduzierung",
    "dosisanpassung",
    "absetzversuch",
    "auslassversuch",
    "ausschleichen",
    "increase",
    "reduction",
];

static IN_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:nach|in|after) (?:weiteren |another )?(?:\d+|einem|einer|zwei|drei|vier|fünf|sechs|acht|zwölf|one|two|three|four|six|eight|twelve)",
        r" (?:tag|woche|monat|jahr|day|week|month|year)"
    ))
    .ok()
});

/// `nach 12 Monaten`, `in four weeks`: later than now.
fn in_time(part: &str) -> bool {
    IN_TIME.as_ref().is_some_and(|time| time.is_match(part))
}

static PARTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:setzte|setzten|setzen|setzt|brach|brachen)\b").ok());

/// `Der Urologe setzte Oxybutynin wegen Mundtrockenheit ab und Mirabegron 50 mg an`: the verb's second part behind the drug tells.
pub(super) fn by_a_parted_verb(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    let before = scene.text.get(scene.sentence.start as usize..drug.start as usize)?;
    let next = scene.drugs.iter().find(|other| other.start >= drug.end).map_or(scene.sentence.end, |next| next.start);
    let after = scene.text.get(drug.end as usize..next as usize)?;
    PARTED.as_ref()?.find(before)?;
    let mut parts = after.split(|sign: char| !sign.is_alphabetic());
    parts.find_map(|word| match word {
        "ab" => Some(MedicationStatus::Stopped),
        "an" | "fort" => Some(MedicationStatus::Active),
        _ => None,
    })
}

/// `X müsste vorher abgesetzt werden`, `kann in drei Monaten abgesetzt werden`: it is still taken.
pub(super) fn is_only_thought_of(scene: &Scene, cue: Span) -> bool {
    let (before, after) = clause_of(scene, cue);
    const ENDS: [&str; 6] = ["absetzen", "abzusetzen", "beenden", "ausschleichen", "stop", "discontinue"];
    if ENDS.iter().any(|one| cue.of(scene.text).eq_ignore_ascii_case(one)) {
        // `Metformin 1-0-1, bei eGFR < 30 absetzen`
        let case = [", bei ", ", falls ", ", wenn ", ", if ", ", when "].iter().any(|lead| before.contains(lead));
        return case || in_time(before) || in_time(after);
    }
    let passive = after.trim_start().starts_with("werden") || after.trim_start().starts_with("be ");
    let ended =
        ["abgesetzt", "beendet", "pausiert", "stopped"].iter().any(|one| cue.of(scene.text).eq_ignore_ascii_case(one));
    ended
        && passive
        && (has_word(before, &["müsste", "müssten", "würde", "würden", "könnte", "könnten"])
            || has_word(before, &["kann", "können", "soll", "sollte", "muss"]) && in_time(before))
}

/// `Wechsel auf X vorgesehen`, `Vorschlag: Rotation auf X`: nothing has changed yet.
pub(super) fn is_proposed(scene: &Scene, cue: Span) -> bool {
    const PROPOSED: [&str; 29] = [
        "schlagen",
        "schlage",
        "müsste",
        "müssten",
        "vorgesehen",
        "geplant",
        "erwägen",
        "erwogen",
        "empfohlen",
        "empfehlen",
        "empfiehlt",
        "vorschlag",
        "vorgeschlagen",
        "diskutiert",
        "angestrebt",
        "denkbar",
        "möglich",
        "sollte",
        "soll",
        "könnte",
        "würden",
        "ggf",
        "eventuell",
        "planned",
        "consider",
        "suggest",
        "recommend",
        "should",
        "would",
    ];
    let (before, after) = clause_of(scene, cue);
    let done = ["wurde", "wurden", "erfolgte", "was", "were", "haben", "stellten"];
    !has_word(before, &done)
        && !has_word(after, &done)
        && (has_word(before, &PROPOSED) || has_word(after, &PROPOSED) || after.contains("behalten wir uns vor"))
}

/// The first letters of the sentence, in small ones.
fn head_of(scene: &Scene) -> String {
    let sentence = scene.text.get(scene.sentence.range()).unwrap_or("");
    let words = sentence.trim_start_matches(|sign: char| !sign.is_alphabetic());
    words.chars().take(20).flat_map(char::to_lowercase).collect()
}

/// `Bei Auftreten von Fieber Beginn mit ...`, `If fever recurs, start ...`: the case has not come.
pub(super) fn is_conditional(scene: &Scene) -> bool {
    const CASES: [&str; 17] = [
        "falls ",
        "sollte ",
        "sollten ",
        "wenn ",
        "im falle ",
        "im fall ",
        "bei auftreten",
        "bei erneut",
        "bei zusätzlich",
        "bei anhalten",
        "bei wiederauftreten",
        "bei persistier",
        "bei zunahme",
        "bei rezidiv",
        "if ",
        "in case ",
        "should ",
    ];
    let start = head_of(scene);
    CASES.iter().any(|case| start.starts_with(case))
}

/// `Falls Fieber auftritt, Piperacillin`, `Should she relapse, lithium`: nothing else says what becomes of it. What is taken as needed is taken.
pub(super) fn only_in_a_case(scene: &Scene) -> Option<MedicationStatus> {
    const CASES: [&str; 9] =
        ["sofern ", "sobald ", "falls ", "sollte ", "sollten ", "im falle ", "if ", "should ", "in case of "];
    const NEEDED: [&str; 6] =
        ["falls nötig", "falls erforderlich", "falls notwendig", "if needed", "if necessary", "if required"];
    let start = head_of(scene);
    let case = CASES.iter().any(|case| start.starts_with(case)) && !NEEDED.iter().any(|need| start.starts_with(need));
    (case && !super::tells_the_past(scene)).then_some(MedicationStatus::Planned)
}

/// Bytes of the next sentence that are read.
const NEXT: usize = 160;

/// `Diese Medikation wurde durch ... ersetzt`, `It was discontinued`: what the next sentence says of what was just named.
pub(super) fn ended_in_the_next_sentence(scene: &Scene) -> Option<MedicationStatus> {
    const NAMED_AGAIN: [&str; 15] = [
        "these two were",
        "diese medikation",
        "diese therapie",
        "diese behandlung",
        "diese wurde",
        "dieses wurde",
        "dieser wurde",
        "dies wurde",
        "dieses musste",
        "diese musste",
        "this was",
        "it was",
        "these were",
        "they were",
        "this medication",
    ];
    const ENDED: [&str; 18] = [
        "narrowed",
        "changed to",
        "switched to",
        "abgesetzt",
        "beendet",
        "ersetzt",
        "ausgeschlichen",
        "pausiert",
        "gestoppt",
        "abgebrochen",
        "umgestellt",
        "stopped",
        "discontinued",
        "was held",
        "were held",
        "replaced",
        "withdrawn",
        "suspended",
    ];
    let from = scene.sentence.end as usize;
    let end = scene.text.floor_char_boundary(from + NEXT);
    let next = scene.text.get(from..end)?;
    // The paragraph ends at a line break; the sentence at a full stop behind a word.
    let next = next.trim_start_matches([' ', '.']).split('\n').next()?.to_lowercase();
    let next = next
        .match_indices(". ")
        .find(|(at, _)| !next[..*at].ends_with(|sign: char| sign.is_ascii_digit()))
        .map_or(next.as_str(), |(at, _)| &next[..at]);
    let at = NAMED_AGAIN.iter().filter_map(|words| next.find(words)).min().filter(|at| *at < 90)?;
    let verb = ENDED.iter().filter_map(|word| next[at..].find(word)).min()?;
    (!next[at..at + verb].contains("nicht ") && !next[at..at + verb].contains("not "))
        .then_some(MedicationStatus::Stopped)
}
