//! Words that take a full stop without ending a sentence, and words that begin one.
//!
//! Two strengths: after a *binding* abbreviation the sentence always goes on (`Dr.`, `z. B.`, `ca.`); after a *loose* one it ends only where
//! the next word plainly begins a sentence (`tgl.`, `bds.`, `etc.`). Lists are kept by hand from German discharge letters, pathology reports
//! and English notes; lower case, sorted.

use befund_core::Language;

use crate::chars::lower;

/// How a word stands to the full stop after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// Never ends a sentence.
    Binding,
    /// Ends one where the next word begins one.
    Loose,
    /// A unit of measure: mostly written without a full stop, so an upper-case word after it begins a sentence.
    Unit,
    /// Not an abbreviation.
    None,
}

#[rustfmt::skip]
const BINDING: &[&str] = &[
    "abschn", "anh", "approx", "aufgr", "betr", "bezgl", "bspw", "bzgl", "bzw", "ca", "cf", "chr", "col", "d.h",
    "dipl", "doz", "dr", "drs", "durchschn", "e.g", "einschl", "entspr", "esp", "ev", "evtl", "fa", "fig", "figs",
    "fr", "frl", "geb", "gem", "gen", "ggf", "ggfs", "ggü", "hr", "hrn", "i.e", "i.r", "i.s", "incl", "inkl", "insb",
    "insbes", "lt", "mr", "mrs", "ms", "mutm", "no", "nr", "priv", "priv.doz", "prof", "s.a", "sog", "st", "st.n",
    "st.p", "str", "u.u", "univ", "v.a", "v.d", "vgl", "viz", "vol", "vs", "wg", "z.b", "z.hd", "z.n", "z.t", "z.zt",
    "zb", "zn", "zw", "zzt",
];

#[rustfmt::skip]
const LOOSE: &[&str] = &[
    "abb", "abbr", "abd", "abdom", "abds", "abl", "abs", "abt", "acc", "adj", "adm", "akt", "al", "alk", "allg",
    "alt", "amb", "amp", "anamn", "ang", "anl", "anm", "ann", "ant", "antib", "app", "apr", "art", "asc", "ass",
    "asym", "atr", "atroph", "aufl", "aufn", "aug", "ausf", "ausgepr", "ausr", "ausschl", "ave", "bd", "bds",
    "beg", "begl", "beh", "beids", "bek", "bel", "ben", "bes", "best", "bilat", "biop", "blvd", "bz", "calc",
    "caps", "card", "cert", "chir", "chron", "circ", "clin", "co", "comp", "cont", "contd", "corp", "cyl", "dek",
    "dept", "desc", "dext", "dez", "dg", "diab", "diagn", "diam", "diff", "dikt", "dist", "dos", "dpt", "drg",
    "dt", "ebd", "ed", "empf", "endosk", "entf", "epid", "erw", "etc", "exp", "ext", "extr", "extrem", "fax",
    "feb", "fem", "ff", "fragl", "frakt", "freundl", "funkt", "gel", "geringgr", "ges", "gest", "gez", "glob",
    "gr", "grav", "gyn", "halbtgl", "hist", "histol", "histolog", "hochgr", "hosp", "hyperpl", "hypopl",
    "hämatol", "ii", "iliac", "immunhist", "inc", "inf", "infil", "infiltr", "ing", "inj", "insg", "insuff",
    "int", "interm", "intern", "intrav", "isometr", "jan", "jhrl", "jr", "jul", "jun", "jähr", "kaps", "kard",
    "karz", "kl", "klin", "koll", "komb", "kompl", "kons", "konserv", "kont", "kontr", "konz", "kps", "kran",
    "körperl", "lab", "labor", "lat", "li", "lig", "liq", "lk", "loc", "lok", "lokal", "lsg", "ltd", "lymph",
    "mag", "makr", "makrosk", "max", "med", "medik", "metast", "mikr", "mikrosk", "min", "minim", "minüt", "mio",
    "mitt", "mittelgr", "mittl", "mod", "mon", "monatl", "mrd", "mult", "musc", "muskul", "myd", "nachm", "neg",
    "neurol", "niedermol", "norm", "nos", "notf", "nov", "nuc", "nukl", "oberfl", "oct", "od", "okt", "op",
    "operat", "opt", "org", "organ", "orient", "orig", "orthop", "os", "osteopl", "ou", "pall", "part", "pat", "path",
    "pathol", "pect", "periph", "physiol", "pneu", "pos", "poss", "post", "postop", "pp", "pr", "pre", "prim",
    "prob", "proc", "progn", "prol", "prop", "prox", "präop", "psych", "pt", "pts", "pulm", "quot", "rad", "radiol", "re",
    "rec", "red", "ref", "reg", "regelm", "regelr", "rel", "rem", "rep", "resp", "ret", "retroperit", "rez", "rf",
    "rg", "rgs", "rhythm", "rt", "rö", "röntg", "sa", "sc", "seitl", "sek", "sens", "sep", "sept", "sig", "sigm",
    "sin", "soc", "sol", "son", "sonogr", "spec", "spez", "sph", "spont", "sq", "sr", "stat", "std", "stdl",
    "stfl", "stgl", "stk", "stünd", "succ", "sup", "supp", "supps", "surg", "susp", "symm", "symp", "syn", "syst",
    "tab", "tabl", "tabs", "tart", "tbl", "tbsp", "techn", "teilw", "tel", "temp", "tgl", "ther", "thor",
    "thorak", "tr", "transv", "trpf", "ts", "tsp", "typ", "tägl", "umg", "unauff", "ungekl", "unk", "unkompl",
    "uns", "unt", "unters", "urol", "usw", "uvm", "vag", "var", "vasc", "vask", "ven", "ventr", "verd", "vergr",
    "verl", "verm", "versch", "vert", "vit", "vorh", "vorm", "vorw", "wdh", "wo", "wt", "wö", "wöch", "yr", "yrs",
    "z.a", "zus", "zusammenfass", "zytol", "überw",
];

const UNITS: &[&str] = &[
    "cc", "ccm", "cm", "dl", "g", "gm", "gms", "gtt", "h", "hg", "ie", "iu", "kg", "l", "lb", "lbs", "mcg", "mg", "ml",
    "mm", "mmhg", "mval", "ng", "oz", "sec",
];

/// Whether the word before a full stop is an abbreviation. `word` is without the full stop; dots inside ("z.B") are allowed. `first`: the
/// word begins the sentence, where a whole word would hardly stand alone.
pub(crate) fn strength(word: &[u8], first: bool, language: Language) -> Strength {
    // "49jähr.", "150mg."
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let word = &word[digits..];
    if word.is_empty() {
        return Strength::None;
    }
    let mut buffer = [0u8; 24];
    let Some(low) = lower(word, &mut buffer) else { return Strength::None };
    let Ok(low) = std::str::from_utf8(low) else { return Strength::None };
    if low == "ca" && word[0] == b'C' {
        // "Ca." is a carcinoma and may end a sentence; "ca." is about.
        return Strength::Loose;
    }
    if low == "no" && word != b"No" || !first && is_whole_word(low, word[0].is_ascii_uppercase(), language) {
        return Strength::None;
    }
    if language == Language::En && matches!(low, "min" | "max" | "st" | "str") {
        return Strength::Loose;
    }
    if contains(BINDING, low) {
        return Strength::Binding;
    }
    if contains(UNITS, low) {
        return Strength::Unit;
    }
    if contains(LOOSE, low) || is_dotted(low) {
        return Strength::Loose;
    }
    if language != Language::En && is_cut_short(low) && !word[1..].iter().any(u8::is_ascii_uppercase) {
        Strength::Loose
    } else {
        Strength::None
    }
}

/// Words of the language that look like abbreviations of the lists.
fn is_whole_word(low: &str, capital: bool, language: Language) -> bool {
    match language {
        Language::De => {
            capital && matches!(low, "art" | "op" | "lab" | "labor" | "typ" | "organ" | "best")
                || low == "alt"
                || low == "lokal"
        }
        Language::En => matches!(
            low,
            "post"
                | "part"
                | "red"
                | "alt"
                | "best"
                | "iliac"
                | "organ"
                | "os"
                | "son"
                | "art"
                | "lab"
                | "lymph"
                | "intern"
                | "ben"
                | "rhythm"
        ),
        Language::Unknown => false,
    }
}

fn contains(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// "i.v", "b.i.d", "Dr.med": short parts joined by dots.
fn is_dotted(low: &str) -> bool {
    low.contains('.')
        && low
            .split('.')
            .all(|part| !part.is_empty() && part.chars().count() <= 4 && part.chars().all(char::is_alphabetic))
}

/// A German word cut short: without a vowel ("stgl"), or ending in consonants that no whole word ends in ("geringgr", "befr", "regelr",
/// "freundl"); "-olog" as well.
fn is_cut_short(low: &str) -> bool {
    if low.len() < 2 || !low.chars().all(char::is_alphabetic) {
        return false;
    }
    let vowel = low.chars().any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü'));
    match low.as_bytes() {
        _ if !vowel => low.len() <= 6,
        [.., b'b' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'v' | b'z', b'r' | b'l' | b'n'] => true,
        [.., b'l' | b'm' | b'n' | b's', b'r'] => true,
        _ => low.ends_with("olog"),
    }
}

#[rustfmt::skip]
const GERMAN_STARTERS: &[&str] = &[
    "aber", "aktuell", "allerdings", "als", "am", "an", "anamnestisch", "anschließend", "auch", "auf", "aufgrund",
    "aus", "außerdem", "bei", "beide", "beim", "bis", "da", "dabei", "daher", "damit", "danach", "dann", "daraufhin",
    "darüber", "das", "dem", "den", "der", "derzeit", "des", "die", "dies", "diese", "dieser", "dieses", "durch",
    "ebenfalls", "ebenso", "ein", "eine", "einen", "einer", "er", "erneut", "es", "ferner", "für", "gegenwärtig",
    "hier", "hierbei", "hierunter", "ich", "ihr", "ihre", "im", "in", "initial", "insgesamt", "ist", "jetzt", "kein",
    "keine", "keinen", "klinisch", "laborchemisch", "laut", "lediglich", "man", "mit", "mittlerweile", "nach",
    "nachdem", "nebenbefundlich", "nun", "nur", "ob", "obwohl", "ohne", "postoperativ", "sein", "seine", "seit",
    "sie", "so", "sollte", "somit", "sonographisch", "sonst", "sowie", "trotz", "um", "unter", "unverändert", "vom",
    "von", "vor", "wegen", "weitere", "weiterhin", "weiters", "wenn", "wie", "wir", "während", "zudem", "zum",
    "zunächst", "zur", "zusätzlich", "zuvor",
];

#[rustfmt::skip]
const ENGLISH_STARTERS: &[&str] = &[
    "a", "after", "all", "also", "although", "an", "and", "are", "as", "at", "because", "before", "both", "but", "by",
    "during", "each", "for", "from", "he", "her", "his", "however", "if", "in", "is", "it", "its", "margins", "no",
    "not", "of", "on", "one", "our", "patient", "please", "pt", "see", "she", "since", "the", "their", "then",
    "there", "these", "they", "this", "those", "to", "two", "under", "upon", "was", "we", "were", "when", "which",
    "while", "with",
];

/// Whether the word, which is written with a capital letter, is one that begins sentences.
pub(crate) fn begins_sentences(word: &[u8], language: Language) -> bool {
    let mut buffer = [0u8; 24];
    let Some(low) = lower(word, &mut buffer) else { return false };
    let Ok(low) = std::str::from_utf8(low) else { return false };
    match language {
        Language::De => contains(GERMAN_STARTERS, low),
        Language::En => contains(ENGLISH_STARTERS, low),
        Language::Unknown => contains(GERMAN_STARTERS, low) || contains(ENGLISH_STARTERS, low),
    }
}

/// Whether the word is a month, so that a number with a full stop before it is a day.
pub(crate) fn is_month(word: &[u8]) -> bool {
    let mut buffer = [0u8; 24];
    matches!(
        lower(word, &mut buffer).and_then(|low| std::str::from_utf8(low).ok()),
        Some(
            "januar"
                | "jänner"
                | "jan"
                | "februar"
                | "feber"
                | "feb"
                | "märz"
                | "mär"
                | "april"
                | "apr"
                | "mai"
                | "juni"
                | "jun"
                | "juli"
                | "jul"
                | "august"
                | "aug"
                | "september"
                | "sept"
                | "sep"
                | "oktober"
                | "okt"
                | "november"
                | "nov"
                | "dezember"
                | "dez"
                | "january"
                | "february"
                | "march"
                | "may"
                | "june"
                | "july"
                | "october"
                | "oct"
                | "december"
                | "dec"
        )
    )
}

/// German nouns that are counted by ordinals also where no article stands before them ("Chemotherapie 2. Zyklus").
#[rustfmt::skip]
pub(crate) fn counts_things(word: &[u8]) -> bool {
    matches!(
        word,
        b"Zyklus" | b"Kurs" | b"Gabe" | b"Dosis" | b"Linie" | b"Wahl" | b"Auflage" | b"Aufl" | b"Grad" | b"Grades" | b"Tag" | b"Tages" | b"Woche" | b"Monat"
            | b"Quartal" | b"Trimenon" | b"Rippe" | b"Zehe" | b"Finger" | b"Strahl" | b"Stock" | b"Mal" | b"Generation" | b"Lebensjahr" | b"LJ" | b"HT"
    )
}

/// Words after which a line cannot be complete: articles, prepositions, conjunctions.
#[rustfmt::skip]
pub(crate) fn leaves_open(word: &[u8]) -> bool {
    matches!(
        word,
        b"der" | b"die" | b"das" | b"den" | b"dem" | b"des" | b"ein" | b"eine" | b"einer" | b"einem" | b"einen" | b"eines" | b"und" | b"oder" | b"mit"
            | b"von" | b"vom" | b"zum" | b"zur" | b"bei" | b"beim" | b"im" | b"in" | b"an" | b"am" | b"auf" | b"aus" | b"nach" | b"ohne" | b"unter" | b"wegen"
            | b"sowie" | b"bis" | b"als" | b"sehr" | b"kein" | b"keine" | b"f\xc3\xbcr" | b"the" | b"of" | b"and" | b"or" | b"with" | b"to" | b"on" | b"at"
            | b"for" | b"from" | b"by" | b"is" | b"was" | b"are" | b"were" | b"without" | b"that" | b"which" | b"as" | b"than" | b"into" | b"showing" | b"measuring"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        for list in [BINDING, LOOSE, UNITS, GERMAN_STARTERS, ENGLISH_STARTERS] {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn about_binds_and_carcinoma_does_not() {
        assert_eq!(strength(b"ca", false, Language::De), Strength::Binding);
        assert_eq!(strength(b"Ca", false, Language::De), Strength::Loose);
        assert_eq!(strength(b"Ende", false, Language::De), Strength::None);
        assert_eq!(strength("geringgr".as_bytes(), false, Language::De), Strength::Loose);
    }
}
