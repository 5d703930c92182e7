//! What single words mean in a regimen: units, forms, routes, times, counts, in German and English.
//!
//! One hash lookup a word. Words that mean something only beside others (`bei Bedarf`, `zur Nacht`) are read in `schedule.rs`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A unit by its normalised name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    G,
    Mg,
    Ug,
    Ng,
    Kg,
    Iu,
    Ml,
    L,
    Mmol,
    Mval,
    Percent,
}

impl Unit {
    /// Name in the `strength_unit` column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::G => "g",
            Self::Mg => "mg",
            Self::Ug => "µg",
            Self::Ng => "ng",
            Self::Kg => "kg",
            Self::Iu => "IU",
            Self::Ml => "ml",
            Self::L => "l",
            Self::Mmol => "mmol",
            Self::Mval => "mval",
            Self::Percent => "%",
        }
    }

    /// Whether it measures the volume of what is given.
    pub fn is_volume(self) -> bool {
        matches!(self, Self::Ml | Self::L)
    }
}

/// Kind of dosage form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Counted by pieces, each of the stated strength.
    Piece,
    /// Counted by puffs, each of the stated strength.
    Puff,
    /// Counted by drops.
    Drops,
    /// Counted by spoons or in millilitres.
    Spoon,
    /// A patch.
    Patch,
    /// Not counted.
    Other,
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Other,
    Unit(Unit),
    /// `Mio`: the number before it counts in millions.
    Million,
    Form(Form),
    /// Normalised route.
    Route(&'static str),
    /// Times of day as bits: morning 1, noon 2, evening 4, night 8.
    Slot(u8),
    /// A number word.
    Count(f64),
    /// `einmal`, `once`.
    Times(f64),
    /// `BID`: so often a day.
    Latin(f64),
    /// The same in letters that mean other things, too (`OD`, `BD`): only behind an amount.
    Terse(f64),
    /// `täglich`, `daily`.
    Daily,
    /// `Tag`, `day`.
    Day,
    /// `wöchentlich`, `weekly`.
    Weekly,
    /// `Woche`, `week`.
    Week,
    /// `monatlich`, `monthly`.
    Monthly,
    /// `Monat`, `month`.
    Month,
    /// `h`, `Stunden`.
    Hour,
    /// `stündlich`, `hourly`.
    Hourly,
    /// `x`, `mal`, `times`.
    By,
    /// `prn`.
    Prn,
    /// A day of the week by its short name.
    WeekdayShort,
    /// `montags`, `Monday`.
    Weekday,
    /// What passes: `bei Schmerzen` is when needed.
    Symptom,
    /// What lasts: `bei Hypertonie` is a reason.
    Disease,
}

impl Meaning {
    /// Whether drugs are taken for it.
    pub fn is_reason(self) -> bool {
        matches!(self, Self::Symptom | Self::Disease)
    }
}

const WORDS: &[(Meaning, &str)] = &[
    (Meaning::Unit(Unit::Mg), "mg milligramm milligram milligrams"),
    (Meaning::Unit(Unit::G), "g gramm gram grams gr"),
    (Meaning::Unit(Unit::Ug), "µg μg mcg ug mikrogramm microgram micrograms"),
    (Meaning::Unit(Unit::Ng), "ng"),
    (Meaning::Unit(Unit::Kg), "kg"),
    (Meaning::Unit(Unit::Iu), "ie iu units unit einheiten einheit u e"),
    (Meaning::Unit(Unit::Ml), "ml milliliter"),
    (Meaning::Unit(Unit::L), "l liter litre"),
    (Meaning::Unit(Unit::Mmol), "mmol"),
    (Meaning::Unit(Unit::Mval), "mval meq"),
    (Meaning::Million, "mio mill million millionen mioe mioie"),
    (
        Meaning::Form(Form::Piece),
        "tbl tabl tablette tabletten tab tabs tablet tablets filmtablette filmtabletten filmtbl ftbl fta retardtabletten retardtablette rettbl \
         kps kaps kapsel kapseln cap caps capsule capsules hartkapseln hartkapsel weichkapseln retardkapseln retardkapsel hkp rkp rka dragee \
         dragees drg supp suppositorium suppositorien zäpfchen suppository suppositories amp ampulle ampullen ampoule ampoules ampule btl beutel \
         sachet sachets brausetablette brausetabletten brausetbl schmelztablette schmelztabletten schmelztbl kautabletten kautablette \
         lutschtabletten lutschtablette fertigspritze fertigspritzen spritze spritzen fsp syringe syringes pille pillen pill pills lozenge \
         lozenges vial vials stück stk filmtabl rettabl tabls weichkaps retkaps hartkaps brausetabl schmelztabl kautabl manteltabl caplet caplets pen pens oblong sublingualtablette manteltabletten tbl",
    ),
    (
        Meaning::Form(Form::Puff),
        "hub hübe huebe puff puffs sprühstoß sprühstöße sprays inhalation inhalationen inhalations sprüh sprühstösse",
    ),
    (Meaning::Form(Form::Drops), "trpf tropfen gtt drop drops tr tropf augentropfen nasentropfen ohrentropfen trp"),
    (Meaning::Form(Form::Spoon), "el tl esslöffel teelöffel messlöffel messl ml löffel tablespoon teaspoon teaspoons"),
    (Meaning::Form(Form::Patch), "pflaster tts patch patches membranpflaster matrixpflaster"),
    (
        Meaning::Form(Form::Other),
        "salbe creme crème gel spray nasenspray dosieraerosol da saft sirup trockensaft lösung lsg infusionslösung injektionslösung inj infusion \
         inf kurzinfusion pulver granulat inhalator inhaler injlsg inflsg augensalb nasenspr dosieraeros augtropf cream ointment solution suspension susp syrup injection \
         lotion augensalbe augengel schaum zäpfchenform nebulizer mdi dpi nasal-spray mundspray lsng perfusor perf elixir powder suspension paste \
         umschlag inhalationslösung aerosol",
    ),
    (Meaning::Route("oral"), "oral orally peroral po per-os"),
    (Meaning::Route("intravenous"), "iv intravenös intravenous intravenously"),
    (Meaning::Route("subcutaneous"), "sc subkutan subcutan subcutaneous subcutaneously sq subcut"),
    (Meaning::Route("intramuscular"), "intramuskulär intramuscular intramuscularly"),
    (Meaning::Route("inhalation"), "inhalativ inhaled inh pi"),
    (Meaning::Route("transdermal"), "transdermal transdermally"),
    (Meaning::Route("sublingual"), "sublingual sublingually sl"),
    (Meaning::Route("topical"), "topisch topical topically"),
    (Meaning::Route("rectal"), "rektal rectal rectally pr"),
    (Meaning::Route("nasal"), "nasal intranasal intranasally"),
    (Meaning::Route("vaginal"), "vaginal vaginally"),
    (Meaning::Route("intravesical"), "intravesikal intravesical intravesically"),
    (Meaning::Route("intrathecal"), "intrathekal intrathecal intrathecally"),
    (Meaning::Route("ophthalmic"), "ophthalmic"),
    (Meaning::Slot(1), "morgens früh vormittags qam"),
    (Meaning::Slot(2), "mittags nachmittags"),
    (Meaning::Slot(4), "abends abds qpm"),
    (Meaning::Slot(8), "nachts nightly qhs hs nocte spätabends"),
    (Meaning::Times(1.0), "once einmal"),
    (Meaning::Times(2.0), "twice zweimal"),
    (Meaning::Times(3.0), "thrice dreimal"),
    (Meaning::Times(4.0), "viermal"),
    (Meaning::Times(5.0), "fünfmal"),
    (Meaning::Times(6.0), "sechsmal"),
    (Meaning::Count(1.0), "ein eine einen einer one"),
    (Meaning::Count(1.5), "anderthalb eineinhalb"),
    (Meaning::Count(2.0), "zwei two"),
    (Meaning::Count(2.5), "zweieinhalb"),
    (Meaning::Count(3.0), "drei three"),
    (Meaning::Count(4.0), "vier four"),
    (Meaning::Count(5.0), "fünf five"),
    (Meaning::Count(6.0), "sechs six"),
    (Meaning::Count(7.0), "sieben seven"),
    (Meaning::Count(8.0), "acht eight"),
    (Meaning::Count(10.0), "zehn ten"),
    (Meaning::Count(12.0), "zwölf twelve"),
    (Meaning::Count(14.0), "vierzehn fourteen"),
    (Meaning::Count(0.5), "halbe half"),
    (Meaning::Latin(1.0), "qd"),
    (Meaning::Terse(1.0), "od om on mane"),
    (Meaning::Latin(2.0), "bid bd"),
    (Meaning::Latin(3.0), "tid tds"),
    (Meaning::Latin(4.0), "qid qds"),
    (Meaning::Daily, "täglich tgl daily taegl taeglich tägl"),
    (Meaning::Day, "tag tage tagen tages day days d die"),
    (Meaning::Weekly, "wöchentlich wö wöchtl weekly wchtl zweiwöchentlich vierwöchentlich fortnightly biweekly"),
    (Meaning::Week, "woche wochen week weeks wk wo wks w"),
    (
        Meaning::Monthly,
        "monatlich mtl monatl monthly jährlich jährl yearly annually halbjährlich vierteljährlich quarterly zweimonatlich dreimonatlich",
    ),
    (Meaning::Month, "monat monate monaten month months jahr jahre jahren year years"),
    (Meaning::Hour, "h std stunde stunden hour hours hr hrs stdn"),
    (Meaning::Hourly, "stündlich stdl hourly stündl"),
    (Meaning::By, "x mal times × xtgl"),
    (Meaning::Prn, "prn"),
    (Meaning::WeekdayShort, "mo di mi do fr sa so mon tue wed thu fri sat sun"),
    (
        Meaning::Weekday,
        "montags dienstags mittwochs donnerstags freitags samstags sonntags sonnabends montag dienstag mittwoch donnerstag freitag samstag sonntag \
         monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    ),
    (
        Meaning::Symptom,
        "schmerzen schmerz kopfschmerzen rückenschmerzen knieschmerzen bauchschmerzen nervenschmerzen übelkeit erbrechen unruhe \
         schlafstörung schlafstörungen schlaflosigkeit angst panik panikattacken fieber obstipation verstopfung durchfall diarrhoe \
         diarrhö dyspnoe atemnot luftnot husten juckreiz juckreizes blutdruckspitzen sodbrennen reflux refluxbeschwerden krampfanfall \
         krampfanfällen krämpfen agitation agitiertheit schwindel schluckauf brustenge schmerzspitzen appetitlosigkeit palpitations \
         hyperglycaemia wassereinlagerung pain headache headaches nausea vomiting insomnia anxiety fever constipation diarrhea \
         diarrhoea dyspnea wheezing cough itching pruritus heartburn seizures seizure dizziness edema migräne migraine angina",
    ),
    (
        Meaning::Disease,
        "hypertonie bluthochdruck hypertonus hypertension vorhofflimmern herzinsuffizienz glaukom parkinson herz bronchitis zystitis \
         cystitis colitis prostatitis pyelonephritis akne acne knochen schilddrüse prostata blutfette vorhofflimmerns pneumonie \
         harnwegsinfekt sepsis depression epilepsie gicht diabetes thromboseprophylaxe hyperkaliämie hypokaliämie hypothyreose \
         osteoporose arthrose asthma copd ödeme ödemen allergie heuschnupfen gerd hyperlipidemia hypothyroidism pneumonia uti \
         infection gout osteoporosis arthritis hyperlipidaemia niereninsuffizienz khk vorhofflattern vhf thrombose lungenembolie \
         hyperurikämie hyperlipidämie hypercholesterinämie schizophrenie psychose demenz anämie eisenmangel rheuma polymyalgie \
         psoriasis cholera fibrillation afib depressionen zwangsstörung adhs adhd bph prostatahyperplasie erysipel otitis sinusitis \
         tonsillitis rhinitis rhinokonjunktivitis ekzem pnp rls nstemi stemi pavk hwi osteoarthritis anaemia anemia dvt bipolar schizophrenia dementia",
    ),
];

/// Ends of words for complaints, and for diseases.
const COMPLAINTS: &[&str] = &["schmerz", "schmerzen", "beschwerden", "krämpfe", "krämpfen"];
const DISEASES: &[&str] = &[
    "itis",
    "ämie",
    "insuffizienz",
    "infekt",
    "infektion",
    "prophylaxe",
    "störung",
    "störungen",
    "hypertonie",
    "syndrom",
    "erkrankung",
    "thrombose",
    "embolie",
    "arthrose",
    "neuropathie",
    "polyneuropathie",
    "migräne",
    "epilepsie",
    "psychose",
    "depression",
    "pneumonie",
    "arthritis",
    "hyperplasie",
    "flimmern",
    "ödem",
    "ödeme",
    "ödemen",
    "thyreose",
    "dermatitis",
    "mykose",
    "candidose",
    "substitution",
];

/// What a drug may be taken for: a word of the table, or one that ends as such words do.
pub(super) fn condition(word: &str) -> Meaning {
    match meaning(word) {
        Meaning::Other if word.len() > 6 && word.starts_with(char::is_uppercase) => {
            let lower = word.to_lowercase();
            let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
            if ends(COMPLAINTS) {
                Meaning::Symptom
            } else if ends(DISEASES) {
                Meaning::Disease
            } else {
                Meaning::Other
            }
        }
        known => known,
    }
}

/// Words without a meaning of their own with which a part of a regimen may begin: every other one is passed over (`piece.rs`).
const LEADS: &str = "für fuer for f über over noch während insgesamt weitere vom from bis until through till nasal eye ear mouth per by beide \
    both auf in via auc bei bedarfsweise bb as if when zur zum at every am vor before each with jeden jede alle aller max maximal maximum \
    höchstens tageshöchstdosis tmd up nicht not no wiederholung wdh wdhg pause repeat dl pro mehrmals mehrfach several multiple einmalig \
    einmalige einmaliger einmaligen um an gegen wegen aufgrund indikation indication im pr on";

/// What a word says: its meaning, and whether a part may begin with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    pub meaning: Meaning,
    pub leads: bool,
}

impl Reading {
    const NOTHING: Self = Self { meaning: Meaning::Other, leads: false };
}

/// FNV-1a: the keys are short and our own.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

struct Table {
    readings: HashMap<&'static str, Reading, BuildHasherDefault<Fnv>>,
    /// For each first byte the lengths of the words that begin with it, as bits: they rule out most words of a text.
    lengths: [u64; 256],
}

impl Table {
    /// Whether no word of the table has the first letter and the length of `word`.
    fn rules_out(&self, word: &str) -> bool {
        let first = word.bytes().next().map_or(0, |byte| byte.to_ascii_lowercase());
        word.is_ascii() && self.lengths[usize::from(first)] & 1 << word.len().min(63) == 0
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = WORDS.iter().flat_map(|(meaning, words)| words.split_whitespace().map(|word| (word, *meaning)));
        let leads = LEADS.split_whitespace().map(|word| (word, Meaning::Other));
        let mut table = Table { readings: HashMap::default(), lengths: [0; 256] };
        for (word, meaning) in rows.chain(leads) {
            // The first meaning of a word counts.
            table.readings.entry(word).or_insert(Reading { meaning, leads: true });
            table.lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(63);
        }
        table
    })
}

/// What a word means; upper and lower case are the same, except where the letters would be something else.
pub(super) fn meaning(word: &str) -> Meaning {
    read(word).meaning
}

/// Looks a word up, in one pass over its letters.
pub(super) fn read(word: &str) -> Reading {
    let table = table();
    if table.rules_out(word) {
        return Reading { leads: word.len() == 1, ..Reading::NOTHING };
    }
    let mut buffer = [0_u8; 48];
    let Some(key) = lower_case(word, &mut buffer) else { return Reading::NOTHING };
    let Some(Reading { meaning: found, leads }) = table.readings.get(key).copied() else {
        return Reading { leads: word.len() == 1, ..Reading::NOTHING };
    };
    Reading { meaning: as_written(found, word), leads }
}

/// The word in lower case; `None` where it is too long for the table.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8; 48]) -> Option<&'b str> {
    let mut n = 0;
    if word.is_ascii() {
        n = word.len();
        let copy = buffer.get_mut(..n)?;
        copy.copy_from_slice(word.as_bytes());
        copy.make_ascii_lowercase();
    } else {
        for letter in word.chars().flat_map(char::to_lowercase) {
            let place = buffer.get_mut(n..n + letter.len_utf8())?;
            n += letter.encode_utf8(place).len();
        }
    }
    std::str::from_utf8(&buffer[..n]).ok()
}

/// The meaning, unless the word's capitals say something else.
fn as_written(found: Meaning, word: &str) -> Meaning {
    match (found, word) {
        // `G`, `Mg`, `L`, `e`, `u`, `Kg` are a grade, magnesium, a side or a stray letter; `E` and `U` are units.
        (Meaning::Unit(Unit::G), "G" | "GR" | "Gr")
        | (Meaning::Unit(Unit::Mg), "Mg")
        | (Meaning::Unit(Unit::L), "L")
        | (Meaning::Unit(Unit::Iu), "e" | "u" | "Ie") => Meaning::Other,
        // `im` is a preposition, `DA` and `Da` are not the same, `EL` is a spoon.
        (Meaning::Form(Form::Other), "da" | "Da") | (Meaning::Form(Form::Spoon), "el" | "tl") => Meaning::Other,
        (Meaning::Form(Form::Drops), "tr") => Meaning::Other,
        (Meaning::Route(_), "PI" | "PR" | "Pi" | "Pr" | "Sl" | "Po" | "Sc" | "Iv") => Meaning::Other,
        (Meaning::Latin(times), "BD" | "Bd") => Meaning::Terse(times),
        (Meaning::Day, "D") | (Meaning::Week, "W" | "WO") | (Meaning::Hour, "H") => Meaning::Other,
        (Meaning::Count(_), "Ten") | (Meaning::Slot(_), "HS" | "Hs") => Meaning::Other,
        (found, _) => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_mean_something_else_are_no_units() {
        assert_eq!(meaning("G"), Meaning::Other);
        assert_eq!(meaning("Mg"), Meaning::Other);
        assert_eq!(meaning("mg"), Meaning::Unit(Unit::Mg));
        assert_eq!(meaning("MG"), Meaning::Unit(Unit::Mg));
        assert_eq!(meaning("E"), Meaning::Unit(Unit::Iu));
        assert_eq!(meaning("TÄGLICH"), Meaning::Daily);
        assert_eq!(meaning("Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel"), Meaning::Other);
    }
}
