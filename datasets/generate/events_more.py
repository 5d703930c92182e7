"""Further adverse events: German clinical and lay words with their grammar, and English ones.

Rows are written as in ``events``; ``~`` divides the word that is declined from
what follows it in the span (``Anstieg~der Transaminasen``), ``^`` from a site with its preposition, which stands outside.
"""

from __future__ import annotations

LABORATORY = """
Anstieg~der Transaminasen m;Anstieg~der Leberwerte m;Anstieg~des Kreatinins m;Anstieg~der Retentionswerte m;Anstieg~der CK m;Anstieg~der Lipase m;Anstieg~des Bilirubins m;Anstieg~der Cholestaseparameter m;Anstieg~der GGT m;Abfall~der Leukozyten m;
Abfall~der Thrombozyten m;Abfall~des Hämoglobins m;Abfall~des Natriums m;Abfall~der GFR m;Abfall~des Blutdrucks m;Hb-Abfall m;Thrombozytenabfall m;Leukozytenabfall m;Kaliumanstieg m;Kaliumabfall m;Natriumabfall m;Blutzuckeranstieg m;
erhöht* Leberwerte p;erhöht* Transaminasen p;Kreatininerhöhung f;Bilirubinerhöhung f;Transaminasenerhöhung f;CK-Anstieg m;TSH-Erhöhung f;INR-Anstieg m;INR-Erhöhung f;verlängert* QTc-Zeit f;QTc-Verlängerung f;QT-Zeit-Verlängerung f;
Verlängerung~der QTc-Zeit f;Verlängerung~der QT-Zeit f;Verschlechterung~der Nierenfunktion f;Verschlechterung~der Leberwerte f;Verschlechterung~der Herzinsuffizienz f;Zunahme~der Luftnot f;Entgleisung~des Blutzuckers f;Entgleisung~der Gerinnung f;
Elektrolytentgleisung f;Blutzuckerentgleisung f;metabolisch* Azidose f;Hypophosphatämie f;Hypomagnesiämie f;Hyperurikämie f;Hyperprolaktinämie f;Hyperammonämie f;Hypoalbuminämie f;Hyperbilirubinämie f;Lymphopenie f;Granulozytopenie f;
Bizytopenie f;Thrombozytose f;Leukozytose f;Retikulozytopenie f;aplastisch* Anämie f;makrozytär* Anämie f;Mikrozytose f;Verlust~des Geschmackssinns m;Verlust~des Geruchssinns m;Störung~des Geschmacks f;Nachlassen~des Hörvermögens n
"""

CLINICAL = """
Überempfindlichkeitsreaktion f;allergisch* Reaktion f;anaphylaktoid* Reaktion f;pseudoallergisch* Reaktion f;Typ-IV-Reaktion f;fix* Arzneimittelexanthem n;phototoxisch* Reaktion f;
akut* generalisiert* exanthematisch* Pustulose f;AGEP fu;TEN fu;DRESS nu;Erythema multiforme nu;Erythema nodosum nu;leukozytoklastisch* Vaskulitis f;bullös* Pemphigoid n;palmoplantar* Erythrodysästhesie f;Erythrodermie f;Kontaktdermatitis f;
Dermatitis f;Hautablösung f;Petechien p;Purpura f;Ekchymosen p;Hyperpigmentierung f;Hypertrichose f;Onycholyse f;Paronychie f;Xerosis fu;Hyperhidrosis fu;Lidödem n;Lippenödem n;Larynxödem n;Glottisödem n;Zungenödem n;Gesichtsödem n;
Gesichtsschwellung f;Lippenschwellung f;Zungenschwellung f;Laryngospasmus m;Stridor mu;Bronchospastik f;respiratorisch* Insuffizienz f;CO2-Narkose f;Apnoe f;Hypoventilation f;Pleuraerguss m;Alveolitis f;Lungenödem n;Lungenembolien p;
Bluthusten mu;Hämoptysen p;Herzstillstand m;Asystolie f;Sinusarrest m;AV-Block III° mu;AV-Block II. Grades mu;Bradyarrhythmie f;Tachyarrhythmie f;ventrikulär* Tachykardie f;ventrikulär* Extrasystolen p;Angina pectoris fu;Koronarspasmus m;
Myokardinfarkt m;kardial* Dekompensation f;hypotensiv* Episode f;Schock m;Kreislaufkollaps m;Präsynkope f;orthostatisch* Dysregulation f;Raynaud-Symptomatik f;Schlaganfall m;TIA f;Sinusvenenthrombose f;Beinvenenthrombose f;Portalvenenthrombose f;
Hirnvenenthrombose f;arteriell* Verschluss m;Retroperitonealblutung f;retroperitoneal* Hämatom n;Bauchwandhämatom n;Psoashämatom n;Muskelhämatom n;Nachblutung f;Wundblutung f;Makrohämaturie f;Hämarthros mu;Rektalblutung f;
Duodenalulkus n;Ulcus duodeni nu;Ulkusblutung f;erosiv* Gastritis f;Hämatemesis f;Meläna fu;Hämatochezie f;Ösophagitis f;Dyspepsie f;Reflux mu;Völlegefühl nu;Flatulenz fu;Ileus m;Subileus m;Megakolon n;Perforation f;Darmperforation f;
Steatorrhoe f;Xerostomie f;Dysgeusie f;Ageusie f;Anosmie f;Dysphagie f;Aphthen p;Gingivitis f;Cholestase f;Cholangitis f;Cholelithiasis fu;cholestatisch* Ikterus m;toxisch* Hepatitis f;medikamentös-toxisch* Hepatitis f;Autoimmunhepatitis f;
Leberzellschaden m;fulminant* Leberversagen nu;Leberausfallkoma nu;Steatosis hepatis fu;Venenverschlusskrankheit f;tubulointerstitiell* Nephritis f;Tubulusnekrose f;Fanconi-Syndrom n;nephrotisch* Syndrom n;Nephrolithiasis fu;hämorrhagisch* Zystitis f;
Pollakisurie f;Dysurie f;Nykturie f;Anurie f;Oligurie f;Diabetes insipidus mu;Dehydratation f;Exsikkose f;prärenal* Nierenversagen nu;Kontrastmittelnephropathie f;akut-auf-chronisch* Nierenversagen nu;Nierenfunktionsverschlechterung f;
Wundheilungsstörung f;Osteonekrose f;Hüftkopfnekrose f;Kieferosteonekrose f;atypisch* Femurfraktur f;Tendinitis f;Tendinopathie f;Myositis f;Muskelschwäche f;Polyarthralgien p;Gelenkschmerzen p;Gelenkschwellungen p;Steroidmyopathie f;Muskelatrophie f;
Myasthenie f;Dystonie f;akut* Dystonie f;Blickkrampf m;Zungenschlundkrampf m;Rigor mu;Hypokinese f;Tardivdyskinesie f;Restless-Legs-Syndrom n;Myoklonien p;Nystagmus m;Dysarthrie f;Aphasie f;Amnesie f;Vigilanzminderung f;Bewusstseinstrübung f;Koma n;
Enzephalitis f;aseptisch* Meningitis f;PRES nu;Leukenzephalopathie f;Hirnödem n;Status epilepticus mu;Grand-mal-Anfall m;Absence f;Sensibilitätsstörungen p;Dysästhesien p;Hypästhesie f;Guillain-Barré-Syndrom n;Fazialisparese f;Optikusneuritis f;
Visusverlust m;Visusminderung f;Gesichtsfeldausfall m;Mydriasis fu;Akkommodationsstörung f;Katarakt f;Makulaödem n;Uveitis f;Keratitis f;Konjunktivitis f;Hornhauttrübung f;Xanthopsie f;Blepharospasmus m;Innenohrschwerhörigkeit f;Hörsturz m;Vertigo mu;
Delirium n;anticholinerg* Delir n;Psychosyndrom n;Manie f;Agitation f;Aggressivität fu;Reizbarkeit fu;Angstzustände p;Panikattacken p;Persönlichkeitsveränderung f;Apathie f;Anhedonie f;Suizidalität fu;Suizidversuch m;Impulskontrollstörung f;
pathologisch* Spielen nu;Abhängigkeit f;Entzugssyndrom n;Toleranzentwicklung f;Katatonie f;Insomnie f;Hypersomnie f;Schlafwandeln nu;Schilddrüsenfunktionsstörung f;Hyperkortisolismus m;Nebennierenrindeninsuffizienz f;Hypophyseninsuffizienz f;
Diabetes mellitus mu;Typ-1-Diabetes mu;Ketonämie f;Lipatrophie f;Lipohypertrophie f;Metrorrhagie f;Zyklusstörungen p;Menorrhagie f;Mastodynie f;Ejakulationsstörung f;Potenzstörungen p;Oligospermie f;Teratogenität fu;Pilzpneumonie f;
Harnwegsinfekt m;Tuberkulose f;Reaktivierung~einer Hepatitis B f;Reaktivierung~einer Tuberkulose f;opportunistisch* Infektion f;Zoster mu;Fournier-Gangrän f;Genitalmykose f;Sepsis fu;Zytokinsturm m;Zytokinfreisetzungssyndrom n;
Serumkrankheit f;Sarkoid-ähnlich* Reaktion f;Lupus-ähnlich* Syndrom n;medikamenteninduziert* Lupus m;autoimmunhämolytisch* Anämie f;Evans-Syndrom n;thrombotisch-thrombozytopenisch* Purpura f;hämolytisch-urämisch* Syndrom n;HIT fu;sekundär* Leukämie f;
Zweitmalignom n;Paravasat n;Injektionsschmerz m;Infusionsphlebitis f;Spritzenabszess m;Gewebsnekrose f;Portinfektion f;febril* Reaktion f;Kapillarleck n;Hypothermie f;Hyperthermie f;malign* Hyperthermie f;Rebound-Hypertonie f;Absetzsyndrom n
"""

LAY = """
Herzstolpern nu;Herzklopfen nu;Atemnot fu;Kurzatmigkeit fu;Engegefühl^in der Brust n;Husten mu;Halskratzen nu;Kloßgefühl n;Ausschlag m;Ausschlag^am ganzen Körper m;Exanthem^am Stamm n;Exanthem^an Stamm und Armen n;Quaddeln^am Rücken p;Ödeme^an beiden Unterschenkeln p;Brennen^an der Einstichstelle nu;Rötung^an der Injektionsstelle f;Schmerzen^in den Waden p;Petechien^an den Beinen p;Blasen^an den Händen p;Schwellung~der Lippen f;Schwellung~des Gesichts f;Schwellung~der Zunge f;Angioödem~der Zunge n;generalisiert* Urtikaria f;trocken* Husten m;rot* Flecken p;Pusteln p;Pickel p;Bläschen p;Juckreiz^am ganzen Körper mu;
Hautjucken nu;Hautbrennen nu;trocken* Haut f;trocken* Mund m;trocken* Augen p;geschwollen* Lippen p;geschwollen* Beine p;geschwollen* Zunge f;geschwollen* Gesicht n;dick* Beine p;dick* Knöchel p;Wassereinlagerungen p;blau* Flecken p;
Zittern nu;Händezittern nu;Kribbeln^in den Händen nu;Kribbeln^in den Füßen nu;Taubheitsgefühl n;Taubheitsgefühl^in den Fingern n;kalt* Hände p;kalt* Füße p;kraftlos* Beine p;Kraftlosigkeit fu;Schwäche fu;Schlappheit fu;Abgeschlagenheit fu;Mattigkeit fu;
Erschöpfung fu;Schläfrigkeit fu;Tagesmüdigkeit fu;Konzentrationsstörungen p;Gedächtnisstörungen p;Wortfindungsstörungen p;Schlafstörungen p;Durchschlafstörungen p;nächtlich* Unruhe f;inner* Unruhe f;Nervosität fu;Gereiztheit fu;Weinerlichkeit fu;Stimmungsschwankungen p;
Angst fu;Heißhunger mu;Appetitverlust m;Appetitsteigerung f;Gewichtsabnahme f;Magenschmerzen p;Magendrücken nu;Magenkrämpfe p;Bauchkrämpfe p;Blähungen p;Bauchweh nu;Brechreiz mu;Würgereiz m;
blutig* Stuhl m;schwarz* Stuhl m;weich* Stuhl m;wässrig* Durchfall m;blutig* Durchfall m;metallisch* Geschmack m;bitter* Geschmack m;Mundbrennen nu;wund* Mund m;Ohrensausen nu;Ohrgeräusche p;Schwerhörigkeit fu;verschwommen* Sehen nu;
Verschwommensehen nu;Augenflimmern nu;Augenbrennen nu;Lichtempfindlichkeit fu;Drehschwindel mu;Schwankschwindel mu;Benommenheitsgefühl n;Ohnmacht f;Stürze p;wiederholt* Stürze p;Gangstörung f;Muskelkater mu;Muskelzuckungen p;
Gliederschmerzen p;Rückenschmerzen p;Kopfdruck mu;migräneartig* Kopfschmerzen p;Knochenschmerzen p;Schwitzen nu;Schweißausbrüche p;Frösteln nu;Hitzegefühl nu;Kältegefühl n;Haarverlust mu;brüchig* Nägel p;Nagelveränderungen p;Bluterguss m;Blutergüsse p;
häufig* Wasserlassen nu;Harndrang mu;Brustspannen nu;Zwischenblutungen p;Schmierblutungen p;Lustlosigkeit fu;schwarz* Zunge f;pelzig* Gefühl n;Schluckbeschwerden p;Halsschmerzen p;Stimmverlust m
"""

NOMINATIVE_CLASSES = ["NSAR", "ACE-Hemmer", "Betablocker", "Statine", "Opioide", "Opiate", "Antibiotika", "Diuretika", "Glukokortikoide", "Checkpoint-Inhibitoren", "Neuroleptika", "SSRI", "Benzodiazepine", "Penicilline", "Cephalosporine", "Sulfonamide",
                      "DOAK", "Bisphosphonate", "Anthrazykline", "Taxane", "Kontrastmittel", "Antikoagulanzien", "Fluorchinolone", "PPI", "Calciumantagonisten", "Kortikosteroide", "Makrolide", "Aminoglykoside", "Sartane", "SGLT2-Inhibitoren", "Biologika", "TNF-Blocker",
                      "Antidepressiva", "Antiepileptika", "Immunsuppressiva", "Betalaktam-Antibiotika", "orale Antikoagulanzien", "jodhaltiges Kontrastmittel", "Triptane", "GLP-1-Agonisten", "Carbapeneme", "Azole", "Hormonpräparate"]

ENGLISH_CLASSES = ["NSAIDs", "ACE inhibitors", "beta blockers", "statins", "opioids", "antibiotics", "diuretics", "corticosteroids", "checkpoint inhibitors", "antipsychotics", "SSRIs", "benzodiazepines", "sulfa drugs", "cephalosporins", "fluoroquinolones", "loop diuretics",
                   "bisphosphonates", "anthracyclines", "taxanes", "iodinated contrast", "anticoagulants", "proton pump inhibitors", "calcium channel blockers", "thiazides", "macrolides", "aminoglycosides", "TNF inhibitors", "oral contraceptives", "SGLT2 inhibitors", "immunosuppressants"]

ENGLISH = """
rash;skin rash;maculopapular rash;pruritic rash;itching;pruritus;hives;urticaria;angioedema;lip swelling;facial swelling;tongue swelling;throat tightness;anaphylaxis;anaphylactic shock;anaphylactoid reaction;hypersensitivity reaction;allergic reaction;Stevens-Johnson syndrome;
toxic epidermal necrolysis;DRESS syndrome;erythema multiforme;photosensitivity;phototoxicity;blistering;skin peeling;hair loss;alopecia;hand-foot syndrome;mucositis;mouth ulcers;dry mouth;metallic taste;taste disturbance;nausea;vomiting;nausea and vomiting;diarrhea;watery diarrhea;
C. difficile colitis;constipation;abdominal pain;abdominal cramps;bloating;heartburn;gastritis;gastric ulcer;GI bleeding;gastrointestinal bleeding;upper GI bleed;melena;hematochezia;pancreatitis;acute pancreatitis;hepatitis;drug-induced liver injury;liver failure;acute liver failure;elevated transaminases;
elevated liver enzymes;transaminitis;jaundice;cholestasis;hyperbilirubinemia;acute kidney injury;acute renal failure;interstitial nephritis;elevated creatinine;rise in creatinine;worsening renal function;proteinuria;hematuria;urinary retention;hyperkalemia;hypokalemia;hyponatremia;SIADH;hypocalcemia;
hypercalcemia;hypomagnesemia;hypoglycemia;severe hypoglycemia_;hyperglycemia;lactic acidosis;diabetic ketoacidosis;euglycemic ketoacidosis;weight gain;weight loss;loss of appetite;ankle swelling;leg swelling;peripheral edema;fluid retention;dry cough;persistent cough;cough;shortness of breath;dyspnea;bronchospasm;
wheezing;respiratory depression;pneumonitis;interstitial lung disease;pulmonary fibrosis;pulmonary embolism;deep vein thrombosis;stroke;bradycardia;tachycardia;palpitations;heart block;complete heart block;QT prolongation;QTc prolongation;torsades de pointes;atrial fibrillation;ventricular tachycardia;cardiac arrest;
cardiomyopathy;congestive heart failure;myocarditis;pericarditis;hypotension;orthostatic hypotension;hypertension;hypertensive crisis;syncope;fainting;dizziness;lightheadedness;vertigo;headache;headaches;drowsiness;sedation;somnolence;fatigue;lethargy;weakness;generalized weakness;confusion;delirium;agitation;
hallucinations;visual hallucinations;vivid dreams;nightmares;insomnia;anxiety;depression;suicidal ideation;psychosis;mania;memory loss;brain fog;seizures;seizure;status epilepticus;tremor;tremors;akathisia;dystonia;acute dystonic reaction;tardive dyskinesia;parkinsonism;neuroleptic malignant syndrome;serotonin syndrome;
restless legs;paresthesias;tingling in her hands_;numbness;peripheral neuropathy;ataxia;falls;unsteady gait;slurred speech;blurred vision;double vision;vision loss;optic neuritis;acute glaucoma;tinnitus;hearing loss;ototoxicity;myalgia;muscle pain;muscle aches;muscle cramps;myopathy;myositis;rhabdomyolysis;elevated CK;
joint pain;arthralgia;tendon rupture;Achilles tendon rupture;tendinitis;osteonecrosis of the jaw;osteoporosis;gout flare;fever;drug fever;chills;rigors;flushing;red man syndrome;infusion reaction;injection site reaction;injection site pain;phlebitis;extravasation;tissue necrosis;anemia;hemolytic anemia;aplastic anemia;
neutropenia;febrile neutropenia;agranulocytosis;leukopenia;thrombocytopenia;heparin-induced thrombocytopenia;pancytopenia;bone marrow suppression;bleeding;easy bruising;bruising;epistaxis;nosebleeds;gum bleeding;intracranial hemorrhage;subdural hematoma;retroperitoneal hematoma;supratherapeutic INR;methemoglobinemia;
eosinophilia;vasculitis;drug-induced lupus;serum sickness;tumor lysis syndrome;capillary leak syndrome;cytokine release syndrome;colitis;immune-mediated colitis;hypophysitis;thyroiditis;hypothyroidism;hyperthyroidism;adrenal insufficiency;Cushing syndrome;steroid psychosis_;gynecomastia;galactorrhea;amenorrhea;hot flashes;
erectile dysfunction;decreased libido;priapism;vaginal yeast infection;oral thrush;pneumonia;sepsis;herpes zoster;encephalopathy;aseptic meningitis;PRES;hepatic encephalopathy;hiccups;night sweats;sweating;hyperhidrosis;gingival hyperplasia;acne;hirsutism;nail changes;peripheral ischemia;Raynaud phenomenon
"""


def english() -> list[str]:
    """English events; those marked with an underscore are left out."""
    return [item.strip() for item in ENGLISH.replace("\n", "").split(";") if item.strip() and not item.strip().endswith("_")]
