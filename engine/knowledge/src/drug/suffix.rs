//! Word borders, and what may follow a drug's name: salts, forms, compounds.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Where a name ends, and what the rest of the word makes of it.
pub(super) struct Tail {
    /// End of the name with its salt.
    pub end: usize,
    /// A level, a resistance, a receptor: no drug is meant.
    pub not_a_drug: bool,
    /// The compound speaks of an allergy.
    pub allergy: bool,
}

/// Salts and esters, German and English; glued (`succinat`), hyphenated or after a blank.
const SALTS: &str = "succinat succinate tartrat tartrate hydrochlorid hydrochloride hcl chlorid chloride maleat maleate besilat besylat besilate \
    besylate fumarat fumarate hemifumarat hemihydrat monohydrat dihydrat trihydrat hydrogenfumarat hydrogensulfat hydrogentartrat \
    hydrogenmaleat bitartrat bitartrate sulfat sulfate sulphate phosphat phosphate acetat acetate mesilat mesylat mesilate mesylate tosilat \
    tosylat tosilate tosylate citrat citrate dihydrogencitrat nitrat nitrate bromid bromide hydrobromid hydrobromide iodid jodid lactat \
    lactate gluconat gluconate palmitat palmitate decanoat decanoate propionat propionate dipropionat dipropionate furoat furoate valerat \
    valerate pivalat embonat pamoat pamoate oxalat oxalate carbonat carbonate axetil proxetil medoxomil cilexetil etexilat etexilate mofetil \
    disoproxil alafenamid alafenamide kamedoxomil arginin erbumin magnesium calcium natrium kalium na dinatrium succ tart \
    dihydrochlorid dihydrochloride butylbromid hexacetonid acetonid acetonide xinafoat xinafoate aspartat hemihydrochlorid";
/// Salts that, after a blank, would swallow a laboratory value (`Ramipril Kalium 4,5`).
const ONLY_GLUED: &str = "natrium kalium calcium magnesium na nitrat lactat phosphat chlorid glucose";
/// Forms glued to the name belong to it (`Nikotinpflaster`).
const FORMS: &str = "pflaster tropfen salbe creme crème gel spray nasenspray tabletten tablette filmtabletten kapseln kapsel saft sirup \
    lösung loesung zäpfchen inhalation ampullen augentropfen retardtabletten retard depot brausetabletten infusionslösung salben spritze \
    spritzen emulsion dosieraerosol trockensaft inhalator mundspülung";
/// What may follow a form glued to a name: `Lavaseptgelverbände`.
const AFTER_FORMS: &[&str] = &["verband", "verbände", "verbänden", "umschläge", "umschlägen", "spülung", "spülungen"];
/// What may follow a name that is still a drug, though not inside its span.
const COMPOUNDS: &str = "therapie dauertherapie monotherapie kombinationstherapie gabe gaben behandlung einnahme medikation dosis dosierung \
    dosen perfusor perf infusion infusionen injektion injektionen kur prophylaxe präparat präparate praeparat schema pumpe stoß bolus haltig \
    haltige haltigen s en induziert induzierte induzierten induzierter bedingt bedingte bedingten bedingter assoziiert assoziierte \
    assoziierten umstellung reduktion erhöhung pause karenz entzug dosiserhöhung dosisreduktion \
    zufuhr substitution einleitung applikation verabreichung exposition wirkung pausierung absetzen";
/// Makers that are named behind a substance and belong to the name of the product: `Novaminsulfon ratiopharm`, `Ramipril-1A Pharma`.
const MAKERS: &[&str] = &[
    "ratiopharm",
    "ratio",
    "Hexal",
    "HEXAL",
    "AL",
    "Stada",
    "STADA",
    "AbZ",
    "1A",
    "Heumann",
    "Sandoz",
    "SANDOZ",
    "Aristo",
    "Zentiva",
    "Lich",
    "TAD",
    "Winthrop",
    "biomo",
    "Mylan",
    "Accord",
    "Actavis",
    "Puren",
    "PUREN",
    "Aurobindo",
    "axcount",
    "neuraxpharm",
    "Glenmark",
    "Genericon",
    "Teva",
    "TEVA",
    "Pfizer",
    "Krka",
    "KRKA",
    "Aliud",
    "Betapharm",
    "betapharm",
    "Genericon",
    "Arcana",
];
/// Compounds that speak of an allergy.
const ALLERGIES: &str = "allergie allergien unverträglichkeit unvertraeglichkeit überempfindlichkeit intoleranz allergiker allergikerin \
    exanthem hypersensitivität allergy allergies";
/// What makes a value, a germ's trait or a test of the name.
const NOT_A_DRUG: &str = "intoxikation überdosierung überdosis intoxication toxicity spiegel serumspiegel spiegels konzentration resistenz resistent resistente resistenter sensibel sensitiv rezeptor \
    rezeptoren rezeptorstatus provokation provokationstest stimulationstest toleranztest test titer antikörper clearance ausscheidung mangel wert werte bestimmung abbau stoffwechsel level levels resistance \
    resistant receptor receptors sensitivity sensitive concentration concentrations assay deficiency binding secretion mangels";

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

struct Words {
    salts: HashSet<&'static str>,
    only_glued: HashSet<&'static str>,
    forms: HashSet<&'static str>,
    compounds: HashSet<&'static str>,
    allergies: HashSet<&'static str>,
    not_a_drug: HashSet<&'static str>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| Words {
        salts: set(SALTS),
        only_glued: set(ONLY_GLUED),
        forms: set(FORMS),
        compounds: set(COMPOUNDS),
        allergies: set(ALLERGIES),
        not_a_drug: set(NOT_A_DRUG),
    })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whether a word begins at byte `at`.
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let begins = match bytes[at] {
        byte if byte < 0x80 => is_word(byte),
        byte if byte < 0xC0 => false,
        _ => text[at..].chars().next().is_some_and(char::is_alphanumeric),
    };
    begins
        && match at.checked_sub(1).map(|before| bytes[before]) {
            None => true,
            Some(byte) if byte < 0x80 => !is_word(byte),
            Some(_) => !text[..at].chars().next_back().is_some_and(char::is_alphanumeric),
        }
}

/// End of the word that begins at `at`: letters, digits and combining marks.
pub(super) fn word_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut to = at;
    while to < end {
        let byte = bytes[to];
        if byte < 0x80 {
            if !is_word(byte) {
                break;
            }
            to += 1;
            continue;
        }
        match text.get(to..).and_then(|rest| rest.chars().next()) {
            Some(letter) if letter.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&letter) => {
                to += letter.len_utf8()
            }
            _ => break,
        }
    }
    to
}

/// The word (lower case) without a salt or form glued to it.
pub(super) fn without_salt(word: &str) -> Option<&str> {
    let words = words();
    let ends = (5..word.len().saturating_sub(3)).filter(|&at| word.is_char_boundary(at));
    ends.map(|at| word.split_at(at))
        .find(|(_, end)| words.salts.contains(end) || words.forms.contains(end))
        .map(|(name, _)| name)
}

/// `stoßtherapie`, `erhaltungsdosis`, `langzeitbehandlung`: a compound of two parts.
fn is_long_compound(words: &Words, rest: &str) -> bool {
    const FIRST: [&str; 18] = [
        "stoß",
        "stoss",
        "langzeit",
        "erhaltungs",
        "kurzzeit",
        "initial",
        "dauer",
        "mono",
        "kombinations",
        "infusions",
        "hochdosis",
        "einzel",
        "tages",
        "substitutions",
        "depot",
        "eradikations",
        "bolus",
        "kurz",
    ];
    FIRST.iter().any(|first| rest.strip_prefix(first).is_some_and(|second| words.compounds.contains(second)))
}

/// Bytes of the form in `gelverbände`.
fn dressed(words: &Words, rest: &str) -> Option<usize> {
    let form = AFTER_FORMS.iter().find_map(|end| rest.strip_suffix(end))?;
    words.forms.contains(form).then_some(form.len())
}

/// What follows a name that ends at `at`; `None` where the name only begins some other word.
pub(super) fn tail(text: &str, at: usize, end: usize) -> Option<Tail> {
    let words = words();
    let to = word_end(text, at, end);
    let mut tail = Tail { end: at, not_a_drug: false, allergy: false };
    if to > at {
        let rest = text.get(at..to)?.to_lowercase();
        let rest = rest.as_str();
        if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
            // `ASS100`: the strength is glued on.
            return Some(tail);
        }
        if words.salts.contains(rest) || words.forms.contains(rest) {
            tail.end = to;
        } else if let Some(form) = dressed(words, rest) {
            tail.end = at + form;
            return Some(tail);
        } else if words.allergies.contains(rest) {
            tail.allergy = true;
            return Some(tail);
        } else if words.not_a_drug.contains(rest) {
            tail.not_a_drug = true;
            return Some(tail);
        } else if words.compounds.contains(rest) || is_long_compound(words, rest) {
            return Some(tail);
        } else {
            return None;
        }
    }
    // `Metoprolol succinat`, `Enoxaparin-Natrium`, `Digoxin-Spiegel`, `lithium level`; at most two salts (`hydrochlorid monohydrat`).
    for _ in 0..2 {
        let Some(&mark @ (b' ' | b'-')) = text.as_bytes().get(tail.end).filter(|_| tail.end + 1 < end) else { break };
        let next_end = word_end(text, tail.end + 1, end);
        let Some(next) = text.get(tail.end + 1..next_end).map(str::to_lowercase) else { break };
        let next = next.as_str();
        if words.not_a_drug.contains(next) {
            tail.not_a_drug = true;
        } else if words.allergies.contains(next) {
            tail.allergy = true;
        } else if words.salts.contains(next) && (mark == b'-' || !words.only_glued.contains(next)) {
            tail.end = next_end;
            continue;
        }
        break;
    }
    if !tail.not_a_drug && !tail.allergy {
        tail.end = past_maker(text, tail.end, end);
    }
    Some(tail)
}

/// Behind the maker that stands at `at`; `at` where none does.
fn past_maker(text: &str, at: usize, end: usize) -> usize {
    let Some(b' ' | b'-') = text.as_bytes().get(at).filter(|_| at + 1 < end) else { return at };
    // Most words behind a name are small.
    let capital = text.as_bytes()[at + 1].is_ascii_uppercase()
        || matches!(text.as_bytes()[at + 1], b'1' | b'r' | b'b' | b'n' | b'a');
    if !capital {
        return at;
    }
    let to = word_end(text, at + 1, end);
    let maker = text.get(at + 1..to).filter(|word| word.len() <= 11 && MAKERS.contains(word));
    let pharma = |to: usize| text.get(to..end).is_some_and(|rest| rest.starts_with(" Pharma"));
    maker.map_or(at, |maker| if maker == "1A" && pharma(to) { to + " Pharma".len() } else { to })
}
