//! When a drug is taken: `1-0-1-0`, `½-0-0`, `3x tgl.`, `2 x 1`, `alle 8 h`, `q8h`, `BID`, `1x wöchentlich`, `zur Nacht`, `b. B.`, `max. 4x/d`.
//!
//! What is read is kept apart: doses by time of day, times a day, amount each time, the most a day, whether it is taken only when
//! needed, and whether it is taken every day at all. Only then can `15 mg 1x wöchentlich` be told from `15 mg 1x täglich`.

mod named;
mod scheme;

use super::lex::{Kind, Tokens};
use super::words::{Form, Meaning, Unit};
use named::{
    at_the_clock, cycle_day, needed, once, short_weekdays, slots, slots_with_counts, some_days, weekdays,
    weekdays_with_counts,
};
pub(super) use scheme::unit_of_doses;
use scheme::{clock, hours, scheme};

/// Whether it is taken every day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Rhythm {
    /// Not said.
    #[default]
    Unsaid,
    /// Every day.
    Daily,
    /// On some days only: weekly, every three days, on Mondays.
    NotDaily,
}

/// One statement of when, or several taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Schedule {
    /// Morning, noon, evening, night.
    pub doses: Option<[f64; 4]>,
    /// The doses are amounts in this unit, not pieces (`0-0-0-16 IE`, `250-0-250 mg`).
    pub(super) doses_unit: Option<Unit>,
    /// Times a day.
    pub times: Option<f64>,
    /// How many each time (`2 x 1`).
    pub each: Option<f64>,
    /// The most times a day (`max. 4x/d`).
    pub most: Option<f64>,
    /// The most a day as an amount (`max. 3 mg/d`).
    pub(crate) most_amount: Option<(f64, &'static str)>,
    /// Only when needed.
    pub prn: bool,
    /// Every day or not.
    pub rhythm: Rhythm,
    /// Days or weeks of a cycle of chemotherapy.
    pub cycle: bool,
}

impl Schedule {
    fn daily(times: f64) -> Self {
        Self { times: Some(times), rhythm: Rhythm::Daily, ..Self::default() }
    }

    /// Every day; how often is not said.
    pub(super) fn several() -> Self {
        Self { rhythm: Rhythm::Daily, ..Self::default() }
    }

    fn not_daily() -> Self {
        Self { rhythm: Rhythm::NotDaily, ..Self::default() }
    }

    /// Both statements: what the first leaves open the second fills; `not daily` and `when needed` outweigh.
    pub fn and(self, other: Self) -> Self {
        let rhythm = match (self.rhythm, other.rhythm) {
            (Rhythm::NotDaily, _) | (_, Rhythm::NotDaily) => Rhythm::NotDaily,
            (Rhythm::Daily, _) | (_, Rhythm::Daily) => Rhythm::Daily,
            _ => Rhythm::Unsaid,
        };
        Self {
            doses: self.doses.or(other.doses),
            doses_unit: self.doses_unit.or(other.doses_unit),
            times: self.times.or(other.times),
            each: self.each.or(other.each),
            most: self.most.or(other.most),
            most_amount: self.most_amount.or(other.most_amount),
            prn: self.prn || other.prn,
            rhythm,
            cycle: self.cycle || other.cycle,
        }
    }

    /// `morgens`, `zur Nacht`, and nothing else.
    pub(super) fn is_one_time_of_day(self) -> bool {
        self == named::slot(1)
    }

    /// Whether more than ten are taken at once: drops or units, or no scheme at all.
    pub(super) fn counts_high(self) -> bool {
        self.doses_unit.is_none() && self.doses.is_some_and(|doses| doses.iter().any(|dose| *dose > 10.0))
    }

    /// How many pieces a day, each of the stated strength; `None` where it cannot be told or is not taken every day.
    pub fn pieces_a_day(self) -> Option<f64> {
        if self.rhythm == Rhythm::NotDaily {
            return None;
        }
        match self.doses {
            Some(doses) => Some(doses.iter().sum()),
            None => Some(self.times? * self.each.unwrap_or(1.0)),
        }
    }
}

/// Reads a schedule at `index`; gives it with the token after it.
pub(super) fn read(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    match tokens.get(index)?.kind {
        Kind::Number { .. } => scheme(tokens, index)
            .or_else(|| clock(tokens, index))
            .or_else(|| hours(tokens, index))
            .or_else(|| at_the_clock(tokens, index))
            .or_else(|| count_of_each(tokens, index))
            .or_else(|| by(tokens, index))
            .or_else(|| hourly(tokens, index)),
        // `O-1-0`, `l-0-1` of a scan.
        Kind::Word(Meaning::Other) if matches!(tokens.word(index), Some("O" | "l" | "I")) => scheme(tokens, index),
        Kind::Word(meaning) => word(tokens, index, meaning),
        Kind::Sign(_) => None,
    }
}

/// `375 mg capsules; 2 TDS`, `TABS 1 BD`: behind a unit or a form the number counts pieces.
fn count_of_each(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let each = tokens.number(index).filter(|each| *each <= 4.0 && (*each).fract() * 2.0 % 1.0 == 0.0)?;
    let times = match tokens.meaning(index + 1) {
        Meaning::Latin(times) | Meaning::Terse(times) if !tokens.is_word(index + 1, "on") => times,
        _ => return None,
    };
    let formed = |at: usize| matches!(tokens.meaning(at), Meaning::Unit(_) | Meaning::Form(_));
    // A mention by itself is two words.
    (tokens.tokens.len() == 2 || (index.saturating_sub(4)..index).any(formed))
        .then(|| (Schedule { each: Some(each), ..Schedule::daily(times) }, index + 2))
}

/// `3x tgl.`, `3xtgl`, `3 x 1`, `2x`, `1x wöchentlich`, `3x/d`, `1x abends`, `2 times daily`.
fn by(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let times = tokens.number(index)?;
    if tokens.meaning(index + 1) != Meaning::By
        || times > 24.0
        || tokens.touches_left(index) && !tokens.is_sign(index - 1, '(')
    {
        return None;
    }
    let mut schedule = Schedule { times: Some(times), ..Schedule::default() };
    if tokens.is_word(index + 1, "xtgl") {
        schedule.rhythm = Rhythm::Daily;
        return Some((schedule, dot(tokens, index + 2)));
    }
    let mut end = index + 2;
    // `2 x 1`, but not `2 x 500 mg`; `3x30 tägl.` counts drops.
    if let Some(each) = tokens.number(end)
        && (each <= 10.0 || each <= 60.0 && period(tokens, end + 1).is_some())
        && !matches!(tokens.meaning(end + 1), Meaning::Unit(_) | Meaning::By | Meaning::Million)
        && !tokens.is_sign(end + 1, '%')
    {
        if matches!(tokens.meaning(end + 1), Meaning::Form(_))
            && tokens.gap_before(end) > 0
            && tokens.gap_before(end + 1) > 0
        {
            // `2x 1 Tbl.`, `2 x 1 Beutel`: the tablets are a dose of their own.
            schedule.rhythm = Rhythm::Daily;
            return Some((schedule, end));
        }
        schedule.each = Some(each);
        schedule.rhythm = Rhythm::Daily;
        end += 1;
    }
    match period(tokens, end) {
        Some((Rhythm::Daily, next)) => {
            schedule.rhythm = Rhythm::Daily;
            end = next;
        }
        Some((_, next)) => {
            schedule.rhythm = Rhythm::NotDaily;
            schedule.times = None;
            end = next;
        }
        None => {}
    }
    // `1x abends`, `1x1 zur Nacht`.
    if let Some((slot, next)) = slots(tokens, end) {
        schedule = schedule.and(Schedule { times: None, ..slot });
        end = next;
    }
    Some((schedule, end))
}

/// `8-stündlich`, `12 stdl.`, `14-tägig`
fn hourly(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let hours = tokens.number(index)?;
    let at = index + 1 + usize::from(tokens.is_sign(index + 1, '-'));
    if hours > 1.0
        && tokens.is_any(at, &["tägig", "tägl", "tgl", "täglich", "wöchig", "wöchentlich", "monatlich"])
        && at > index + 1
    {
        return Some((Schedule::not_daily(), dot(tokens, at + 1)));
    }
    (tokens.meaning(at) == Meaning::Hourly).then(|| (every_hours(hours), dot(tokens, at + 1)))
}

fn every_hours(hours: f64) -> Schedule {
    if hours > 0.0 && hours <= 24.0 { Schedule::daily(24.0 / hours) } else { Schedule::not_daily() }
}

/// `tgl.`, `täglich`, `am Tag`, `pro Tag`, `/d`, `a day`, `pro Woche`, `wöchentlich`, `im Monat`, `Tag` after a slash.
fn period(tokens: &Tokens, at: usize) -> Option<(Rhythm, usize)> {
    match tokens.meaning(at) {
        Meaning::Daily => return Some((Rhythm::Daily, dot(tokens, at + 1))),
        Meaning::Weekly | Meaning::Monthly => return Some((Rhythm::NotDaily, dot(tokens, at + 1))),
        _ => {}
    }
    let lead = tokens.is_sign(at, '/') || tokens.is_any(at, &["am", "pro", "per", "a", "each", "in", "im", "je"]);
    let article = lead && tokens.is_any(at + 1, &["der", "die"]) && tokens.meaning(at + 2) != Meaning::Other;
    let noun = at + usize::from(lead) + usize::from(article);
    if !lead && !(tokens.is_any(at, &["die"])) {
        return None;
    }
    match tokens.meaning(noun) {
        Meaning::Day => Some((Rhythm::Daily, noun + 1)),
        Meaning::Daily if lead => Some((Rhythm::Daily, dot(tokens, noun + 1))),
        Meaning::Week | Meaning::Month | Meaning::Weekly => Some((Rhythm::NotDaily, dot(tokens, noun + 1))),
        // `2x/Mon.` is the month here.
        _ if lead && tokens.is_word(noun, "mon") => Some((Rhythm::NotDaily, dot(tokens, noun + 1))),
        _ if tokens.number(noun) == Some(24.0) && tokens.meaning(noun + 1) == Meaning::Hour => {
            Some((Rhythm::Daily, noun + 2))
        }
        _ => None,
    }
}

/// Words that are written with a point. A point behind any other word ends the sentence.
const ABBREVIATED: &[&str] = &[
    "tgl",
    "mtl",
    "monatl",
    "tägl",
    "taegl",
    "xtgl",
    "wö",
    "wöchtl",
    "wchtl",
    "std",
    "stdl",
    "stdn",
    "stündl",
    "max",
    "b",
    "bed",
    "tbl",
    "tabl",
    "tab",
    "tabs",
    "kps",
    "kaps",
    "cap",
    "caps",
    "trpf",
    "tropf",
    "trp",
    "tr",
    "gtt",
    "supp",
    "amp",
    "btl",
    "drg",
    "filmtbl",
    "ftbl",
    "rettbl",
    "brausetbl",
    "schmelztbl",
    "lsg",
    "inj",
    "inf",
    "susp",
    "stk",
    "fsp",
    "messl",
    "el",
    "tl",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "wo",
    "mon",
    "abds",
    "jährl",
    "inh",
    "hrs",
    "hr",
];

/// Skips the point of an abbreviation: only where it is glued on.
pub(super) fn dot(tokens: &Tokens, at: usize) -> usize {
    let pointed = tokens.is_sign(at, '.') && tokens.touches_left(at) && tokens.is_any(at - 1, ABBREVIATED);
    at + usize::from(pointed)
}

/// Schedules that begin with a word.
fn word(tokens: &Tokens, index: usize, meaning: Meaning) -> Option<(Schedule, usize)> {
    match meaning {
        Meaning::Times(times) => {
            let (rhythm, end) = period(tokens, index + 1)?;
            let times = (rhythm == Rhythm::Daily).then_some(times);
            return Some((Schedule { times, rhythm, ..Schedule::default() }, end));
        }
        Meaning::Count(times) if tokens.meaning(index + 1) == Meaning::By => {
            let (rhythm, end) = period(tokens, index + 2)?;
            let times = (rhythm == Rhythm::Daily).then_some(times);
            return Some((Schedule { times, rhythm, ..Schedule::default() }, end));
        }
        Meaning::Latin(times) => return Some((Schedule::daily(times), index + 1)),
        Meaning::Terse(times) if behind_an_amount(tokens, index) => return Some((Schedule::daily(times), index + 1)),
        Meaning::Daily => {
            let end = dot(tokens, index + 1);
            if tokens.is_any(end, SEVERAL) {
                return Some((Schedule::several(), end + 1));
            }
            let schedule = Schedule::daily(1.0);
            // `täglich abends`
            return Some(slots(tokens, end).map_or((schedule, end), |(slot, next)| (schedule.and(slot), next)));
        }
        Meaning::Weekly | Meaning::Monthly => return Some((Schedule::not_daily(), dot(tokens, index + 1))),
        Meaning::Prn => return Some((Schedule { prn: true, ..Schedule::default() }, index + 1)),
        Meaning::Weekday => return weekdays_with_counts(tokens, index).or_else(|| Some(weekdays(tokens, index))),
        Meaning::WeekdayShort => return weekdays_with_counts(tokens, index).or_else(|| short_weekdays(tokens, index)),
        Meaning::Hourly => return Some((Schedule::daily(24.0), dot(tokens, index + 1))),
        _ => {}
    }
    if tokens.is_word(index, "on") && tokens.meaning(index + 1) == Meaning::Weekday {
        return Some(weekdays(tokens, index + 1));
    }
    needed(tokens, index)
        .or_else(|| some_days(tokens, index))
        .or_else(|| slots_with_counts(tokens, index))
        .or_else(|| slots(tokens, index))
        .or_else(|| every(tokens, index))
        .or_else(|| most(tokens, index))
        .or_else(|| cycle_day(tokens, index))
        .or_else(|| per_day(tokens, index))
        .or_else(|| several(tokens, index))
        .or_else(|| once(tokens, index))
        .or_else(|| at_the_clock(tokens, index))
}

/// `50 mg OD`, `1 tablet BD`; alone, where a mention holds nothing else. `OD` is the right eye or an overdose elsewhere.
fn behind_an_amount(tokens: &Tokens, index: usize) -> bool {
    let before = index.checked_sub(1).map(|before| tokens.meaning(before));
    let last = tokens.get(index + 1).is_none_or(|next| matches!(next.kind, Kind::Sign(_)));
    // `ramipril 5 mg on, ...`: at night; in small letters only where an item ends.
    let written = &tokens.text[tokens.tokens[index].start..tokens.tokens[index].end];
    let closes = tokens.get(index + 1).is_none() || tokens.is_sign(index + 1, ',') || tokens.is_sign(index + 1, ';');
    if tokens.tokens.len() == 1 {
        return true;
    }
    let on = tokens.is_word(index, "on");
    let apart = !on || written == "ON" && last || written == "on" && closes;
    matches!(before, Some(Meaning::Unit(_) | Meaning::Form(_))) && apart
}

/// So often that it is not counted.
const SEVERAL: &[&str] = &["mehrmals", "mehrfach"];

/// `mehrmals täglich`, `mehrfach pro Tag`, `several times a day`: every day, how often is not said.
fn several(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let at = if tokens.is_any(index, SEVERAL) {
        index + 1
    } else if tokens.is_any(index, &["several", "multiple"]) && tokens.is_word(index + 1, "times") {
        index + 2
    } else {
        return None;
    };
    let (rhythm, end) = period(tokens, at)?;
    Some((Schedule { rhythm, ..Schedule::default() }, end))
}

/// `pro Tag`, `per day`, `a day` on its own.
fn per_day(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    if !tokens.is_any(index, &["pro", "per"]) {
        return None;
    }
    let (rhythm, end) = period(tokens, index)?;
    Some((Schedule { times: (rhythm == Rhythm::Daily).then_some(1.0), rhythm, ..Schedule::default() }, end))
}

/// `alle 8 h`, `alle 3 Tage`, `every 12 hours`, `every other day`, `q8h`, `q 8 h`, `jeden 2. Tag`, `every morning` is a slot.
fn every(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let q = tokens.is_word(index, "q");
    if !(q || tokens.is_any(index, &["alle", "every", "jeden", "jede", "aller"])) {
        return None;
    }
    let mut at = index + 1;
    if tokens.is_any(at, &["other", "second", "zweiten", "anderen", "zweite"])
        && matches!(tokens.meaning(at + 1), Meaning::Day | Meaning::Week | Meaning::Month)
    {
        return Some((Schedule::not_daily(), at + 2));
    }
    if matches!(tokens.meaning(at), Meaning::Weekday) {
        return Some((Schedule::not_daily(), at + 1));
    }
    let count = match (tokens.number(at), tokens.meaning(at)) {
        (Some(number), _) => number,
        (None, Meaning::Count(number)) => number,
        (None, Meaning::Day) if !tokens.is_word(at, "d") && tokens.is_any(index, &["every", "jeden"]) => {
            return Some((Schedule::daily(1.0), at + 1));
        }
        (None, Meaning::Week) => return Some((Schedule::not_daily(), at + 1)),
        _ => return None,
    };
    at += 1;
    // `alle 6-8 h`, `every 4 to 6 hours`: how often cannot be told.
    let range = (tokens.is_sign(at, '-') || tokens.is_sign(at, '–') || tokens.is_any(at, &["to", "bis"]))
        && tokens.number(at + 1).is_some();
    if range {
        at += 2;
    }
    if tokens.is_sign(at, '.') && tokens.is_any(index, &["jeden", "jede"]) {
        at += 1;
    }
    let end = dot(tokens, at + 1);
    // `Q6H`; an `H` elsewhere is no hour.
    let unit = if q && tokens.is_word(at, "h") { Meaning::Hour } else { tokens.meaning(at) };
    match unit {
        Meaning::Hour | Meaning::Hourly if range => {
            Some((Schedule { rhythm: Rhythm::Daily, ..Schedule::default() }, end))
        }
        Meaning::Hour | Meaning::Hourly => Some((every_hours(count), end)),
        Meaning::Day if count == 1.0 => Some((Schedule::daily(1.0), end)),
        Meaning::Day | Meaning::Week | Meaning::Month => Some((Schedule::not_daily(), end)),
        // `alle 6 Mon.`, `q5min`
        _ if tokens.is_any(at, &["mon", "min", "minutes", "minuten"]) => Some((Schedule::not_daily(), end)),
        _ => None,
    }
}

/// `max. 4x/d`, `maximal 3 x täglich`, `bis zu 4x tgl.`, `up to 4 times a day`, `max. 4 Tbl./d`, `max. 3 mg/d`, `nicht mehr als 3/d`.
fn most(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let at = most_lead(tokens, index)?;
    let count = tokens.number(at).or(match tokens.meaning(at) {
        Meaning::Count(count) | Meaning::Times(count) => Some(count),
        _ => None,
    })?;
    if let Some(found) = most_amount(tokens, at) {
        return Some(found);
    }
    let mut most = Schedule { most: Some(count), ..Schedule::default() };
    let mut end = at + 1;
    if tokens.meaning(end) == Meaning::By {
        let glued = tokens.is_word(end, "xtgl");
        end += 1;
        if glued {
            return Some((most, dot(tokens, end)));
        }
        if let Some(each) =
            tokens.number(end).filter(|each| *each <= 10.0 && !matches!(tokens.meaning(end + 1), Meaning::Unit(_)))
        {
            let (rhythm, next) = period(tokens, end + 1).unwrap_or((Rhythm::Daily, end + 1));
            most.each = Some(each);
            return (rhythm == Rhythm::Daily).then_some((most, next));
        }
        // `bis 3 x 20 gtt`: the drops are a dose of their own; `bis 3x30 tägl.` counts them.
        if tokens.number(end).is_some() {
            let counted = matches!(tokens.meaning(end + 1), Meaning::Form(_) | Meaning::Unit(_));
            let drops = || period(tokens, end + 1).filter(|(rhythm, _)| *rhythm == Rhythm::Daily);
            return if counted {
                Some((most, end))
            } else {
                drops().map(|(_, next)| (Schedule { most: None, ..most }, next))
            };
        }
    } else if let Meaning::Form(form @ (Form::Piece | Form::Puff | Form::Drops)) = tokens.meaning(end) {
        end = dot(tokens, end + 1);
        // What is in a drop is not known.
        most.most = most.most.filter(|_| form != Form::Drops);
    } else if !matches!(tokens.meaning(at), Meaning::Times(_))
        && !tokens.is_any(end, &["per", "pro", "a", "am"])
        && !tokens.is_sign(end, '/')
    {
        return None;
    }
    let (rhythm, next) = period(tokens, end)?;
    (rhythm == Rhythm::Daily).then_some((most, next))
}

/// The token after `max.`, `bis zu`, `bis` before a count of times, `up to`, `nicht mehr als`.
fn most_lead(tokens: &Tokens, index: usize) -> Option<usize> {
    let two = |a: &str, b: &str| tokens.is_word(index, a) && tokens.is_word(index + 1, b);
    let three = |a: &str, b: &str, c: &str| two(a, b) && tokens.is_word(index + 2, c);
    if tokens.is_any(index, &["max", "maximal", "maximum", "höchstens", "tageshöchstdosis", "tmd"]) {
        let at = dot(tokens, index + 1);
        return Some(at + usize::from(tokens.is_sign(at, ':')));
    }
    if two("bis", "max") || two("bis", "maximal") {
        return Some(dot(tokens, index + 2));
    }
    if two("bis", "zu") || two("up", "to") || two("at", "most") {
        return Some(index + 2);
    }
    if three("nicht", "mehr", "als") || three("not", "more", "than") || three("no", "more", "than") {
        return Some(index + 3);
    }
    (tokens.is_word(index, "bis") && tokens.meaning(index + 2) == Meaning::By).then_some(index + 1)
}

/// `3 mg/d`, `4 g pro Tag`, `1.800 mg in 24 h` behind `max.`.
fn most_amount(tokens: &Tokens, at: usize) -> Option<(Schedule, usize)> {
    let value = tokens.number(at)?;
    let Meaning::Unit(unit @ (Unit::Mg | Unit::G | Unit::Ug | Unit::Iu)) = tokens.meaning(at + 1) else { return None };
    let (rhythm, next) = period(tokens, at + 2)?;
    let most = Schedule { most_amount: Some((value, unit.as_str())), ..Schedule::default() };
    (rhythm == Rhythm::Daily).then_some((most, next))
}
