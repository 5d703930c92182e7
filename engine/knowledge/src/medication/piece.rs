//! The parts of a regimen in one sentence, left to right: amounts, forms, counts, schedules, routes, durations, reasons.
//!
//! Nothing is joined to a drug here; `link.rs` does that, and drops what stands beside none.

use befund_core::{Label, Language, Span};

use super::amount::{self, Amount, Per};
use super::lex::{Kind, Tokens};
use super::schedule::{self, Schedule, dot};
use super::taper::CHANGES;
use super::words::{self, Form, Meaning, Unit};

/// What a part says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Amount(Amount),
    /// `2 Tabletten`: how many at once; `None` for a range.
    Count(Option<f64>, Form),
    Schedule(Schedule),
    Form,
    Route(&'static str),
    Duration,
    /// `über 2 Std`: how long an infusion runs.
    Infusion,
    /// `7 Tage` by itself: a duration when it stands directly behind the rest.
    Stretch,
    Reason,
    /// `AUC 6`.
    Area,
    /// A number without a unit that may be a strength (`Ramipril 5 1-0-0`); `None` for a combination (`Inegy 10/40`).
    Bare(Option<f64>),
    /// A laboratory value, or by how much a dose changes; never a mention.
    Laboratory,
}

/// A part and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub span: Span,
    pub value: Value,
}

impl Piece {
    /// Label before linking; `None` where the part is no mention by itself.
    pub fn label(&self) -> Option<Label> {
        Some(match self.value {
            Value::Amount(amount) if amount.is_dose() => Label::Dose,
            Value::Amount(_) | Value::Bare(_) => Label::Strength,
            Value::Count(..) | Value::Area => Label::Dose,
            Value::Schedule(_) => Label::Frequency,
            Value::Form => Label::Form,
            Value::Route(_) => Label::Route,
            Value::Duration | Value::Infusion | Value::Stretch => Label::Duration,
            Value::Reason => Label::Reason,
            Value::Laboratory => return None,
        })
    }
}

/// All parts inside `within`.
pub(super) fn pieces(text: &str, within: Span, language: Language) -> Vec<Piece> {
    let start = (within.start as usize).min(text.len());
    let end = (within.end as usize).min(text.len());
    if start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return Vec::new();
    }
    let tokens = Tokens::read(text, start, end, language);
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.tokens.len() {
        let Some((value, from, next)) = piece(&tokens, at).filter(|(_, _, next)| *next > at) else {
            at += 1;
            continue;
        };
        let first = tokens.tokens[from].start;
        let last = tokens.tokens[next - 1].end;
        pieces.push(Piece { span: Span::new(first, last), value });
        at = next;
    }
    pieces
}

type Found = (Value, usize, usize);

/// The part that begins at `at`: what it says, its first token and the token after it.
fn piece(tokens: &Tokens, at: usize) -> Option<Found> {
    let (value, from, next) = match tokens.get(at)?.kind {
        Kind::Number { .. } => number(tokens, at),
        // Most words of a text: only a cell of a table may hold them.
        Kind::Word(Meaning::Other) if !tokens.tokens[at].leads => cell(tokens, at),
        Kind::Word(_) => word(tokens, at),
        Kind::Sign(_) => None,
    }?;
    // `alle 3 Tage um 5 mg reduzieren`
    let step = || amount::read(tokens, next + 1).is_some_and(|(_, end)| is_a_step(tokens, next + 1, end));
    match value {
        Value::Schedule(_) if step() => Some((Value::Laboratory, from, next)),
        value => Some((value, from, next)),
    }
}

/// Parts that begin with a word.
fn word(tokens: &Tokens, at: usize) -> Option<Found> {
    let whole = |(value, next): (Value, usize)| (value, at, next);
    duration(tokens, at)
        .map(|next| (if runs(tokens, at, next) { Value::Infusion } else { Value::Duration }, next))
        .map(whole)
        .or_else(|| form(tokens, at).filter(|(_, _, next)| *next == at + 2))
        .or_else(|| route(tokens, at).map(whole))
        .or_else(|| area(tokens, at))
        .or_else(|| symptom(tokens, at))
        .or_else(|| schedule::read(tokens, at).map(|(schedule, next)| (Value::Schedule(schedule), at, next)))
        .or_else(|| counted_in_words(tokens, at))
        .or_else(|| reason(tokens, at))
        .or_else(|| cell(tokens, at))
        .or_else(|| form(tokens, at))
}

/// Parts that begin with a number.
fn number(tokens: &Tokens, at: usize) -> Option<Found> {
    if let Some(next) = lasting(tokens, at) {
        return Some((Value::Duration, at, next));
    }
    if let Some((schedule, next)) = schedule::read(tokens, at) {
        return Some((Value::Schedule(schedule), at, next));
    }
    // `G20 mg`, `B12`: a number glued to letters is part of a name; `x` is not (`2x500 mg`).
    let glued =
        tokens.touches_left(at) && matches!(tokens.meaning(at - 1), Meaning::Other) && tokens.word(at - 1).is_some();
    if let Some((amount, next)) = amount::read(tokens, at)
        && !glued
    {
        if amount.per == Per::Laboratory {
            return Some((Value::Laboratory, at, next));
        }
        // `2x1 g/die`: the amount of each time, and what it adds up to is said beside it.
        let each = at > 0 && (tokens.is_any(at - 1, &["x"]) || tokens.is_sign(at - 1, '×'));
        if each && amount.per == Per::Day {
            return Some((Value::Amount(Amount { per: Per::Nothing, ..amount }), at, next - 2));
        }
        if is_a_step(tokens, at, next) {
            // `um 5 mg alle 3 Tage`: how often it changes.
            let every = schedule::read(tokens, next + usize::from(tokens.is_any(next, &["pro", "per"])));
            return Some((Value::Laboratory, at, every.map_or(next, |(_, next)| next)));
        }
        // `5 ml` is a volume taken; `5 kg` and `2 l` are not of a drug.
        if matches!(amount.unit, Unit::Kg) {
            return None;
        }
        return Some((Value::Amount(amount), at, next));
    }
    if let Some((count, form, next)) = counted(tokens, at) {
        return Some((Value::Count(count, form), at, next));
    }
    if let Some(next) = stretch(tokens, at)
        && !glued
        && tokens.meaning(next - 1) != Meaning::Hour
        && !tokens.is_any(next, &["vor", "nach", "before", "after", "prior", "post", "zuvor"])
    {
        return Some((Value::Stretch, at, next));
    }
    let Kind::Number { value, .. } = tokens.get(at)?.kind else { return None };
    let mut next = at + 1;
    let touches = |next: usize| tokens.touches_left(next) && tokens.touches_left(next + 1);
    while next < at + 5 && tokens.is_sign(next, '/') && tokens.number(next + 1).is_some() && touches(next) {
        next += 2;
    }
    // `ASS100`
    Some((Value::Bare((next == at + 1).then_some(value)), at, next))
}

/// `um 5 mg reduziert`, `increase by 2.5 mg`: by how much an amount changes.
fn is_a_step(tokens: &Tokens, at: usize, next: usize) -> bool {
    let led = at > 0 && tokens.is_any(at - 1, &["um", "by"]) && !(at > 1 && tokens.is_word(at - 2, "followed"));
    led && (at.saturating_sub(6)..at - 1).chain(next..next + 12).filter_map(|index| tokens.word(index)).any(|word| {
        let word = word.to_lowercase();
        let word = word.strip_prefix("ge").unwrap_or(&word);
        CHANGES.iter().any(|change| word.starts_with(change))
    })
}

/// `2 Tabletten`, `1-2 Hübe`, `½ Tbl.`, `20 Trpf.`
fn counted(tokens: &Tokens, at: usize) -> Option<(Option<f64>, Form, usize)> {
    let mut count = tokens.number(at);
    let mut next = at + 1;
    if (tokens.is_sign(next, '-') || tokens.is_sign(next, '–') || tokens.is_any(next, &["bis", "to"]))
        && tokens.number(next + 1).is_some()
    {
        count = None;
        next += 2;
    }
    // `1 1/2 Tbl.`
    if let (Some(whole), Some(part)) = (count, tokens.number(next))
        && part < 1.0
        && part > 0.0
    {
        count = Some(whole + part);
        next += 1;
    }
    match tokens.meaning(next) {
        Meaning::Form(form @ (Form::Piece | Form::Puff | Form::Drops | Form::Spoon | Form::Patch)) => {
            Some((count, form, dot(tokens, next + 1)))
        }
        _ => None,
    }
}

/// `eine Tablette`, `one tablet`, `two puffs`.
fn counted_in_words(tokens: &Tokens, at: usize) -> Option<Found> {
    let Meaning::Count(mut count) = tokens.meaning(at) else { return None };
    let mut next = at + 1;
    // `eine halbe Tablette`, `half a tablet`, `one and a half tablets`.
    if count == 1.0 && tokens.is_any(next, &["halbe", "half"]) {
        (count, next) = (0.5, next + 1);
    } else if tokens.is_word(next, "and") && tokens.is_word(next + 1, "a") && tokens.is_word(next + 2, "half") {
        (count, next) = (count + 0.5, next + 3);
    } else if count == 0.5 && tokens.is_word(next, "a") {
        next += 1;
    }
    match tokens.meaning(next) {
        Meaning::Form(form @ (Form::Piece | Form::Puff | Form::Drops | Form::Spoon)) => {
            Some((Value::Count(Some(count), form), at, dot(tokens, next + 1)))
        }
        _ => None,
    }
}

/// A form by itself; `Stück` only counts. `nasal spray`, `eye drops` are two words.
fn form(tokens: &Tokens, at: usize) -> Option<Found> {
    if tokens.is_any(at, &["nasal", "eye", "ear", "mouth"]) && matches!(tokens.meaning(at + 1), Meaning::Form(_)) {
        return Some((Value::Form, at, at + 2));
    }
    let counts = tokens.is_any(at, &["stück", "stk"]);
    (matches!(tokens.meaning(at), Meaning::Form(_)) && !counts).then(|| (Value::Form, at, dot(tokens, at + 1)))
}

/// `AUC 6`: a dose by area under the curve; no amount by itself.
fn area(tokens: &Tokens, at: usize) -> Option<Found> {
    (tokens.word(at) == Some("AUC") && tokens.number(at + 1).is_some()).then_some((Value::Area, at, at + 2))
}

/// In a table the reason is a cell of its own: after a bar or a wide gap; in a line it closes the item: `1-0-1, fokale Epilepsie`,
/// `1-0-0 (Hypertonie)`.
fn cell(tokens: &Tokens, at: usize) -> Option<Found> {
    if at == 0 {
        return None;
    }
    let opens = tokens.is_sign(at.wrapping_sub(1), ',') || tokens.is_sign(at.wrapping_sub(1), '(');
    let adjective = tokens.word(at).is_some_and(|word| {
        word.starts_with(char::is_lowercase)
            && ["e", "er", "es"].iter().any(|end| word.ends_with(end))
            && word.len() > 5
    });
    let head = at + usize::from(opens && adjective && is_reason(tokens, at + 1));
    let closes =
        tokens.get(head + 1).is_none() || [',', ';', ')', '.'].iter().any(|sign| tokens.is_sign(head + 1, *sign));
    if opens && closes && is_reason(tokens, head) {
        return Some((Value::Reason, at, head + 1));
    }
    let alone = tokens.is_sign(at.wrapping_sub(1), '|') || at > 0 && tokens.gap_before(at) >= 2;
    (alone && is_reason(tokens, at)).then_some((Value::Reason, at, at + 1))
}

/// `p.o.`, `i. v.`, `per os`, `subkutan`, `auf die Haut`, `by mouth`, `via PEG`.
fn route(tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
    if let Some((short, next)) = tokens.pointed(at) {
        let route = match short {
            "po" => "oral",
            "iv" => "intravenous",
            "sc" => "subcutaneous",
            "im" => "intramuscular",
            "sl" => "sublingual",
            "pi" => "inhalation",
            "ith" => "intrathecal",
            "pr" => "rectal",
            _ => return None,
        };
        return Some((Value::Route(route), next));
    }
    if let Meaning::Route(route) = tokens.meaning(at) {
        return Some((
            Value::Route(route),
            at + 1 + usize::from(tokens.is_word(at, "inh") && tokens.is_sign(at + 1, '.')),
        ));
    }
    let three = |a: &str, b: &str| tokens.is_word(at + 1, a) && tokens.is_word(at + 2, b);
    match tokens.word(at)? {
        "IM" => Some((Value::Route("intramuscular"), at + 1)),
        "PR" => Some((Value::Route("rectal"), at + 1)),
        "per" | "Per" if tokens.is_word(at + 1, "os") => Some((Value::Route("oral"), at + 2)),
        "by" if tokens.is_word(at + 1, "mouth") => Some((Value::Route("oral"), at + 2)),
        "beide" | "both" if tokens.is_any(at + 1, &["augen", "eyes"]) => Some((Value::Route("ophthalmic"), at + 2)),
        "auf" if three("die", "haut") => Some((Value::Route("transdermal"), at + 3)),
        "in" if tokens.is_any(at + 1, &["beide", "both"]) && tokens.is_any(at + 2, &["augen", "eyes"]) => {
            Some((Value::Route("ophthalmic"), at + 3))
        }
        "via" | "über" | "per" if tokens.is_any(at + 1, &["peg", "magensonde", "sonde"]) => {
            Some((Value::Route("enteral"), at + 2))
        }
        _ => None,
    }
}

/// A stretch of time `7 Tage`, `two weeks`, `46 h`: the token after it.
fn stretch(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut next = at;
    if tokens.number(at).is_some() {
        next += 1;
        if (tokens.is_sign(next, '-') || tokens.is_sign(next, '–') || tokens.is_any(next, &["bis", "to"]))
            && tokens.number(next + 1).is_some()
        {
            next += 2;
        }
    } else if matches!(tokens.meaning(at), Meaning::Count(_)) {
        next += 1;
    } else {
        return None;
    }
    next += usize::from(tokens.is_any(next, &["weitere", "weiteren", "more"]));
    let time = matches!(tokens.meaning(next), Meaning::Day | Meaning::Week | Meaning::Month | Meaning::Hour)
        || tokens.is_any(next, &["jahre", "jahr", "years", "minuten", "min", "zyklen", "cycles", "jahren"]);
    time.then(|| dot(tokens, next + 1))
}

/// Durations that begin with a word: `für 7 Tage`, `über 46 h`, `x 5 days`, `bis 12.03.`, `noch 4 Tage`.
fn duration(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.is_any(at, &["für", "fuer", "for", "über", "over", "noch", "während", "x", "insgesamt", "weitere"])
        || tokens.is_word(at, "f") && tokens.is_sign(at + 1, '.')
    {
        const BEFORE: &[&str] = &[
            "insgesamt",
            "noch",
            "weitere",
            "mindestens",
            "the",
            "next",
            "einen",
            "another",
            "further",
            "up",
            "to",
            "bis",
            "zu",
            "about",
            "ca",
            "die",
            "nächsten",
            "kommenden",
        ];
        let mut from = at + 1 + usize::from(tokens.is_sign(at + 1, '.') && tokens.is_word(at, "f"));
        while from < at + 4 && tokens.is_any(from, BEFORE) && stretch(tokens, from).is_none() {
            from += 1;
        }
        // `for a week`
        if tokens.is_any(from, &["a", "an"])
            && matches!(tokens.meaning(from + 1), Meaning::Day | Meaning::Week | Meaning::Month)
        {
            return Some(from + 2);
        }
        return stretch(tokens, from);
    }
    if tokens.is_any(at, &["vom", "from"]) {
        return lasting(tokens, at + 1);
    }
    if tokens.is_any(at, &["days", "tage"])
        && tokens.number(at + 1).is_some()
        && tokens.is_any(at + 2, &["to", "bis"])
        && tokens.number(at + 3).is_some()
    {
        return Some(at + 4);
    }
    if tokens.is_any(at, &["bis", "until", "through", "till"]) {
        let from =
            at + 1 + usize::from(tokens.is_any(at + 1, &["zum", "einschließlich", "einschl", "inkl", "incl", "the"]));
        let from = from + usize::from(from > at + 1 && tokens.is_sign(from, '.'));
        let day = tokens.meaning(from) == Meaning::Weekday && tokens.number(from + 1).is_none();
        return date(tokens, from).or(day.then_some(from + 1));
    }
    None
}

/// `über 46 h`, `over 90 min`
fn runs(tokens: &Tokens, at: usize, next: usize) -> bool {
    tokens.is_any(at, &["über", "over"])
        && (tokens.meaning(next - 1) == Meaning::Hour
            || tokens.meaning(next - 2) == Meaning::Hour
            || tokens.is_any(next - 1, &["min", "minuten"]))
}

/// Durations that begin with a number: `7 Tage lang`, `22.06. bis 28.06.`, `2017-2018`, `2010 to 2021`.
fn lasting(tokens: &Tokens, at: usize) -> Option<usize> {
    if let Some(next) = stretch(tokens, at)
        && tokens.is_word(next, "lang")
    {
        return Some(next + 1);
    }
    let year = |at: usize| {
        tokens.get(at).is_some_and(|token| token.end - token.start == 4)
            && tokens.number(at).is_some_and(|year| (1950.0..2100.0).contains(&year))
    };
    let until =
        |at: usize| tokens.is_sign(at, '-') || tokens.is_sign(at, '–') || tokens.is_any(at, &["to", "bis", "until"]);
    if year(at) && until(at + 1) && year(at + 2) {
        return Some(at + 3);
    }
    let first = date(tokens, at)?;
    if !until(first) {
        return None;
    }
    date(tokens, first + 1 + usize::from(tokens.is_word(first + 1, "zum")))
}

/// `12.03.`, `12.03.2024`, `03/12/2024`, `18.11.`: the token after it. `12.03` is read as one number.
pub(super) fn date(tokens: &Tokens, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    tokens.number(at)?;
    let first = &tokens.text[token.start..token.end];
    let mut next = at + 1;
    if first.contains('.') {
        // `12.03` and then `.` or `.2024`.
        if tokens.is_sign(next, '.') && tokens.touches_left(next) {
            next += 1;
            if tokens.number(next).is_some() && tokens.touches_left(next) {
                next += 1;
            }
        }
        return Some(next);
    }
    if tokens.is_sign(next, '.')
        && tokens.touches_left(next)
        && tokens.number(next + 1).is_some()
        && tokens.gap_before(next + 1) <= 1
    {
        next += 2;
        if tokens.is_sign(next, '.') && tokens.touches_left(next) {
            next += 1;
            if tokens.number(next).is_some() && tokens.touches_left(next) {
                next += 1;
            }
        }
        return Some(next);
    }
    if tokens.is_sign(next, '/') && tokens.number(next + 1).is_some() {
        next += 2;
        if tokens.is_sign(next, '/') && tokens.number(next + 1).is_some() {
            next += 2;
        }
        return Some(next);
    }
    None
}

/// `bei Schmerzen`, `bei Atemnot`: taken when needed. With `bei Bedarf` before it, it is the reason (see `link.rs`).
fn symptom(tokens: &Tokens, at: usize) -> Option<Found> {
    let condition =
        at + 1 + usize::from(tokens.is_any(at + 1, &["starken", "starker", "stärkeren", "akuter", "akuten"]));
    if !tokens.is_word(at, "bei") {
        return None;
    }
    if let Some(next) = measured(tokens, condition) {
        return Some((Value::Schedule(Schedule { prn: true, ..Schedule::default() }), at, next));
    }
    match tokens.word(condition).map_or(Meaning::Other, words::condition) {
        Meaning::Disease => return Some((Value::Reason, condition, condition + 1)),
        Meaning::Symptom => {}
        _ => return None,
    }
    Some((Value::Schedule(Schedule { prn: true, ..Schedule::default() }), at, condition + 1))
}

/// `RR > 180 mmHg`, `Blutdruckwerten >145/95 mmHg`, `BZ > 250 mg/dl`, `Temp. > 38,5 °C`: the token after it.
fn measured(tokens: &Tokens, at: usize) -> Option<usize> {
    const MEASURED: [&str; 12] = [
        "rr",
        "blutdruck",
        "blutdruckwerten",
        "blutdruckspitzen",
        "bz",
        "blutzucker",
        "blutzuckerwerten",
        "temp",
        "temperatur",
        "fieber",
        "puls",
        "herzfrequenz",
    ];
    if !tokens.is_any(at, &MEASURED) {
        return None;
    }
    let mut next = at + 1 + usize::from(tokens.is_sign(at + 1, '.'));
    next += usize::from(tokens.is_any(next, &["syst", "systolisch"]));
    let compared = ['>', '<', '≥', '≤'].iter().any(|sign| tokens.is_sign(next, *sign))
        || tokens.is_any(next, &["über", "unter", "ab"]);
    next += usize::from(compared) + usize::from(compared && tokens.is_sign(next + 1, '='));
    tokens.number(next).filter(|_| compared)?;
    next += 1;
    if tokens.is_sign(next, '/') && tokens.number(next + 1).is_some() {
        next += 2;
    }
    let unit = tokens.is_any(next, &["mmhg"]) || tokens.is_sign(next, '°');
    next += usize::from(unit);
    next += usize::from(unit && tokens.is_word(next, "c"));
    if tokens.is_word(next, "mg") && tokens.is_sign(next + 1, '/') && tokens.is_word(next + 2, "dl") {
        next += 3;
    }
    Some(next)
}

/// `gegen Übelkeit`, `wegen Schmerzen`, `for pain`: the condition alone.
fn reason(tokens: &Tokens, at: usize) -> Option<Found> {
    if !tokens.is_any(at, &["gegen", "wegen", "aufgrund", "zur", "for", "indikation", "indication"]) {
        return None;
    }
    let mut from = at + 1;
    while tokens.is_any(from, BEFORE_REASONS) || tokens.is_sign(from, ':') {
        from += 1;
    }
    is_reason(tokens, from).then_some((Value::Reason, from, from + 1))
}

fn is_reason(tokens: &Tokens, at: usize) -> bool {
    tokens.word(at).is_some_and(|word| words::condition(word).is_reason())
}

/// Words between `wegen` or `for` and the condition.
const BEFORE_REASONS: &[&str] = &[
    "die",
    "der",
    "den",
    "das",
    "des",
    "einer",
    "eines",
    "his",
    "her",
    "the",
    "starke",
    "starker",
    "starken",
    "chronic",
    "acute",
    "arterielle",
    "arterieller",
    "arteriellen",
    "chronischer",
    "akuter",
    "atrial",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_passed_over_begin_no_part() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets"));
        let folders = ["samples", "gold/lines", "written"].map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
        let mut n_passed = 0;
        for file in folders.into_iter().flatten() {
            let Ok(text) = std::fs::read_to_string(file.unwrap().path()) else { continue };
            for line in text.lines() {
                let tokens = Tokens::read(line, 0, line.len(), Language::De);
                let passed =
                    |at: &usize| tokens.tokens[*at].kind == Kind::Word(Meaning::Other) && !tokens.tokens[*at].leads;
                for at in (0..tokens.tokens.len()).filter(passed) {
                    n_passed += 1;
                    let (fast, whole) = (cell(&tokens, at), word(&tokens, at));
                    assert_eq!(fast, whole, "{:?}", tokens.word(at));
                }
            }
        }
        assert!(n_passed > 10_000, "{n_passed}");
    }
}
