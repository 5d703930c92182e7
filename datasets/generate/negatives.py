"""Lines without drug, event or stage: what stands beside them in letters and reports. They teach all heads that there is nothing."""

from __future__ import annotations

from .builder import Context
from .drug_names import parted
from .tnm_vocab import words

LAB_DE = ["Natrium", "Kalium", "Calcium", "Chlorid", "Magnesium", "Phosphat", "Kreatinin", "Harnstoff", "Harnsäure", "GFR", "Bilirubin ges.", "GOT", "GPT", "GGT", "AP", "LDH", "CK", "CK-MB", "Troponin T", "Lipase", "Amylase", "Glukose", "HbA1c", "Cholesterin", "LDL", "HDL",
          "Triglyzeride", "CRP", "PCT", "BSG", "Leukozyten", "Erythrozyten", "Hämoglobin", "Hb", "Hämatokrit", "MCV", "MCH", "Thrombozyten", "Neutrophile", "Lymphozyten", "Eosinophile", "Quick", "INR", "PTT", "Fibrinogen", "D-Dimere", "TSH", "fT3", "fT4", "Ferritin", "Eisen",
          "Transferrin", "Vitamin B12", "Folsäure", "Vitamin D", "Albumin", "Gesamteiweiß", "Laktat", "pH", "pCO2", "pO2", "BE", "NT-proBNP", "PSA", "CEA", "CA 19-9", "AFP", "Beta-HCG", "Cortisol", "Testosteron", "Prolaktin", "Parathormon", "Insulin nüchtern", "C-Peptid",
          "Zink", "Kupfer", "Ammoniak", "Haptoglobin", "IgG", "IgA", "IgM", "C3", "C4", "ANA", "Rheumafaktor"]
LAB_EN = ["Sodium", "Potassium", "Chloride", "CO2", "Calcium", "Magnesium", "Phosphorus", "Creatinine", "BUN", "GFR", "Glucose", "Hemoglobin A1c", "Total bilirubin", "AST", "ALT", "Alkaline phosphatase", "LDH", "CK", "Troponin", "Lipase", "Amylase", "Cholesterol", "LDL", "HDL",
          "Triglycerides", "CRP", "ESR", "WBC", "RBC", "Hemoglobin", "Hematocrit", "MCV", "Platelets", "Neutrophils", "Lymphocytes", "Eosinophils", "INR", "PT", "PTT", "D-dimer", "TSH", "Free T4", "Ferritin", "Iron", "TIBC", "Vitamin B12", "Folate", "Vitamin D", "Albumin",
          "Total protein", "Lactate", "pH", "Bicarbonate", "BNP", "PSA", "CEA", "CA-125", "AFP", "Cortisol", "Testosterone", "Prolactin", "Zinc", "Ammonia", "Uric acid"]
UNITS = ["mmol/l", "mg/dl", "g/dl", "U/l", "G/l", "%", "ng/ml", "µg/l", "pg/ml", "mg/l", "mU/l", "pmol/l", "s", "mmHg"]
ORGANS_DE = ["Sigma", "Colon sigmoideum", "Sigmoid", "Colon ascendens", "Colon transversum", "Zökum", "Rektum", "Ileum", "Jejunum", "Duodenum", "Magen", "Antrum", "Kardia", "Ösophagus", "Leber", "Gallenblase", "Pankreas", "Milz", "Niere", "Nebenniere", "Harnblase", "Prostata", "Samenblase",
             "Hoden", "Ovar", "Tube", "Uterus", "Zervix", "Vagina", "Vulva", "Mamma", "Lunge", "Pleura", "Bronchus", "Trachea", "Larynx", "Tonsille", "Zunge", "Parotis", "Schilddrüse", "Thymus", "Herz", "Perikard", "Aorta", "Haut", "Muskulatur", "Knochenmark", "Lymphknoten", "Peritoneum",
             "Omentum majus", "Appendix", "Mesenterium", "Kniegelenk", "Hüfte", "Schulter", "Wirbelsäule", "Kleinhirn", "Hypophyse", "Netzhaut", "Makula"]
ORGANS_EN = ["sigmoid colon", "cecum", "rectum", "ileum", "duodenum", "stomach", "antrum", "esophagus", "liver", "gallbladder", "pancreas", "spleen", "kidney", "adrenal gland", "bladder", "prostate", "seminal vesicle", "testis", "ovary", "fallopian tube", "uterus", "cervix", "breast", "lung",
             "pleura", "larynx", "tonsil", "tongue", "parotid", "thyroid", "thymus", "heart", "pericardium", "aorta", "skin", "bone marrow", "lymph nodes", "omentum", "appendix", "mesentery", "knee", "hip", "shoulder", "spine", "cerebellum", "pituitary", "retina", "macula"]
PROCEDURES_DE = ["Koloskopie", "ÖGD", "ERCP", "Bronchoskopie", "Zystoskopie", "Rektoskopie", "Sigmoidoskopie", "Appendektomie", "Cholezystektomie", "Sigmaresektion", "Hemikolektomie", "Prostatektomie", "Hysterektomie", "Thyreoidektomie", "Strumektomie", "Nephrektomie", "Splenektomie", "Tonsillektomie",
                 "Laparoskopie", "Laparotomie", "Tracheotomie", "Thorakotomie", "Koronarangiographie", "PTCA", "Bypass-OP", "Schrittmacherimplantation", "Kardioversion", "Echokardiographie", "Ergometrie", "Langzeit-EKG", "Sonographie", "Dialyse", "Hämofiltration", "Pleurapunktion", "Lumbalpunktion",
                 "Knochenmarkpunktion", "Osteosynthese", "Hüft-TEP", "Knie-TEP", "Arthroskopie", "Vertebroplastie", "Kyphoplastie", "Kataraktoperation", "Vitrektomie", "Sectio", "Abrasio", "Konisation", "TUR-P", "TUR-B", "Portimplantation", "Polypektomie", "Hernioplastik", "Magenbypass", "PEG-Anlage",
                 "CT Thorax", "MRT Schädel", "PET-CT", "Szintigraphie", "Mammographie", "Röntgen-Thorax"]
PROCEDURES_EN = ["colonoscopy", "EGD", "ERCP", "bronchoscopy", "cystoscopy", "sigmoidoscopy", "appendectomy", "cholecystectomy", "sigmoid resection", "hemicolectomy", "prostatectomy", "hysterectomy", "thyroidectomy", "nephrectomy", "splenectomy", "tonsillectomy", "laparoscopy", "tracheostomy",
                 "coronary angiography", "CABG", "pacemaker placement", "cardioversion", "echocardiogram", "stress test", "dialysis", "paracentesis", "lumbar puncture", "bone marrow biopsy", "hip replacement", "arthroscopy", "kyphoplasty", "cataract surgery", "cesarean section", "hernia repair", "gastric bypass",
                 "chest CT", "brain MRI", "PET scan", "mammogram", "chest X-ray"]
WARDS_DE = ["Klinik für Innere Medizin", "Gastroenterologie", "Kardiologie", "Onkologie", "Urologie", "Nephrologie", "Pneumologie", "Neurologie", "Unfallchirurgie", "Viszeralchirurgie", "Gynäkologie", "Geriatrie", "Dermatologie", "HNO-Klinik", "Augenklinik", "Radiologie", "Pathologie", "Anästhesie",
            "Intensivstation", "Notaufnahme", "Station 3B", "Poliklinik", "Tagesklinik", "Strahlenklinik", "Rehaklinik", "Stroke Unit", "IMC", "Hausarztpraxis", "Tumorboard", "Sozialdienst"]
WARDS_EN = ["internal medicine", "gastroenterology", "cardiology", "oncology", "urology", "nephrology", "neurology", "orthopedics", "general surgery", "gynecology", "dermatology", "ENT", "ophthalmology", "radiology", "pathology", "anesthesia", "the ICU", "the ED", "primary care", "the stroke unit", "rehab"]
NAMES = ["Foster", "Carmen Lindner", "Antrag", "Delitz", "Zockel", "Tavanik", "Novalis", "Ramin", "Salofski", "Lorano", "Marcus Marx", "Alnas", "Unatz", "Concordi", "Aravas", "Humalek", "Lasker", "Bergmann", "Özdemir", "Schütz", "Kowalski", "Metzger", "Valiani", "Cordes", "Keppler", "Xaver Prado",
         "Dociak", "Euler", "Falk", "Kreon-Meier", "Nebel", "Pantos", "Simon", "Torres", "Viani", "Jansen", "Yilmaz", "Lindqvist", "Imhof", "Sandmann", "Cellarius", "Ortho", "Rivas", "Moretti", "Dilatow", "Klimt", "Amaryll", "Levin", "Zeller", "Prograff", "Tegetthoff", "Atkins", "Norvath", "Lantz"]
TOWNS = ["Leipzig", "Tübingen", "Bad Salzuflen", "Jena", "Ulm", "Essen", "Lübeck", "Bad Krozingen", "Regensburg", "Kassel", "Görlitz", "Münster", "Graz", "Zürich", "Salzburg"]
FINDINGS_DE = ["unauffällig", "regelrecht", "o. B.", "nicht vergrößert", "druckschmerzhaft", "kein pathologischer Befund", "altersentsprechend", "frei beweglich", "seitengleich", "weich", "glatt begrenzt", "diffus verdickt", "nicht einsehbar", "o. p. B.", "reizlos", "mäßig gerötet"]
FINDINGS_EN = ["unremarkable", "normal", "within normal limits", "not enlarged", "tender", "intact", "symmetric", "well healed", "diffusely thickened", "not visualized", "grossly normal", "clear"]
HISTO_DE = ["Plattenepithel", "Urothel", "Zylinderepithel", "Becherzellen", "Kryptenabszesse", "Granulationsgewebe", "Fibrose", "Nekrose", "Hyperplasie", "Metaplasie", "Dysplasie", "tubuläres Adenom", "Entzündungsinfiltrat", "Lymphfollikel", "Siegelringzellen", "Riesenzellen", "Granulome", "Kalk",
            "Stroma", "Desmoplasie", "Mitosen", "Atypien", "Basalmembran", "Muscularis mucosae", "Lamina propria", "Submukosa", "Serosa", "Fettgewebe", "Kapselgewebe", "Zytokeratin", "Vimentin", "Desmin", "Synaptophysin", "Chromogranin", "Elastase", "Melan-A", "S100", "Ki-67", "p63", "CDX2", "TTF-1",
            "Mukosa", "Melanin", "Hämosiderin", "Amyloid", "Kollagen"]
HISTO_EN = ["squamous epithelium", "urothelium", "goblet cells", "crypt abscesses", "granulation tissue", "fibrosis", "necrosis", "hyperplasia", "metaplasia", "dysplasia", "tubular adenoma", "lymphoid follicles", "giant cells", "granulomas", "stroma", "mitoses", "atypia", "lamina propria", "submucosa", "serosa",
            "fibroadipose tissue", "cytokeratin", "vimentin", "desmin", "synaptophysin", "chromogranin", "melanin", "hemosiderin", "amyloid", "collagen"]
SYMPTOMS_DE = ["Husten", "Luftnot", "Bauchschmerzen", "Durchfall", "Übelkeit", "Fieber", "Nachtschweiß", "Gewichtsverlust", "Schwindel", "Kopfschmerzen", "Brustschmerzen", "Herzrasen", "Beinschwellung", "Blut im Stuhl", "Müdigkeit", "Juckreiz", "Rückenschmerzen", "Sehstörungen", "Schlafstörungen", "Hautausschlag"]
SYMPTOMS_EN = ["cough", "shortness of breath", "abdominal pain", "diarrhea", "nausea", "fever", "night sweats", "weight loss", "dizziness", "headache", "chest pain", "palpitations", "leg swelling", "fatigue", "itching", "back pain", "blurred vision", "insomnia", "rash"]
DISEASES_DE = ["arterielle Hypertonie", "Diabetes mellitus Typ 2", "KHK", "COPD", "Vorhofflimmern", "Hypothyreose", "Adipositas", "Gicht", "Osteoporose", "Depression", "Divertikulose", "Cholezystolithiasis", "Niereninsuffizienz", "Asthma bronchiale", "Psoriasis", "Gonarthrose", "Epilepsie", "M. Parkinson",
               "Kaliummangel", "Eisenmangelanämie", "Vitamin-D-Mangel", "Struma nodosa", "Refluxkrankheit", "Pankreatitis", "Hepatitis B", "Thrombose", "Lungenembolie", "Alkoholabusus", "Nikotinabusus", "Laktoseintoleranz", "Heuschnupfen"]

DE = r"""
{org2}: {find}.
{org2} und {org2} {find}.
{org2} {find}, {org2} {find}, {org2} {find}.
{org2}biopsie {num:1-4}x, {org2}biopsie {num:1-4}x.
Biopsie aus {org2}: {his} und {his}, kein Anhalt für Malignität.
{org2}: {his}, {his}, keine Atypien.
Probeentnahme {org2}, {num:1-6} Partikel bis {num:1-5} mm.
1. {org2}, 2. {org2}, 3. {org2}: jeweils {num:1-3} Partikel.
{num:1-9}. {org2}: {his}
Makroskopie: {org2}resektat, {dim}.
Makroskopisch ein {num:3-40} cm langes Darmresektat, {org2} mit anhängendem Fettgewebe.
Makroskopie: Ein {num:2-9} mm großes Gewebsstück, grauweiß.
Material: {org2}, {org2}
Einsendung: {org2}stanzen rechts {num:3-6}x, links {num:3-6}x
Klinische Angaben: Raumforderung {org2}, {sy}.
Fragestellung: {his}? {his}?
Mikroskopie: {his} mit {his}, in der Tiefe {his}.
Histologie: {his}, {his}. Kein {his}.
Histologisch: {org2} mit {his} und {his}.
Immunhistochemie: {his} positiv, {his} negativ.
Immunhistologisch Expression von {his} und {his}, keine Expression von {his}.
Färbungen: HE, PAS, Giemsa, Eisen, Kongorot, Elastica-van-Gieson
Beurteilung: {org2} mit {his}.
Rektal-digital: {org2} {find}, kein Blut am Fingerling.
Digital rektal Prostata {find}, Sphinktertonus normal.
DRU: Prostata ca. {num:25-90} ml, {find}.
Sigmoid und Rektum {find}, Divertikel im Sigma.
{proc}: {org2} {find}, {org2} {find}.
{proc} vom {date}: {org2} {find}.
{proc} am {date} komplikationslos.
{proc} {year}, {proc} {year}
Z. n. {proc} {year}, Z. n. {proc} {my}
Zustand nach {proc} und {proc}.
Geplant: {proc}, {proc}.
{proc} indiziert bei {sy}.
Aufklärung zur {proc} erfolgt.
OP-Bericht: {proc} in Intubationsnarkose, Lagerung in Rückenlage.
Verschluss der Haut mit Prolene {num:3-5}-0, Drainage in {num:1-3} Quadranten.
Vorerkrankungen: {dis}, {dis}, {dis}
Diagnosen: {dis}; {dis}; Z. n. {proc}
Nebendiagnosen:\n{bul}{dis}\n{bul}{dis}\n{bul}{dis}
Bekannt sind {dis} und {dis}.
{bul}{dis}, ED {year}
{dis} seit {year}, {dis}
Anamnese: Seit {num:2-9} Wochen {sy} und {sy}.
{x:Der Patient|Die Patientin} berichtet über {sy}, {sy} und {sy}.
Keine {sy}, kein {sy}, kein Infekt.
{sy} verneint. {sy} verneint.
Vegetative Anamnese: {sy} nein, {sy} ja, Appetit gut, Stuhlgang regelmäßig, Miktion {num:4-8}x täglich.
Nykturie {num:1-4}x, Stuhlgang {num:1-3}x tgl., Gewicht stabil.
Erbrechen {num:2-5}x am Morgen, Stuhlgang alle {num:2-4} Tage.
Sozialanamnese: verheiratet, {num:1-4} Kinder, Rentner, Pflegegrad {num:1-4}.
Familienanamnese: Vater {dis}, Mutter {dis}.
Nikotin: {num:5-60} py, Alkohol: {num:1-3} Bier/Tag, Drogen: nein
Raucht {num:5-40} Zigaretten tgl. seit {year}, Alkohol am Wochenende.
Allergien: Hausstaub, Pollen, Nickel
{lab} {cm:0-9} {unit}
{lab} {num:3-400} {unit} (<+|-|H|L>)
{lab}: {cm:0-9} {unit}, {lab}: {num:10-300} {unit}, {lab}: {cm:1-20} {unit}
{lab}\t{cm:0-9}\t{unit}\t{cm:0-4} - {cm:5-9}
{lab} {pipe} {cm:0-9} {pipe} {unit} {pipe} {cm:0-4}-{cm:5-9}
{lab}\t{num:4-300}\t{num:4-300}\t{num:4-300}\n{lab}\t{num:4-300}\t{num:4-300}\t{num:4-300}
{lab} <erhöht|erniedrigt|im Normbereich|rückläufig|ansteigend>, {lab} <normwertig|unverändert>.
{lab} und {lab} im Normbereich, {lab} leicht erhöht.
{lab} bei Aufnahme {cm:0-9} {unit}, bei Entlassung {cm:0-9} {unit}
Labor vom {date}: {lab} {cm:1-20}, {lab} {num:10-200}, {lab} {num:1-90}
Im Labor {lab} {num:10-300} {unit}, sonst unauffällig.
Laborkontrolle ({lab}, {lab}, {lab}) in {num:1-4} Wochen.
Wir bitten um Kontrolle von {lab} und {lab}.
Kontrolle {lab} {num:1-2}x wöchentlich
{lab} ({cm:0-4}–{cm:5-9} {unit}) {cm:0-9}
Kalium {cm:2-6} mmol/l, Natrium {num:118-150} mmol/l, Kreatinin {cm:0-4} mg/dl
Kalium substituiert, Natrium ausgeglichen.
Hb {cm:6-15} g/dl, Thrombozyten {num:20-400} G/l, CRP {num:1-300} mg/l
Hb-Abfall auf {cm:6-9} g/dl, Transfusion von {num:1-3} EK.
CRP initial {num:50-300}, im Verlauf {num:5-49} mg/l
RR {num:90-190}/{num:50-110}, HF {num:45-130}/min, SpO2 {num:86-100} % unter {num:1-6} l O2, Temp. {num:36-39},{num:0-9} °C
Vitalwerte: RR {num:90-190}/{num:50-110} mmHg, Puls {num:45-130}, AF {num:12-30}
RR morgens {num:110-160}/{num:60-95}, mittags {num:110-160}/{num:60-95}, abends {num:110-160}/{num:60-95}
BZ {num:80-200} - {num:80-240} - {num:80-280} - {num:80-220} mg/dl
BZ-Profil: 7 Uhr {num:80-200}, 12 Uhr {num:80-240}, 17 Uhr {num:80-280}, 22 Uhr {num:80-220}
Bilanz: Einfuhr {num:1000-3000} ml, Ausfuhr {num:800-3200} ml, Gewicht {num:45-120} kg
Drainage {num:10-400} ml, ZVK rechts, DK seit {date}
Untersuchung: {org2} {find}, {org2} {find}, keine Lymphome.
Abdomen weich, {org2} nicht tastbar, Darmgeräusche in allen 4 Quadranten.
Neurologisch: Reflexe seitengleich, Kraftgrad {num:3-5}/5, FNV metrisch.
Sonographie: {org2} {find}, {org2} {dim}.
CT Abdomen: {org2} {find}. {org2} {find}.
Röntgen Thorax: kein Infiltrat, kein Erguss, {org2} {find}.
EKG: Sinusrhythmus, {num:50-110}/min, QTc {num:380-490} ms, keine ERBS.
Echo: EF {num:20-65} %, keine Vitien, PAP {num:20-60} mmHg.
{ward}, {ward}, {ward}
Vorstellung in der {ward} am {date}.
Konsil {ward}: {org2} {find}.
Verlegung von {ward} auf {ward} am {date}.
{ward} {town}, Direktor: Prof. Dr. {nm}
Sehr geehrte Frau Kollegin {nm}, sehr geehrter Herr Kollege {nm},
Wir berichten über {x:Herrn|Frau} {nm}, geb. am {date}.
{x:Herr|Frau} {nm} wurde am {date} entlassen.
{x:Herr|Frau} {nm} stellte sich mit {sy} vor.
Dr. med. {nm}, Oberarzt {ward}
Dr. {nm} / Dr. {nm}
gez. Prof. Dr. {nm}, {ward}
Hausarzt: Dr. {nm}, Hauptstraße {num:1-120}, {num:10000-99999} {town}
{nm}, {nm}, {x:geb.|geborene} {nm}, {town}
{town}, den {date}
Tel. {num:100-999}/{num:1000-9999}-{num:0-9}, Durchwahl {num:1-9}-{num:0-1}-{num:0-1}
Anamnese
Diagnosen und Befunde
Therapie und Verlauf
Medikation
Medikamentenanamnese
Prozedere:
Körperlicher Untersuchungsbefund
Empfehlungen zur weiteren Behandlung
Wirkstoff {pipe} Handelsname {pipe} Stärke {pipe} Form {pipe} morgens {pipe} mittags {pipe} abends {pipe} zur Nacht
Medikament\tDosis\tmo\tmi\tab\tna
Physiotherapie {num:2-6}x wöchentlich für {num:2-8} Wochen
Krankengymnastik tgl., Atemgymnastik 3x tgl., Gangschule
Kompressionsstrümpfe tagsüber, Hochlagerung der Beine 3x tgl.
Verbandwechsel alle {num:1-3} Tage, Fadenzug am {num:8-14}. Tag
Wundspülung 2x tgl., NaCl-feuchte Verbände
Mobilisation am Rollator {num:1-3}x/Tag
Bestrahlung {num:20-35} x 2 Gy, 5x/Woche
O2 {num:1-4} l/min über Nasenbrille nachts
NIV-Beatmung nachts, PEEP {num:5-10}, FiO2 0,{num:3-6}
Dialyse Mo-Mi-Fr, {num:4-5} h
Blutdruckmessung morgens und abends
Trinkmenge auf {cm:1-2} l/Tag begrenzen, Gewicht täglich
Diabeteskost, {num:12-20} BE, 5 Mahlzeiten
Score 1-0-1 Punkte, Apgar 8-9-10
Zahnformel 1-{num:3-8}, Naht {num:3-5}-0, Implantat 2-teilig
Parität: G{num:1-4} P{num:0-3}, Spontanpartus {year}
Reha vom {date} bis {date}
Wiedervorstellung in {num:1-6} Wochen, bei Beschwerden sofort.
Die Entlassung erfolgte in gutem Allgemeinzustand nach Hause.
Die Medikation wurde angepasst und {x:dem Patienten|der Patientin} erläutert.
Die Therapie wurde {num:3-10} Tage fortgeführt.
Eine medikamentöse Behandlung wurde nicht begonnen.
Unter konservativer Therapie Besserung von {sy}.
E. coli: {sub} R, {sub} S, {sub} S, {sub} I
Antibiogramm: {sub} sensibel, {sub} resistent, {sub} intermediär
{sub} {pipe} S {pipe} 0,5
Resistenzlage: {sub} R, {sub} S
{sub}-Spiegel {cm:0-20} mg/l
{sub}-Talspiegel {num:5-25} µg/ml, Kontrolle am {date}
Spiegel: {sub} {cm:0-20} mg/l
<Betablocker|Diuretika|NSAR|Statine|ACE-Hemmer|Antikoagulanzien|PPI|Schmerzmittel> wurden pausiert.
Gabe von {cls} bei Fieber.
<Betablocker|Diuretika|Statin|ACE-Hemmer|PPI|Antibiose|Analgesie> weiter wie bisher.
Unter {cls} stabil.
Therapie mit {cls} empfohlen.
Fortführung der Therapie mit {cls}.
Chemotherapie nach dem <FOLFOX|FOLFIRI|FLOT|R-CHOP|ABVD|BEACOPP|EC|AC|XELOX>-Schema, {num:2-12} Zyklen
{num:2-6}. Zyklus <FOLFOX|FOLFIRI|FLOT|R-CHOP|ABVD|XELOX>
<500|1000> ml <NaCl 0,9 %|Ringer-Lösung|Sterofundin|Glukose 5 %> i.v.
Infusion von <500|1000> ml <NaCl 0,9 %|Ringer|Jonosteril>
{num:1-4} EK, {num:1-4} FFP, {num:1-2} TK transfundiert
Sauerstoff {num:1-6} l/min, Sondenkost {num:500-1500} ml/Tag
KM-gestütztes CT, {num:60-120} ml Kontrastmittel i.v.
Das Antibiogramm steht noch aus, E. coli 10^5/ml.
Urinstatus: Leukozyten ++, Nitrit positiv, Eiweiß negativ, pH {num:5-8}
Erregernachweis: Staphylococcus aureus, Candida albicans
Eingang {date}, Ausgang {date}, Befund-Nr. {num:1000-9999}/{num:10-26}
ICD-10: {icd}, OPS: 5-{num:100-999}.{num:0-9}
ICD-10 {icd}: {dis}
Seite {num:1-3} von {num:3-5}
IK-Nr. {num:100000-999999}, Vers.-Nr. {icd}{num:1000-9999}
"""

EN = r"""
{org2:c}: {find}.
{org2:c} {find}, {org2} {find}.
Biopsy of {org2}: {his} and {his}, no malignancy.
Gross: {org2}, {dim}, tan-pink.
Received in formalin labeled "{org2}" are {num:1-5} fragments, {dim}.
Microscopic: {his} with {his}; no {his}.
Sections show {his}, {his} and {his}.
{num:1-9}. {org2:c}, biopsy: {his}.
Immunostains for {his} are positive; {his} is negative.
Special stains: PAS, Giemsa, iron, Congo red, trichrome.
Clinical data: mass in {org2}, {sy}.
Digital rectal exam: prostate {find}.
{proc:c} {year}, {proc} {year}.
Status post {proc} and {proc}.
{proc:c} on {date} showed {org2} {find}.
Scheduled for {proc} next week.
Past surgical history: {proc}, {proc}, {proc}.
{sy:c} and {sy} for {num:2-9} weeks.
Denies {sy}, {sy} or {sy}.
ROS: {sy} negative, {sy} positive.
{lab} {cm:0-9}
{lab} {num:3-400}, {lab} {cm:1-15}, {lab} {num:10-200}.
{lab}: {cm:0-9} {unit}; {lab}: {num:10-300} {unit}
{lab}\t{cm:0-9}\t{unit}\t{cm:0-4}-{cm:5-9}
{lab} {pipe} {num:4-300} {pipe} {cm:0-4}-{cm:5-9} {pipe} <H|L>
{lab} was {num:3-300} on admission and {num:3-300} at discharge.
{lab} and {lab} were within normal limits, {lab} mildly elevated.
Potassium was repleted, sodium normalized.
Recheck {lab} and {lab} in {num:1-4} weeks.
Check {lab} weekly.
Vitals: BP {num:90-190}/{num:50-110}, HR {num:45-130}, RR {num:12-30}, SpO2 {num:86-100}% on {num:1-6} L
I/O: {num:1000-3000}/{num:800-3200} mL, weight {num:45-120} kg
Fingersticks {num:80-200}-{num:80-240}-{num:80-280}
Exam: {org2} {find}, {org2} {find}.
CT abdomen: {org2} {find}; {org2} {find}.
Consult {ward} for {sy}.
Transferred from {ward} to {ward} on {date}.
Follow up with {ward} in {num:1-6} weeks.
Dr. {nm}, {ward}
Dictated by {nm}, M.D., {date}
Mr. {nm} was discharged on {date}.
Ms. {nm} presented with {sy}.
MEDICATIONS
CURRENT MEDICATIONS:
Medication reconciliation was performed.
Assessment and plan
Drug\tDose\tRoute\tFrequency
PT {num:2-5} times a week for {num:2-8} weeks
Dressing changes twice daily, wet to dry.
Oxygen {num:1-4} L via nasal cannula at night.
Smokes {num:1-2} packs daily, drinks {num:1-5} beers a week.
Dialysis MWF.
Checks blood pressure twice a day.
Radiation {num:20-35} fractions, 5 days a week.
Low sodium diet, fluid restriction 1.5 L daily.
E. coli: {sub} R, {sub} S, {sub} S
Sensitivities: {sub} resistant, {sub} susceptible
{sub} level {cm:1-20} mcg/mL
{sub} trough {num:5-25}
Continue {cls}.
Started on {cls}.
<Statins|Diuretics|Antibiotics|NSAIDs|Home medications> were held.
Received {num:2-6} cycles of <FOLFOX|R-CHOP|ABVD|FOLFIRI|CHOP|AC>.
{num:1-3} L normal saline bolus
Transfused {num:1-4} units of PRBC
CT with {num:60-120} mL of IV contrast
Blood cultures grew Staphylococcus aureus.
Return to clinic in {num:1-6} months.
Treatment was continued for {num:3-10} days.
No medication changes were made.
Page {num:1-3} of {num:3-5}
Phone {num:200-900}-{num:200-900}-{num:1000-9999}, ext. 1-0-{num:1-9}
"""


def pick(german: list[str], english: list[str]):
    """A slot that names one of the words of the language; ``c`` asks for a capital."""
    def slot(ctx: Context, key: str, arg: str) -> str:
        text = ctx.one(german if ctx.memo["language"] == "de" else english)
        return text[0].upper() + text[1:] if arg == "c" else text
    return slot


def substance(ctx: Context, key: str, arg: str) -> str:
    """A drug name that is no medication: in an antibiogram or as a level."""
    name = parted(ctx.one(ctx.memo["vocabulary"].draw(ctx.rng).names))[0]
    return name[0].upper() + name[1:]


CLASSES_DE = ["Betablocker", "Antibiotika", "Schmerzmitteln", "Diuretika", "NSAR", "Statinen", "Antikoagulanzien", "ACE-Hemmern", "Laxanzien", "Kortikosteroiden", "PPI", "DOAK", "Opioiden", "Bronchodilatatoren", "Augentropfen", "Bedarfsmedikation", "Analgetika", "Antihypertensiva"]
CLASSES_EN = ["beta blockers", "antibiotics", "pain medication", "diuretics", "NSAIDs", "statins", "anticoagulation", "ACE inhibitors", "laxatives", "steroids", "PPIs", "opioids", "inhalers", "eye drops", "home medications"]


def code(ctx: Context, key: str, arg: str) -> str:
    """A diagnosis code."""
    return ctx.one("ACDEFGHIJKLMNQRSZ") + f"{ctx.rng.randint(0, 99):02}." + str(ctx.rng.randint(0, 9))


SLOTS = {"org2": pick(ORGANS_DE, ORGANS_EN), "proc": pick(PROCEDURES_DE, PROCEDURES_EN), "ward": pick(WARDS_DE, WARDS_EN), "find": pick(FINDINGS_DE, FINDINGS_EN), "his": pick(HISTO_DE, HISTO_EN), "sy": pick(SYMPTOMS_DE, SYMPTOMS_EN),
         "dis": pick(DISEASES_DE, DISEASES_DE), "lab": pick(LAB_DE, LAB_EN), "unit": words(*UNITS), "sub": substance, "cls": pick(CLASSES_DE, CLASSES_EN), "nm": words(*NAMES), "town": words(*TOWNS), "icd": code}


def frames(language: str) -> list[str]:
    """All frames of one language."""
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in (DE if language == "de" else EN).strip("\n").split("\n") if line]
