//! The cues: which words between a drug and a reaction make the one the cause of the other.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use befund_core::Span;

use super::item::{Item, Items, Kind};

type Words = LazyLock<HashSet<&'static str>>;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $words:literal;)+) => {
        $($(#[$doc])* static $name: Words = LazyLock::new(|| $words.split_whitespace().collect());)+
    };
}

words! {
    /// Prepositions before a cause ("Husten unter Ramipril").
    CAUSE = "unter nach durch infolge aufgrund seit";
    /// What may stand between such a preposition and the drug.
    FILL = "der dem den des die das einer einem ein eine von mit an gabe gaben einnahme therapie behandlung dosis infusion injektion tablette
        tabletten kapsel spritze impfung beginn start zyklus zyklen applikation medikation dauertherapie monotherapie kombination erster ersten
        erste erstmaliger zweiten zweiter dritten dritter vierten laufender laufenden langjähriger längerer hochdosierter hochdosiertem
        niedrigdosierter oraler intravenöser einmaliger versehentlicher systemischer weiterer tag tagen tage woche wochen monat monaten stunden
        minuten jahren zwei drei vier fünf sechs ca i v s c m p o iv sc im oral . ( )";
    /// Words by which an event goes: the drug helped.
    BETTER = "besserung gebessert besser bessert besserte besserten rückläufig rückläufige rückläufiger rückgang regredient rückbildung
        zurück zurückgebildet zurückgegangen bildete bildeten klang klangen abgeklungen abklingen abgeklungene sistiert sistierte sistierten
        durchbrochen beschwerdefrei normalisiert normalisierte kontrolliert gelindert linderung verschwand verschwanden beherrscht beherrschbar
        kupiert terminiert remission abnahme erfolgreich behoben stabilisiert ansprechen wirksam effektiv nachlassend";
    /// Words by which an event is what is treated, or the patient's illness.
    TREATED = "behandelt behandlung therapie therapiert prophylaxe indikation vermeidung erhielt erhält bekam bekommt verabreicht verordnet
        angesetzt begonnen eindosiert gegen vorbeugung eingeleitet gestartet nimmt einnimmt zwecks linderte bei trotz verhindern fortgeführt
        weitergeführt vorbestehender ersetzt";
    /// Verbs that begin a new event: what stands before them is the illness ("Patient mit Hepatitis entwickelte unter ...").
    BEGINS = "entwickelte entwickelten entwickelt erlitt erlitten bekam";
    /// Words by which a drug is stopped or changed.
    STOPPED = "abgesetzt absetzen abgesetzte absetzung pausiert pausierung pause pausieren beendet beendigung gestoppt abgebrochen abbruch
        ausgeschlichen ausschleichen auszuschleichen reduziert reduktion dosisreduktion reduzieren halbiert umgestellt umstellung umgesetzt
        wechsel wechseln gewechselt wechselten unterbrochen unterbrechung ersetzt setzte setzten setzt therapieabbruch weggelassen pausierte
        stoppte stoppten gestoppte vertragen toleriert entzug";
    /// Prepositions before the reason to stop a drug.
    REASON = "wegen aufgrund bei nach infolge";
    /// Words between such a preposition and the event.
    ARTICLES = "der des einer eines einem seiner ihrer starker starken starkem ausgeprägter schwerer massiver massivem rezidivierender
        rezidivierenden anhaltender anhaltendem zunehmender zunehmendem neuer neu aufgetretener aufgetretenem";
    /// Headings of a list of reactions.
    HEADINGS = "wirkung wirkungen uaw nebenwirkung nebenwirkungen nw reaktion reaktionen arzneimittelwirkung arzneimittelreaktion
        unverträglichkeitsreaktion";
    /// Verbs by which a drug does something.
    VERBS = "verursacht verursachte verursachten führte führten führt löste provozierte bewirkte machte macht hervorgerufen";
    /// Words behind an event that deny it.
    DENIED = "verneint verneinte negiert";
    /// Words between an event and what was done for it.
    THEREFORE = "daraufhin deshalb daher deswegen weshalb woraufhin sodass darauf somit";
    /// Words for the drug of the sentence before.
    BELOW = "darunter hierunter";
    /// Events that name their cause with other prepositions ("Allergie gegen Penicillin", "Intoxikation mit Digoxin").
    TOWARDS = "gegen gegenüber auf mit von";
    /// Words by which another drug is meant.
    INSTEAD = "statt anstatt anstelle";
    /// Words before a drug that was not given.
    NONE = "kein keine keinen keinem ohne";
    /// Words by which something was there before.
    ALREADY = "bereits schon";
}

/// What is a reason against a drug, but no reaction to it.
const STATES: [&str; 3] = ["insuffizienz", "operation", "embolie"];

/// A sentence being read, with the one before it.
pub(super) struct Reading<'a> {
    pub items: &'a Items,
    pub before: Option<&'a Items>,
}

impl Reading<'_> {
    /// Adds the (drug, event) pairs of the sentence.
    pub fn pairs(&self, pairs: &mut Vec<(Span, Span)>) {
        if !self.items.has_drug() && !self.before.is_some_and(Items::has_drug) {
            return;
        }
        let groups = self.groups();
        for group in &groups {
            let drugs = self.causes(group);
            for event in events(&self.row()[group.clone()]) {
                pairs.extend(drugs.iter().map(|&drug| (drug, event)));
            }
        }
        if let (true, Some(drug), Some(before)) = (groups.is_empty(), self.side_effect_of(), self.before) {
            let told = Reading { items: before, before: None };
            let last = told.groups().pop().map_or(&[][..], |group| &before.0[group]);
            pairs.extend(events(last).map(|event| (drug, event)));
        }
    }

    /// Whether the text says that the drug did not do it: given for it and helping, or not given at all.
    pub fn excludes(&self, drug: Span, event: Span) -> bool {
        let place = |span: Span| self.row().iter().position(|item| item.span.overlaps(span));
        let (Some(drug), Some(event)) = (place(drug), place(event)) else { return false };
        if INSTEAD.contains(self.left(drug)) || NONE.contains(self.left(drug)) {
            return true;
        }
        // "Der Juckreiz bestand schon Wochen vor der Einnahme von Allopurinol."
        if event < drug && self.any(event + 1..drug, &ALREADY) && (event + 1..drug).any(|at| self.lower(at) == "vor") {
            return true;
        }
        let led_by = |at: usize| {
            CAUSE.contains(self.lower(at)) && self.drugs_behind(at + 1).is_some_and(|drugs| drugs.contains(&drug))
        };
        let Some(preposition) = (drug.saturating_sub(8)..drug).rev().find(|&at| led_by(at)) else { return false };
        match event < drug {
            true => preposition > event && preposition - event <= 3 && self.any(event + 1..drug + 4, &BETTER),
            false => self.any(event + 1..event + 3, &BETTER),
        }
    }

    fn row(&self) -> &[Item] {
        &self.items.0
    }

    fn lower(&self, at: usize) -> &str {
        self.row().get(at).map_or("", |item| item.lower.as_str())
    }

    /// The word or sign before `at`.
    fn left(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.lower(at))
    }

    fn is(&self, at: usize, kind: Kind) -> bool {
        self.row().get(at).is_some_and(|item| item.kind == kind)
    }

    fn any(&self, range: Range<usize>, words: &Words) -> bool {
        let end = range.end.min(self.row().len());
        self.row()[range.start.min(end)..end]
            .iter()
            .any(|item| item.kind == Kind::Word && words.contains(item.lower.as_str()))
    }

    /// Events that stand in one list: "Übelkeit, Erbrechen und Durchfall"; figures between them do not part them.
    fn groups(&self) -> Vec<Range<usize>> {
        let joins = |gap: &[Item]| {
            let link =
                |item: &&Item| matches!(item.lower.as_str(), "," | "und" | "sowie" | "/" | "+" | "mit" | "u" | "bzw");
            let parts = |item: &Item| {
                item.kind == Kind::Drug
                    || matches!(item.lower.as_str(), ";" | "." | ":" | "unter" | "nach" | "wegen" | "durch")
            };
            let words = gap
                .iter()
                .filter(|item| item.kind == Kind::Word && !item.lower.starts_with(|c: char| c.is_ascii_digit()))
                .count();
            gap.iter().any(|item| link(&item)) && !gap.iter().any(parts) && words <= 3 && gap.len() <= 8
        };
        let mut groups: Vec<Range<usize>> = Vec::new();
        for at in (0..self.row().len()).filter(|&at| self.is(at, Kind::Event)) {
            match groups.last_mut() {
                Some(last) if joins(&self.row()[last.end..at]) => last.end = at + 1,
                _ => groups.push(at..at + 1),
            }
        }
        groups
    }

    /// The drugs that a list of events is due to; none where no cue says so.
    fn causes(&self, group: &Range<usize>) -> Vec<Span> {
        let readings = [
            Self::due_to,
            Self::following,
            Self::stopped_for,
            Self::induced,
            Self::labelled,
            Self::brought_about,
            Self::withdrawn,
            Self::denied,
            Self::side_effect,
            Self::not_borne,
            Self::below,
        ];
        readings.iter().map(|reading| reading(self, group)).find(|drugs| !drugs.is_empty()).unwrap_or_default()
    }

    /// First item of the clause that `at` stands in.
    fn clause_start(&self, at: usize) -> usize {
        self.behind_last(at, &[";", ":", "•"])
    }

    /// The item behind the last of these signs before `at`.
    fn behind_last(&self, at: usize, signs: &[&str]) -> usize {
        let is_sign = |item: &Item| signs.contains(&item.lower.as_str());
        self.row()[..at].iter().rposition(is_sign).map_or(0, |sign| sign + 1)
    }

    /// The drugs that begin at `at` or behind words that say how they were given: "der zweiten Gabe von Paclitaxel und Carboplatin".
    fn drugs_behind(&self, at: usize) -> Option<Range<usize>> {
        let fills = |i: usize| FILL.contains(self.lower(i)) || self.lower(i).bytes().all(|byte| byte.is_ascii_digit());
        let first = (at..(at + 8).min(self.row().len())).find(|&i| self.is(i, Kind::Drug) || !fills(i))?;
        if !self.is(first, Kind::Drug) {
            return None;
        }
        let mut stop = first + 1;
        while matches!(self.lower(stop), "und" | "," | "/" | "+" | "plus") && self.is(stop + 1, Kind::Drug) {
            stop += 2;
        }
        Some(first..stop)
    }

    fn spans(&self, range: Range<usize>) -> Vec<Span> {
        self.row()[range].iter().filter(|item| item.kind == Kind::Drug).map(|item| item.span).collect()
    }

    /// Whether the list is what is treated: "gegen Schmerzen", "zur Behandlung seiner Polyneuropathie".
    fn is_treated(&self, group: &Range<usize>) -> bool {
        let from = group.start.saturating_sub(4).max(self.clause_start(group.start));
        let words = self.row()[from..group.start].iter().rev().take_while(|item| item.kind == Kind::Word);
        words.into_iter().any(|item| TREATED.contains(item.lower.as_str()))
    }

    /// "Husten unter Ramipril", "Hypokaliämie, am ehesten durch Torasemid", "Ausschlag, auf Amoxicillin zurückgeführt".
    fn due_to(&self, group: &Range<usize>) -> Vec<Span> {
        if self.is_treated(group) {
            return Vec::new();
        }
        for at in group.end..(group.end + 6).min(self.row().len()) {
            let other =
                matches!(self.row()[at].kind, Kind::Drug | Kind::Event) || matches!(self.lower(at), ";" | ":" | ".");
            if other || BEGINS.contains(self.lower(at)) {
                break;
            }
            let is_auf = self.lower(at) == "auf";
            let towards = is_hypersensitivity(self.lower(at - 1)) && TOWARDS.contains(self.lower(at));
            let of_kind = at == group.end && (self.lower(at) == "bei" || towards);
            let leads = is_auf || of_kind || CAUSE.contains(self.lower(at));
            let Some(drugs) = leads.then(|| self.drugs_behind(at + 1)).flatten() else { continue };
            let better = self.any(group.start.saturating_sub(4)..drugs.end + 6, &BETTER);
            let after = &self.row()[drugs.end..(drugs.end + 3).min(self.row().len())];
            let put_down_to = after
                .iter()
                .any(|item| item.lower.starts_with("zurückzuführen") || item.lower.starts_with("zurückgeführt"));
            if put_down_to || (of_kind || !is_auf) && !better {
                return self.spans(drugs);
            }
        }
        Vec::new()
    }

    /// "Unter Ramipril trockener Husten", "nach der zweiten Gabe von Paclitaxel kam es zu Luftnot".
    fn following(&self, group: &Range<usize>) -> Vec<Span> {
        if self.is_treated(group) || matches!(self.left(group.start), "wegen" | "für") {
            return Vec::new();
        }
        let from = self.behind_last(group.start, &[";", "•"]).max(group.start.saturating_sub(16));
        for at in (from..group.start).rev().filter(|&at| CAUSE.contains(self.lower(at))) {
            let Some(drugs) = self.drugs_behind(at + 1).filter(|drugs| drugs.end <= group.start) else { continue };
            let between = &self.row()[drugs.end..group.start];
            let other = between.iter().any(|item| item.kind == Kind::Drug || item.lower == ".");
            let helped = self.any(at..group.end + 6, &BETTER) || self.any(drugs.end..group.start, &TREATED);
            return if other || helped { Vec::new() } else { self.spans(drugs) };
        }
        Vec::new()
    }

    /// "wegen Durchfall abgesetzt", "Bei Husten Umstellung von Ramipril auf Candesartan".
    fn stopped_for(&self, group: &Range<usize>) -> Vec<Span> {
        let first = (group.start.saturating_sub(2)..group.start).rev().find(|&at| !ARTICLES.contains(self.lower(at)));
        let therefore = self.any(group.end..group.end + 8, &THEREFORE);
        let reason = first.map(|at| self.lower(at)).filter(|word| REASON.contains(word));
        let Some(reason) = reason.or(therefore.then_some("")) else { return Vec::new() };
        if STATES.iter().any(|state| self.lower(group.start).ends_with(state)) {
            return Vec::new();
        }
        let clause = self.clause_start(group.start);
        let end = (group.end..self.row().len()).find(|&at| self.lower(at) == ";").unwrap_or(self.row().len());
        let weak = matches!(reason, "bei" | "nach" | "");
        let mut near = if reason.is_empty() {
            group.end..end
        } else if weak {
            group.end..(group.end + 8).min(end)
        } else {
            clause..end
        };
        let Some(stop) = near.find(|&at| self.any(at..at + 1, &STOPPED)) else { return Vec::new() };
        let another_reason = weak && (group.end..stop).any(|at| matches!(self.lower(at), "wegen" | "aufgrund"));
        let borne = matches!(self.lower(stop), "vertragen" | "toleriert")
            && !(clause..stop).any(|at| self.lower(at) == "nicht");
        if another_reason || borne {
            return Vec::new();
        }
        let here = (0..end).filter(|&at| is_suspect(self.items, at));
        let nearest =
            here.min_by_key(|&at| (at > stop && at > group.end, at.abs_diff(stop).min(at.abs_diff(group.start))));
        let before = || {
            self.before.and_then(|before| {
                (0..before.0.len()).rev().find(|&at| is_suspect(before, at)).map(|at| before.0[at].span)
            })
        };
        nearest.map(|at| self.row()[at].span).or_else(before).into_iter().collect()
    }

    /// "Amoxicillin-induziertes Exanthem", "Exanthem, am ehesten Amoxicillin-bedingt".
    fn induced(&self, group: &Range<usize>) -> Vec<Span> {
        const STEMS: [&str; 6] = ["induziert", "bedingt", "assoziiert", "ausgelöst", "getriggert", "vermittelt"];
        let says = |at: usize| {
            let word = self.lower(at).trim_start_matches('-');
            at > 0 && self.is(at - 1, Kind::Drug) && STEMS.iter().any(|stem| word.starts_with(stem))
        };
        let before = group.start.checked_sub(1).filter(|&at| says(at));
        let ends = |at: &usize| !matches!(self.lower(*at), ";" | ".");
        let after = || (group.end..(group.end + 8).min(self.row().len())).take_while(ends).find(|&at| says(at));
        before.or_else(after).map_or_else(Vec::new, |at| self.spans(at - 1..at))
    }

    /// "Ramipril nicht vertragen (Reizhusten)", "Ramipril abgesetzt (Reizhusten)".
    fn not_borne(&self, group: &Range<usize>) -> Vec<Span> {
        let Some(sign) = group.start.checked_sub(1).filter(|&at| matches!(self.lower(at), "(" | ":" | "-" | "–"))
        else {
            return Vec::new();
        };
        let stopped = self.any(sign.saturating_sub(1)..sign, &STOPPED);
        let borne = matches!(self.left(sign), "vertragen" | "toleriert")
            && !matches!(self.left(sign.saturating_sub(1)), "nicht" | "schlecht");
        let drug = (sign.saturating_sub(5)..sign).rev().find(|&at| is_suspect(self.items, at));
        match drug {
            Some(drug) if stopped && !borne => self.spans(drug..drug + 1),
            _ => Vec::new(),
        }
    }

    /// "Darunter Durchfall", of the drug in the sentence before.
    fn below(&self, group: &Range<usize>) -> Vec<Span> {
        let clause = self.clause_start(group.start).max(group.start.saturating_sub(8));
        let told = self.any(clause..group.start, &BELOW)
            && !self.any(clause..group.end + 6, &BETTER)
            && !self.is_treated(group);
        let drug = self
            .before
            .filter(|_| told && !self.items.has_drug())
            .and_then(|before| before.0.iter().rfind(|item| item.kind == Kind::Drug).map(|item| item.span));
        drug.into_iter().collect()
    }

    /// "Unerwünschte Wirkung: Ulcus, Teerstuhl" below the drug; "Olanzapin: Gewichtszunahme 14 kg".
    fn labelled(&self, group: &Range<usize>) -> Vec<Span> {
        let Some(colon) = group.start.checked_sub(1).filter(|&at| self.lower(at) == ":") else { return Vec::new() };
        if colon == 1 && self.is(0, Kind::Drug) {
            return self.spans(0..1);
        }
        if !HEADINGS.contains(self.left(colon)) {
            return Vec::new();
        }
        let named = |items: &Items| items.0.iter().find(|item| item.kind == Kind::Drug).map(|item| item.span);
        self.spans(0..colon).pop().or_else(|| self.before.and_then(named)).into_iter().collect()
    }

    /// "Amiodaron führte zu einer Hyperthyreose".
    fn brought_about(&self, group: &Range<usize>) -> Vec<Span> {
        let from = self.clause_start(group.start).max(group.start.saturating_sub(8));
        let Some(verb) = (from..group.start).rev().find(|&at| VERBS.contains(self.lower(at))) else {
            return Vec::new();
        };
        let drug = (verb.saturating_sub(3)..verb).rev().find(|&at| self.is(at, Kind::Drug));
        let other = self.row()[verb..group.start].iter().any(|item| item.kind == Kind::Drug);
        match drug {
            Some(drug) if !other && !self.any(verb..group.end + 4, &BETTER) => self.spans(drug..drug + 1),
            _ => Vec::new(),
        }
    }

    /// "Entzugssyndrom nach Absetzen von Paroxetin", "zur Vermeidung von Absetzsymptomen Venlafaxin ausschleichen".
    fn withdrawn(&self, group: &Range<usize>) -> Vec<Span> {
        let event = self.lower(group.start);
        if !["entzug", "absetz", "rebound"].iter().any(|stem| event.starts_with(stem))
            || !self.any(0..self.row().len(), &STOPPED)
        {
            return Vec::new();
        }
        let nearest =
            (0..self.row().len()).filter(|&at| is_suspect(self.items, at)).min_by_key(|at| at.abs_diff(group.start));
        nearest.map(|at| self.row()[at].span).into_iter().collect()
    }

    /// "Atorvastatin läuft seit einem Jahr, Muskelschmerzen werden verneint".
    fn denied(&self, group: &Range<usize>) -> Vec<Span> {
        let clause = self.clause_start(group.start);
        let drug = (clause.max(group.start.saturating_sub(14))..group.start).rev().find(|&at| self.is(at, Kind::Drug));
        match drug {
            Some(drug) if self.any(group.end..group.end + 3, &DENIED) && !self.is_treated(group) => {
                self.spans(drug..drug + 1)
            }
            _ => Vec::new(),
        }
    }

    /// "Verwirrtheit, denkbar als Nebenwirkung von Ciprofloxacin".
    fn side_effect(&self, group: &Range<usize>) -> Vec<Span> {
        let near = self.side_effect_of().filter(|_| !self.is_treated(group));
        near.into_iter().collect()
    }

    /// The drug of "Nebenwirkung von Ciprofloxacin", "Ciprofloxacin-Nebenwirkung".
    fn side_effect_of(&self) -> Option<Span> {
        let named = |at: usize| {
            matches!(self.lower(at).trim_start_matches('-'), "nebenwirkung" | "uaw" | "nw" | "arzneimittelreaktion")
        };
        let at = (0..self.row().len()).find(|&at| named(at))?;
        if at > 0 && self.is(at - 1, Kind::Drug) {
            return Some(self.row()[at - 1].span);
        }
        let link = matches!(self.lower(at + 1), "von" | "auf" | "des" | "der" | "durch" | "unter");
        let drugs = link.then(|| self.drugs_behind(at + 2)).flatten()?;
        Some(self.row()[drugs.start].span)
    }
}

fn is_hypersensitivity(event: &str) -> bool {
    [
        "allergie",
        "unverträglichkeit",
        "überempfindlichkeit",
        "intoleranz",
        "reaktion",
        "intoxikation",
        "vergiftung",
        "anaphylaxie",
    ]
    .iter()
    .any(|kind| event.ends_with(kind))
}

fn events(row: &[Item]) -> impl Iterator<Item = Span> {
    row.iter().filter(|item| item.kind == Kind::Event).map(|item| item.span)
}

/// Whether the item is a drug, and not the one that takes another's place.
fn is_suspect(items: &Items, at: usize) -> bool {
    let word = at.checked_sub(1).map_or("", |at| items.0[at].lower.as_str());
    items.0[at].kind == Kind::Drug && !matches!(word, "auf" | "durch" | "zu") && !INSTEAD.contains(word)
}
