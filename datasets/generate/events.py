"""Adverse events with German grammar, and drugs and drug classes that cause them.

A row is ``phrase gender``: m f n p (plural), with u for words that take no indefinite article. ``*`` stands for an adjective ending.
"""

from __future__ import annotations

import csv
from pathlib import Path

from . import events_more

EVENTS = """
Agranulozytose f;Exanthem n;Hautausschlag m;Urtikaria fu;Angioödem n;Quincke-Ödem n;anaphylaktisch* Schock m;anaphylaktisch* Reaktion f;Anaphylaxie f;Juckreiz mu;Pruritus mu;Hautrötung f;Arzneimittelexanthem n;
makulopapulös* Exanthem n;Stevens-Johnson-Syndrom n;toxisch* epidermal* Nekrolyse f;DRESS-Syndrom n;Erythem n;Quaddeln p;Blasenbildung f;Photosensibilität f;Alopezie f;Haarausfall mu;Hand-Fuß-Syndrom n;Mukositis f;Stomatitis f;
Übelkeit fu;Erbrechen nu;Diarrhoe f;Durchfall m;Durchfälle p;Obstipation fu;Verstopfung fu;Bauchschmerzen p;Oberbauchschmerzen p;gastrointestinal* Blutung f;Magenulkus n;Ulcus ventriculi n;Gastritis f;ober* GI-Blutung f;Teerstuhl m;Meteorismus mu;
Pankreatitis f;akut* Pankreatitis f;Hepatitis f;Leberwerterhöhung f;Transaminasenanstieg m;Leberversagen nu;Ikterus m;cholestatisch* Hepatitis f;Hepatotoxizität fu;Kolitis f;immunvermittelt* Kolitis f;Colitis f;Appetitlosigkeit fu;Gewichtszunahme f;Gewichtsverlust m;
Mundtrockenheit fu;Geschmacksstörungen p;Sodbrennen nu;Schluckstörung f;Gingivahyperplasie f;akut* Nierenversagen nu;Niereninsuffizienz f;Kreatininanstieg m;Nephrotoxizität fu;interstitiell* Nephritis f;Hyperkaliämie f;Hypokaliämie f;Hyponatriämie f;
SIADH n;Hypokalzämie f;Hyperkalzämie f;Hypoglykämie f;Unterzuckerung f;Hyperglykämie f;Laktatazidose f;Ketoazidose f;Harnverhalt m;Hämaturie f;Proteinurie f;Inkontinenz fu;Polyurie fu;Ödeme p;Beinödeme p;peripher* Ödeme p;Knöchelödeme p;
Reizhusten m;Husten mu;Bronchospasmus m;Dyspnoe fu;Luftnot fu;Pneumonitis f;Lungenfibrose f;interstitiell* Pneumonitis f;Atemdepression f;Asthmaanfall m;Bradykardie f;Tachykardie f;AV-Block m;QT-Verlängerung f;Torsade-de-pointes-Tachykardie f;
Kammerflimmern nu;Vorhofflimmern nu;Hypotonie f;Blutdruckabfall m;orthostatisch* Hypotonie f;Synkope f;Kollaps m;hypertensiv* Krise f;Kardiomyopathie f;Herzinsuffizienz f;Palpitationen p;Herzrasen nu;Thrombose f;Lungenembolie f;tief* Beinvenenthrombose f;
intrazerebral* Blutung f;Hirnblutung f;Epistaxis f;Nasenbluten nu;Hämatom n;Hämatome p;subdural* Hämatom n;Anämie f;hämolytisch* Anämie f;Thrombozytopenie f;Leukopenie f;Neutropenie f;febril* Neutropenie f;Panzytopenie f;Myelosuppression f;Eosinophilie f;
Knochenmarkdepression f;Blutungskomplikation f;INR-Entgleisung f;Schwindel mu;Kopfschmerzen p;Müdigkeit fu;Somnolenz fu;Sedierung fu;Benommenheit fu;Verwirrtheit fu;Verwirrtheitszustand m;Delir n;Halluzinationen p;optisch* Halluzinationen p;Albträume p;
Unruhe fu;Schlaflosigkeit fu;Depression f;Suizidgedanken p;manisch* Episode f;Psychose f;Krampfanfall m;epileptisch* Anfall m;Tremor m;Dyskinesien p;Frühdyskinesien p;Parkinsonoid n;extrapyramidal* Störungen p;Akathisie f;malign* neuroleptisch* Syndrom n;Serotoninsyndrom n;
Spätdyskinesien p;Polyneuropathie f;peripher* Neuropathie f;Parästhesien p;Kribbelparästhesien p;Sehstörungen p;Doppelbilder p;Glaukomanfall m;Optikusneuropathie f;Ototoxizität fu;Hörverlust m;Tinnitus m;Ataxie f;Gangunsicherheit fu;Sturz m;Sprachstörung f;
Muskelschmerzen p;Myalgien p;Myopathie f;Rhabdomyolyse f;CK-Erhöhung f;Arthralgien p;Muskelkrämpfe p;Wadenkrämpfe p;Sehnenruptur f;Achillessehnenruptur f;Kiefernekrose f;Osteoporose f;Gichtanfall m;Hyperthyreose f;Hypothyreose f;Thyreoiditis f;Hypophysitis f;
Nebenniereninsuffizienz f;Cushing-Syndrom n;Steroiddiabetes m;Gynäkomastie f;Galaktorrhoe f;Amenorrhoe f;Hitzewallungen p;Libidoverlust m;erektil* Dysfunktion f;Fieber nu;Schüttelfrost mu;Arzneimittelfieber nu;Infusionsreaktion f;Flush m;Nachtschweiß mu;
Infekt m;Soor m;Candidose f;Pneumonie f;Sepsis f;Herpes zoster mu;Clostridioides-difficile-Infektion f;pseudomembranös* Kolitis f;Tumorlyse-Syndrom n;Kapillarlecksyndrom n;Vaskulitis f;Lupus erythematodes mu;Pilzinfektion f;Hautnekrose f;
Lipodystrophie f;Thrombophlebitis f;Venenreizung f;Extravasation f;Brennen nu;Mundsoor m;Heiserkeit fu;Priapismus m;Impotenz fu;Hirsutismus m;Akne fu;Zyanose f;Methämoglobinämie f;Hämolyse f;HIT II fu;heparininduziert* Thrombozytopenie f;
Schleimhautblutungen p;Zahnfleischbluten nu;Hypertonie f;Hypertriglyzeridämie f;Lipaseerhöhung f;Myokarditis f;Perikarditis f;Enzephalopathie f;Aszites m;Kreislaufversagen nu;Bewusstlosigkeit fu;Antriebslosigkeit fu;Vergesslichkeit fu;schwarz* Haarzunge fu
"""

COMPOUNDS = """
Penicillinallergie;Lithiumintoxikation;Digitalisintoxikation;Digitoxinintoxikation;Amiodaron-induzierte Hyperthyreose_;Marcumarblutung;Jodallergie;Kontrastmittelallergie;KM-Allergie;ASS-Unverträglichkeit;Paracetamolintoxikation;Metamizolallergie;
Sulfonamidallergie;Heparinallergie;Statinmyopathie;MTX-Pneumonitis;Amiodaronlunge;Steroidpsychose;Cortisonakne;Steroidmyopathie;Opioidintoxikation;Cephalosporinallergie;Novalginallergie;Insulinhypoglykämie;Antibiotikadiarrhoe;Analgetikakopfschmerz;
Amoxicillinexanthem;NSAR-Gastropathie;ASS-Asthma;Penicillin-Allergie;Lithium-Intoxikation;Ibuprofenallergie;Clozapin-Agranulozytose;Betalaktamallergie;Pflasterallergie_;Latexallergie_;Morphinintoxikation;Theophyllinintoxikation;Codeinunverträglichkeit;
Laktoseintoleranz_;Heuschnupfen_;Lokalanästhetikaallergie;Benzodiazepinabhängigkeit;Benzodiazepinintoxikation;Ciclosporinnephropathie;Bleomycin-Lunge;Anthrazyklin-Kardiomyopathie;Cisplatin-Polyneuropathie;Chinolonallergie;Tramadolunverträglichkeit
"""

CLASSES = ["NSAR", "ACE-Hemmern", "Betablockern", "Statinen", "Opioiden", "Antibiotika", "Diuretika", "Glukokortikoiden", "Kortikosteroiden", "Checkpoint-Inhibitoren", "Neuroleptika", "SSRI", "Benzodiazepinen", "Penicillin", "Cephalosporinen",
           "Sulfonamiden", "Schleifendiuretika", "Bisphosphonaten", "Anthrazyklinen", "Taxanen", "Platinderivaten", "Immunsuppressiva", "Kontrastmittel", "Antikoagulanzien", "Chinolonen", "Protonenpumpenhemmern", "Calciumantagonisten", "Thiaziden",
           "Cortison", "oralen Kontrazeptiva", "Biologika", "TNF-alpha-Blockern", "Antikonvulsiva", "Opiaten", "trizyklischen Antidepressiva", "Gyrasehemmern", "Makroliden", "Aminoglykosiden", "Nitraten", "Sartanen"]

SYMPTOMS = """
Husten mu;Fieber nu;Dyspnoe fu;Luftnot fu;Thoraxschmerzen p;Bauchschmerzen p;Rückenschmerzen p;Kopfschmerzen p;Schwindel mu;Übelkeit fu;Erbrechen nu;Synkope f;Sturz m;Pneumonie f;Harnwegsinfekt m;Anämie f;Hypertonie f;Beinödeme p;Gewichtsverlust m;
Herzinsuffizienz f;Niereninsuffizienz f;Polyneuropathie f;Gonarthrose f;Osteoporose f;Depression f;Demenz f;Lungenembolie f;Vorhofflimmern nu;Hämaturie f;Obstipation fu;Diarrhoe f;Müdigkeit fu;Tachykardie f;Fraktur f;Prellung f;Sepsis f;Wundinfektion f;
Exanthem n;Juckreiz mu;Ikterus m;Aszites m;Parese f;Krampfanfall m;Verwirrtheit fu;Schlaganfall m;Myokardinfarkt m;Hypokaliämie f;Hyponatriämie f;Leberzirrhose f;Pleuraerguss m;Adipositas fu;Psoriasis fu;Sehstörungen p;Nachtschweiß mu;Hyperurikämie f
"""

USUAL = """
Metamizol,Novalgin,Clozapin,Carbimazol,Thiamazol: Agranulozytose,Leukopenie,Fieber,Arzneimittelexanthem
Amoxicillin,Ampicillin,Penicillin,Cefuroxim,Cotrimoxazol,Ceftriaxon,Clindamycin: Exanthem,Urtikaria,anaphylaktisch* Schock,Diarrhoe,Hautausschlag,Juckreiz,Stevens-Johnson-Syndrom,pseudomembranös* Kolitis
Ciprofloxacin,Levofloxacin,Moxifloxacin: Achillessehnenruptur,QT-Verlängerung,Verwirrtheit,Krampfanfall
Ibuprofen,Diclofenac,ASS,Aspirin,Naproxen,Indometacin: Magenulkus,gastrointestinal* Blutung,akut* Nierenversagen,Teerstuhl,Asthmaanfall,Gastritis
Marcumar,Phenprocoumon,Heparin,Xarelto,Rivaroxaban,Eliquis,Apixaban,Clopidogrel,Enoxaparin: Epistaxis,Hirnblutung,Hämatom,Hämaturie,Teerstuhl,INR-Entgleisung,HIT II,subdural* Hämatom
Ramipril,Enalapril,Lisinopril,Captopril: Reizhusten,Angioödem,Hyperkaliämie,Quincke-Ödem,Husten
Amlodipin,Nifedipin: Beinödeme,Knöchelödeme,Flush,Kopfschmerzen
Metoprolol,Bisoprolol,Propranolol,Sotalol,Verapamil: Bradykardie,AV-Block,Synkope,Hypotonie,Schwindel
Amiodaron: Hyperthyreose,Hypothyreose,Lungenfibrose,QT-Verlängerung,Photosensibilität
Furosemid,Torasemid,HCT,Hydrochlorothiazid: Hyponatriämie,Hypokaliämie,Gichtanfall,Kreatininanstieg
Spironolacton: Hyperkaliämie,Gynäkomastie,Hyponatriämie
Simvastatin,Atorvastatin,Rosuvastatin: Myalgien,Rhabdomyolyse,Muskelschmerzen,CK-Erhöhung,Myopathie
Metformin,Glibenclamid,Insulin,Glimepirid: Hypoglykämie,Laktatazidose,Diarrhoe,Unterzuckerung
Prednisolon,Dexamethason,Cortison: Hyperglykämie,Cushing-Syndrom,Psychose,Osteoporose,Steroiddiabetes,Gewichtszunahme
Methotrexat,MTX: Panzytopenie,Pneumonitis,Mukositis,Hepatotoxizität,Transaminasenanstieg
Cisplatin,Carboplatin,Oxaliplatin,Paclitaxel,Docetaxel,Vincristin: Polyneuropathie,Übelkeit,Ototoxizität,Nephrotoxizität,Alopezie,febril* Neutropenie,Parästhesien
5-FU,Capecitabin,Irinotecan: Diarrhoe,Hand-Fuß-Syndrom,Mukositis,Übelkeit
Pembrolizumab,Nivolumab,Ipilimumab,Atezolizumab: Kolitis,Pneumonitis,Hypophysitis,Hepatitis,Thyreoiditis,Myokarditis,immunvermittelt* Kolitis
Lithium,Valproat,Carbamazepin,Phenytoin,Lamotrigin: Tremor,Hyponatriämie,Exanthem,Stevens-Johnson-Syndrom,Ataxie,Gingivahyperplasie,Hyperthyreose
Haloperidol,Risperidon,Olanzapin,Quetiapin,Metoclopramid,MCP: Frühdyskinesien,Akathisie,Parkinsonoid,malign* neuroleptisch* Syndrom,Sedierung,Gewichtszunahme
Citalopram,Sertralin,Fluoxetin,Venlafaxin,Mirtazapin: Hyponatriämie,Serotoninsyndrom,QT-Verlängerung,Übelkeit
Tramadol,Tilidin,Morphin,Oxycodon,Fentanyl: Übelkeit,Erbrechen,Obstipation,Atemdepression,Halluzinationen,Delir
Lorazepam,Diazepam,Zopiclon,Zolpidem,Pregabalin: Somnolenz,Sturz,Verwirrtheit,Gangunsicherheit,Atemdepression
Digoxin,Digitoxin: Übelkeit,Bradykardie,Sehstörungen,AV-Block
Vancomycin,Gentamicin: akut* Nierenversagen,Ototoxizität,Hörverlust,Nephrotoxizität
"""

INDICATIONS = """Vorhofflimmern;arterieller Hypertonie;Hypertonie;KHK;Herzinsuffizienz;Diabetes mellitus Typ 2;Epilepsie;Depression;Schizophrenie;rheumatoider Arthritis;Psoriasis;Morbus Crohn;Colitis ulcerosa;Multipler Sklerose;Asthma bronchiale;COPD;
Harnwegsinfekt;Pneumonie;Tonsillitis;Sinusitis;Erysipel;Sepsis;Borreliose;Tuberkulose;Malaria;Migräne;Rückenschmerzen;Schmerzen;Gonarthrose;Gicht;Osteoporose;Mammakarzinom;Bronchialkarzinom;malignem Melanom;kolorektalem Karzinom;Prostatakarzinom;akuter Leukämie;
tiefer Beinvenenthrombose;Lungenembolie;Hypercholesterinämie;Hyperthyreose;Hypothyreose;Schlafstörungen;Angststörung;bipolarer Störung;Parkinson-Syndrom;Demenz;Nierentransplantation;Vaskulitis;Fieber;Kopfschmerzen;Zahnschmerzen;Gürtelrose;
Clusterkopfschmerz;ADHS;Restless-Legs-Syndrom;Polymyalgia rheumatica;Lupus erythematodes;Sarkoidose;Akne;Neurodermitis;chronischer Hepatitis C;HIV-Infektion;Endokarditis;Divertikulitis;Refluxerkrankung"""

CULPRITS = """Metamizol;Novalgin;Novaminsulfon;Carbimazol;Thiamazol;Clozapin;Amoxicillin;Ampicillin;Penicillin;Penicillin V;Cotrimoxazol;Ciprofloxacin;Levofloxacin;Moxifloxacin;Clarithromycin;Vancomycin;Gentamicin;Cefuroxim;Ceftriaxon;Clindamycin;Doxycyclin;
Nitrofurantoin;Isoniazid;Rifampicin;Metronidazol;Fluconazol;Amphotericin B;Aciclovir;Ibuprofen;Diclofenac;ASS;Aspirin;Naproxen;Indometacin;Celecoxib;Paracetamol;Tramadol;Tilidin;Morphin;Oxycodon;Fentanyl;Marcumar;Phenprocoumon;Heparin;Enoxaparin;Clexane;
Rivaroxaban;Xarelto;Apixaban;Eliquis;Dabigatran;Clopidogrel;Ramipril;Enalapril;Lisinopril;Captopril;Candesartan;Valsartan;Amlodipin;Nifedipin;Verapamil;Diltiazem;Metoprolol;Bisoprolol;Propranolol;Sotalol;Amiodaron;Flecainid;Digoxin;Digitoxin;Furosemid;Torasemid;
HCT;Hydrochlorothiazid;Spironolacton;Simvastatin;Atorvastatin;Rosuvastatin;Ezetimib;Metformin;Glibenclamid;Glimepirid;Insulin;Empagliflozin;Semaglutid;L-Thyroxin;Prednisolon;Dexamethason;Cortison;Methotrexat;MTX;Azathioprin;Ciclosporin;Tacrolimus;Mycophenolat;
Leflunomid;Sulfasalazin;Infliximab;Adalimumab;Etanercept;Rituximab;Cisplatin;Carboplatin;Oxaliplatin;5-FU;Capecitabin;Irinotecan;Paclitaxel;Docetaxel;Doxorubicin;Epirubicin;Cyclophosphamid;Bleomycin;Vincristin;Gemcitabin;Pembrolizumab;Nivolumab;Ipilimumab;Atezolizumab;
Trastuzumab;Bevacizumab;Cetuximab;Erlotinib;Imatinib;Sunitinib;Sorafenib;Tamoxifen;Letrozol;Lithium;Valproat;Carbamazepin;Phenytoin;Lamotrigin;Levetiracetam;Topiramat;Haloperidol;Risperidon;Olanzapin;Quetiapin;Citalopram;Sertralin;Fluoxetin;Venlafaxin;Mirtazapin;
Amitriptylin;Lorazepam;Diazepam;Zopiclon;Zolpidem;Promethazin;Metoclopramid;MCP;Omeprazol;Pantoprazol;Allopurinol;Colchicin;Alendronat;Zoledronat;Denosumab;Levodopa;Pramipexol;Tamsulosin;Finasterid;Sildenafil;Interferon;Mesalazin;Jod;Propofol;Midazolam;Pregabalin;Gabapentin"""

EN_EVENTS = ["rash", "nausea", "vomiting", "diarrhea", "hypotension", "acute kidney injury", "hyperkalemia", "angioedema", "anaphylaxis", "neutropenia", "thrombocytopenia", "hepatotoxicity", "dizziness", "QT prolongation", "bleeding", "myalgia", "hypoglycemia", "cough",
             "peripheral neuropathy", "pancreatitis", "hives", "Stevens-Johnson syndrome", "confusion", "sedation", "seizures", "tendon rupture", "liver injury", "weight gain"]


def events() -> list[tuple[str, str]]:
    """(phrase, gender code) of every event."""
    return rows(EVENTS)


def rows(text: str) -> list[tuple[str, str]]:
    """(phrase, gender code) of each item of a semicolon list."""
    return [tuple(row.rsplit(" ", 1)) for row in listed(text)]


def symptoms() -> list[tuple[str, str]]:
    """(phrase, gender code) of complaints that no drug causes."""
    return [tuple(item.rsplit(" ", 1)) for item in listed(SYMPTOMS)]


def usual() -> dict[str, list[tuple[str, str]]]:
    """The events that are typical of a drug."""
    codes = dict(events())
    table = {}
    for row in USUAL.strip().split("\n"):
        names, phrases = row.split(": ")
        for name in names.split(","):
            table[name] = [(phrase, codes[phrase]) for phrase in phrases.split(",") if phrase in codes]
    return table


def listed(text: str) -> list[str]:
    """The items of a semicolon list."""
    return [item.strip() for item in text.replace("\n", "").split(";") if item.strip()]


def compounds() -> list[str]:
    """Words that hold drug and event; those marked with an underscore are no drug reactions and serve as negatives."""
    return [item for item in listed(COMPOUNDS) if not item.endswith("_")]


def other_allergies() -> list[str]:
    """Allergies and intolerances that no drug causes."""
    return [item.rstrip("_") for item in listed(COMPOUNDS) if item.endswith("_") and "induziert" not in item] + ["Hausstauballergie", "Pollenallergie", "Nussallergie", "Nickelallergie", "Katzenallergie", "Bienengiftallergie"]


ADVERSE_ROOTS = ("itis", "ämie", "enie", "algie", "pathie", "ödem", "Schmerz", "schmerz", "Husten", "krampf", "lähmung", "Blutung", "blutung", "exanthem", "ausschlag", "insuffizienz", "Übelkeit", "Schwindel", "Ikterus", "kardie", "rhythmie", "urie", "stuhl")


def wide_terms(folder: Path) -> list[str]:
    """Short German labels of the Human Phenotype Ontology that read like events."""
    path = folder / "hpo-de" / "hp-de.babelon.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        names = {row["translation_value"] for row in csv.DictReader(handle, delimiter="\t") if row.get("translation_value")}
    return sorted(n for n in names if 6 <= len(n) <= 32 and n.count(" ") <= 2 and n.replace(" ", "").replace("-", "").isalpha() and any(root in n for root in ADVERSE_ROOTS))


def english_terms(folder: Path) -> list[str]:
    """Short CTCAE names in lower case."""
    path = folder / "ctcae5" / "ctcae5.tsv"
    if not path.exists():
        return EN_EVENTS
    with path.open(encoding="utf-8", newline="") as handle:
        names = {row["term"].strip().lower() for row in csv.DictReader(handle, delimiter="\t")}
    good = sorted(n for n in names if 4 <= len(n) <= 28 and n.replace(" ", "").isalpha() and "other" not in n and "disorder" not in n)
    return EN_EVENTS * 2 + events_more.english() * 2 + good
