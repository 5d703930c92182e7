//! The headings that are known, German and English, in normal form (small letters, single blanks, no plural brackets).
//!
//! `Body` holds headings that end the section before them without being about anything the engine asks for.

use befund_core::SectionKind::{self, *};

/// Kind and names.
#[rustfmt::skip]
pub(super) const HEADINGS: &[(SectionKind, &[&str])] = &[
    (Diagnosis, &[
        "diagnose", "diagnosen", "hauptdiagnose", "hauptdiagnosen", "nebendiagnose", "nebendiagnosen", "haupt- und nebendiagnosen", "haupt-und nebendiagnosen",
        "aktuelle diagnose", "aktuelle diagnosen", "entlassdiagnose", "entlassdiagnosen", "entlassungsdiagnose", "entlassungsdiagnosen", "aufnahmediagnose",
        "aufnahmediagnosen", "einweisungsdiagnose", "klinische diagnose", "klinische diagnosen", "pathologische diagnose", "pathologisch-anatomische diagnose",
        "histologische diagnose", "histopathologische diagnose", "onkologische diagnose", "onkologische diagnosen", "tumordiagnose", "verdachtsdiagnose",
        "diagnose nach icd-10", "abschließende diagnose", "hauptdiagnose, icd-10", "behandlungsdiagnose", "behandlungsdiagnosen", "dauerdiagnosen", "diagnostische beurteilung", "tumorklassifikation",
        "tnm-klassifikation", "klassifikation", "tumorstadium", "staging",
        "diagnosis", "diagnoses", "final diagnosis", "final diagnoses", "final pathologic diagnosis", "final pathological diagnosis", "final surgical pathology diagnosis",
        "pathologic diagnosis", "pathological diagnosis", "pathology diagnosis", "histologic diagnosis", "histological diagnosis", "microscopic diagnosis",
        "surgical pathology diagnosis", "anatomic diagnosis", "permanent diagnosis", "interpretation and diagnosis", "interpretation", "amended diagnosis",
        "revised diagnosis", "discharge diagnosis", "discharge diagnoses", "admitting diagnosis", "admission diagnosis", "principal diagnosis", "primary diagnosis",
        "secondary diagnosis", "secondary diagnoses", "preoperative diagnosis", "pre-operative diagnosis", "pre-op diagnosis", "postoperative diagnosis",
        "post-operative diagnosis", "post-op diagnosis", "diagnostic impression", "frozen section diagnosis", "fs diagnosis", "intraoperative consult diagnosis",
        "intraoperative diagnosis", "synoptic report", "case synopsis", "synoptic diagnosis", "pathologic staging", "pathologic stage", "tumor staging", "tnm classification",
    ]),
    (History, &[
        "anamnese", "aktuelle anamnese", "jetzige anamnese", "jetzt-anamnese", "krankheitsanamnese", "aufnahmegrund", "aufnahmeanlass", "grund der aufnahme", "anlass der aufnahme",
        "vorstellungsgrund", "klinische angaben", "angaben der klinik", "background", "klinische angabe", "klinische fragestellung", "fragestellung", "klinik", "aktuelle beschwerden", "jetzige beschwerden",
        "beschwerden", "aktuell", "vegetative anamnese", "gynäkologische anamnese", "medikamentenanamnese und verlauf", "zwischenanamnese", "tumoranamnese",
        "clinical history", "patient history", "history", "history of present illness", "hpi", "present illness", "chief complaint", "reason for visit", "reason for admission",
        "reason for consultation", "clinical information", "clinical data", "clinical details", "clinical diagnosis and history", "clinical diagnosis & history",
        "clinical history and diagnosis", "clinical history and pre-op dx", "pertinent clinical history", "relevant clinical history", "clinical notes", "subjective",
        "clinical diagnosis", "clinical impression", "interval history", "indication", "indications", "indication for procedure", "admission history", "history and physical",
        "case presentation", "case report", "case description", "case narrative", "falldarstellung", "fallbeschreibung",
    ]),
    (PastHistory, &[
        "vorerkrankungen", "vorerkrankung", "eigenanamnese", "vorgeschichte", "voroperationen", "frühere erkrankungen", "frühere krankheiten", "bekannte vorerkrankungen",
        "medizinische vorgeschichte", "onkologische vorgeschichte", "begleiterkrankungen", "vordiagnosen", "weitere vorerkrankungen", "frühere medikation", "relevante vorerkrankungen",
        "past medication", "past medications", "previous medications", "past medical history", "past history", "previous medical history", "prior medical history", "medical history", "pmh", "pmhx", "past surgical history",
        "surgical history", "psh", "previous history", "comorbidities", "past oncologic history", "oncologic history",
    ]),
    (FamilyHistory, &[
        "familienanamnese", "familiäre anamnese", "familienvorgeschichte", "fa", "family history", "family medical history", "fhx",
    ]),
    (Allergies, &[
        "allergien", "allergie", "unverträglichkeiten", "unverträglichkeit", "allergieanamnese", "allergologische anamnese", "bekannte allergien", "medikamentenallergien",
        "arzneimittelunverträglichkeiten", "medikamentenunverträglichkeiten", "allergien und unverträglichkeiten", "cave",
        "allergies", "allergy", "drug allergies", "medication allergies", "known allergies", "intolerances", "allergies and intolerances", "adverse drug reactions and allergies",
    ]),
    (Medication, &[
        "medikation", "aktuelle medikation", "aktuelle medikamente", "derzeitige medikation", "bisherige medikation", "medikamente", "medikamentenanamnese", "dauermedikation", "hausmedikation",
        "vormedikation", "aufnahmemedikation", "einweisungsmedikation", "bedarfsmedikation", "medikationsplan", "medikamentenplan", "medikamentöse therapie", "aktuelle therapie", "bestehende medikation",
        "medikation zuhause", "jetzige medikation", "aktueller therapiestand", "therapiestand", "laufende medikation", "laufende therapie", "eigenmedikation", "regelmäßige medikation",
        "medications", "medication", "current medications", "current medication", "home medications", "home medication", "medications on admission", "admission medications",
        "outpatient medications", "medication list", "medication history", "meds", "present medications", "preoperative medications", "concomitant medications",
    ]),
    (DischargeMedication, &[
        "entlassmedikation", "entlassungsmedikation", "therapieempfehlung", "therapieempfehlungen", "empfohlene medikation", "empfohlene therapie", "weitere medikation",
        "medikationsempfehlung", "aktuelle medikation bei entlassung", "medikation nach entlassung", "therapievorschlag", "medikamentöse empfehlung", "verordnete medikation", "rezept",
        "therapie bei entlassung", "letzte medikation",
        "discharge medications", "discharge medication", "medications on discharge", "medications at discharge", "medications prescribed", "discharge meds", "prescriptions", "new medications",
    ]),
    (Findings, &[
        "befund", "befunde", "klinischer befund", "klinische befunde", "relevante befunde", "weitere befunde", "untersuchungsbefund", "untersuchungsbefunde", "körperlicher befund",
        "körperliche untersuchung", "körperlicher untersuchungsbefund", "körperliche inspektion", "aufnahmebefund", "entlassungsbefund", "status praesens", "status", "status bei aufnahme",
        "status bei entlassung", "internistischer status", "neurologischer status", "neurologischer befund", "psychischer befund", "psychopathologischer befund", "lokalbefund", "lokalstatus",
        "aufnahmestatus", "durchgeführte untersuchungen", "untersuchungen", "apparative diagnostik", "apparative befunde", "bildgebung", "radiologie", "radiologischer befund",
        "röntgen", "röntgen-thorax", "rö-thorax", "sonographie", "sonografie", "abdomensonographie", "echokardiographie", "echokardiografie", "ekg", "ruhe-ekg", "ct", "mrt", "endoskopie", "diagnostik", "technische befunde",
        "physical examination", "physical exam", "exam", "exam and data", "examination", "findings", "review of systems", "objective", "imaging", "radiology", "vital signs", "vitals", "operative findings",
        "general examination", "diagnostic studies", "results", "ekg findings", "radiographic studies",
    ]),
    (Laboratory, &[
        "labor", "laborwerte", "laborbefunde", "laborbefund", "laborparameter", "labordiagnostik", "laborchemie", "blutbild", "klinische chemie", "tumormarker", "mikrobiologie",
        "labs", "laboratory", "laboratory data", "laboratory results", "laboratory values", "laboratory findings", "laboratory studies", "lab results", "lab data", "pertinent labs",
        "tumor markers", "microbiology",
    ]),
    (Macroscopy, &[
        "makroskopie", "makroskopischer befund", "makroskopische beschreibung", "makroskopisch", "makrobefund", "makroskopische befunde", "material", "eingesandtes material", "untersuchungsmaterial", "material/lokalisation",
        "gross", "gross description", "gross examination", "gross pathology", "gross findings", "macroscopic description", "macroscopy", "macroscopic examination", "tissue description",
        "specimen", "specimens", "specimens submitted", "specimen submitted", "specimens received", "specimen received", "source of tissue", "source of specimen", "tissue submitted",
        "summary of sections", "block summary", "cassette summary", "slide key", "section code", "designation of sections", "sections", "tissues",
    ]),
    (Microscopy, &[
        "mikroskopie", "mikroskopischer befund", "mikroskopische beschreibung", "mikroskopisch", "mikrobefund", "histologie", "histologischer befund", "histo", "histopathologie",
        "histopathologischer befund", "histologische beschreibung", "immunhistochemie", "immunhistologie", "immunhistochemischer befund", "molekularpathologie", "zytologie", "zytologischer befund", "pathologie",
        "operation und histologie", "schnellschnitt", "schnellschnittbefund",
        "microscopic", "microscopic description", "microscopic examination", "microscopic findings", "microscopy", "light microscopy", "histology", "histopathology",
        "immunohistochemistry", "immunohistochemical stains", "special stains", "special studies", "ancillary studies", "molecular studies", "cytology", "frozen section",
        "intraoperative consultation", "intra operative consultation", "intraoperative frozen section", "additional pathologic findings",
    ]),
    (Procedure, &[
        "therapie", "operation", "operationen", "op", "op-bericht", "operationsbericht", "eingriff", "eingriffe", "prozedur", "prozeduren", "maßnahmen", "durchgeführte maßnahmen", "durchgeführte therapie",
        "bisherige therapie", "operative therapie", "tumortherapie", "medizinische tumortherapie", "systemtherapie", "chemotherapie", "strahlentherapie", "bestrahlung", "behandlung", "therapien", "durchgeführte operationen", "interventionen",
        "procedure", "procedures", "procedure performed", "procedures performed", "operation performed", "operative procedure", "surgical procedure", "title of operation",
        "operation/specimen", "description of procedure", "operative report", "treatment", "anesthesia",
    ]),
    (Assessment, &[
        "verlauf", "epikrise", "beurteilung", "zusammenfassung", "zusammenfassende beurteilung", "gesamtbeurteilung", "kommentar", "kritischer bericht", "kritischer befundbericht", "stationärer verlauf", "klinischer verlauf", "krankheitsverlauf",
        "verlauf und therapie", "intensivmedizinischer krankheitsverlauf", "psychiatrischer verlauf", "postoperativer verlauf", "verlauf der tumorerkrankung", "dekurs der tumorerkrankung", "dekurs", "bemerkung", "bemerkungen",
        "bewertung", "einschätzung", "stellungnahme", "diskussion", "nachtrag", "ergänzung", "nachbericht", "pathologischer kommentar", "begutachtung", "therapieverlauf",
        "comment", "comments", "diagnosis comment", "note", "assessment", "assessment and plan", "assessment & plan", "assessment/plan", "a/p", "impression", "impression and plan", "impression/plan", "hospital course",
        "brief hospital course", "hospital course by problem", "course", "clinical course", "discussion", "summary", "conclusion", "conclusions", "addendum", "addendum comment", "opinion",
    ]),
    (Plan, &[
        "procedere", "prozedere", "empfehlung", "empfehlungen", "weiteres vorgehen", "weiteres procedere", "weiteres prozedere", "vorgehen", "kontrolltermine", "kontrollen", "nachsorge", "therapieplan", "tumorboard", "tumorboardbeschluss",
        "tumorkonferenz", "beschluss", "konsil", "therapieplanung", "wiedervorstellung",
        "plan", "recommendation", "recommendations", "follow-up", "follow up", "followup", "disposition", "discharge instructions", "instructions", "discharge plan", "treatment plan", "plan of care",
    ]),
    (AdverseReactions, &[
        "nebenwirkungen", "nebenwirkung", "unerwünschte arzneimittelwirkungen", "unerwünschte arzneimittelwirkung", "uaw", "unerwünschte ereignisse", "unerwünschtes ereignis",
        "verträglichkeit", "toxizität", "toxizitäten", "arzneimittelnebenwirkungen", "komplikationen unter therapie",
        "adverse reactions", "adverse reaction", "adverse events", "adverse event", "side effects", "adverse drug reactions", "adverse drug reaction", "adverse effects", "toxicity", "toxicities",
    ]),
    (Body, &[
        "sozialanamnese", "berufsanamnese", "soziale anamnese", "impfungen", "impfstatus", "noxen", "genussmittel", "psychosoziale anamnese", "mit freundlichen grüßen", "mit freundlichen grüssen",
        "mit freundlichen kollegialen grüßen", "mit kollegialen grüßen", "mit freundlichem gruß", "mit besten grüßen", "hochachtungsvoll",
        "social history", "habits", "immunizations", "personal history", "sincerely", "electronically signed", "electronically signed by", "fda comment",
    ]),
];
