"""Words of pathology reports and oncology letters, coherent by tumour site."""

from __future__ import annotations

from .builder import Context

# (diagnosis, organ with article in the genitive, histologies, operations, node groups)
SITES_DE = [
    ("Mammakarzinom", "der linken Mamma", ["invasiv-duktales Karzinom (NST)", "invasiv-lobuläres Karzinom", "invasives Karzinom NST", "muzinöses Karzinom", "duktales Carcinoma in situ"], ["Segmentresektion", "Ablatio mammae", "BET mit SLNE", "Mastektomie rechts", "Nachresektat"], ["axillär", "Sentinel", "Level I/II"]),
    ("Kolonkarzinom", "des Colon ascendens", ["Adenokarzinom", "muzinöses Adenokarzinom", "mäßig differenziertes Adenokarzinom", "Siegelringzellkarzinom"], ["Hemikolektomie rechts", "erweiterte Hemikolektomie links", "Sigmaresektion", "Kolonteilresektion"], ["perikolisch", "mesokolisch"]),
    ("Rektumkarzinom", "des mittleren Rektumdrittels", ["Adenokarzinom", "Adenokarzinom vom NOS-Typ", "muzinöses Adenokarzinom"], ["tiefe anteriore Rektumresektion (TME)", "abdominoperineale Rektumexstirpation", "TAMIS-Resektat"], ["mesorektal", "regionär"]),
    ("Magenkarzinom", "des Magenantrums", ["Adenokarzinom vom intestinalen Typ nach Laurén", "diffuses Siegelringzellkarzinom", "tubuläres Adenokarzinom"], ["Gastrektomie", "subtotale Gastrektomie (B-II)", "4/5-Magenresektion"], ["große Kurvatur", "kleine Kurvatur", "perigastrisch"]),
    ("Ösophaguskarzinom", "des distalen Ösophagus", ["Barrett-Karzinom", "Plattenepithelkarzinom", "Adenokarzinom des gastroösophagealen Übergangs (AEG II)"], ["abdominothorakale Ösophagusresektion", "Ösophagektomie nach Ivor Lewis"], ["paraösophageal", "mediastinal"]),
    ("Pankreaskarzinom", "des Pankreaskopfes", ["duktales Adenokarzinom", "Adenokarzinom vom pankreatobiliären Typ"], ["Whipple-OP", "pyloruserhaltende Duodenopankreatektomie", "Pankreaslinksresektion"], ["peripankreatisch"]),
    ("hepatozelluläres Karzinom", "der Leber, Segment VII", ["hepatozelluläres Karzinom", "intrahepatisches Cholangiokarzinom"], ["atypische Leberresektion", "Hemihepatektomie links", "Explantationshepatektomie"], ["hilär"]),
    ("Bronchialkarzinom", "des rechten Lungenoberlappens", ["Plattenepithelkarzinom", "nicht-kleinzelliges Lungenkarzinom", "azinäres Adenokarzinom", "großzelliges neuroendokrines Karzinom"], ["Oberlappenresektion rechts", "Lobektomie", "VATS-Segmentresektion", "Pneumonektomie links"], ["hilär", "mediastinal", "Station 7", "N1-Position"]),
    ("Prostatakarzinom", "der Prostata", ["azinäres Adenokarzinom", "Adenokarzinom der Prostata"], ["radikale Prostatektomie (RARP)", "Prostatovesikulektomie", "TUR-P"], ["iliakal bds.", "Fossa obturatoria"]),
    ("Harnblasenkarzinom", "der Harnblase", ["Urothelkarzinom", "papilläres Urothelkarzinom", "muskelinvasives Urothelkarzinom"], ["TUR-B", "radikale Zystektomie", "Zystoprostatektomie"], ["pelvin"]),
    ("Nierenzellkarzinom", "der rechten Niere", ["klarzelliges Nierenzellkarzinom", "papilläres Nierenzellkarzinom Typ 1", "chromophobes Nierenzellkarzinom"], ["Nephrektomie links", "Nierenteilresektion rechts", "Tumornephrektomie"], ["hilär", "paraaortal"]),
    ("Seminom", "des linken Hodens", ["Seminom", "embryonales Karzinom", "Mischkeimzelltumor"], ["Ablatio testis", "inguinale Orchiektomie rechts"], ["retroperitoneal"]),
    ("Ovarialkarzinom", "der Adnexe rechts", ["seröses Karzinom", "endometrioides Karzinom", "muzinöses Karzinom"], ["Debulking-OP", "Hysterektomie mit Adnexektomie bds.", "Omentektomie"], ["pelvin", "paraaortal"]),
    ("Endometriumkarzinom", "des Endometriums", ["endometrioides Adenokarzinom", "seröses Karzinom", "klarzelliges Karzinom"], ["Hysterektomie", "laparoskopische Hysterektomie mit SLN"], ["pelvin", "Sentinel bds."]),
    ("Zervixkarzinom", "der Zervix uteri", ["Plattenepithelkarzinom", "Adenokarzinom vom HPV-assoziierten Typ"], ["Wertheim-OP", "Konisation", "Trachelektomie"], ["pelvin", "parametran"]),
    ("Schilddrüsenkarzinom", "der Schilddrüse, Lappen links", ["papilläres Karzinom", "follikuläres Karzinom, minimal-invasiv", "medulläres Schilddrüsenkarzinom"], ["Thyreoidektomie", "Hemithyreoidektomie re.", "Restthyreoidektomie"], ["zervikozentral", "lateral"]),
    ("Melanom", "der Haut am Rücken", ["superfiziell spreitendes Melanom", "noduläres Melanom", "Lentigo-maligna-Melanom", "akrolentiginöses Melanom"], ["Nachexzision", "Exzision in toto", "Sentinel-Node-Biopsie"], ["Sentinel axillär links", "inguinal"]),
    ("Larynxkarzinom", "der Glottis links", ["verhornendes Plattenepithelkarzinom", "Plattenepithelkarzinom"], ["Laserresektion", "totale Laryngektomie", "Neck-Dissection Level II–IV"], ["Level IIa", "zervikal"]),
    ("Oropharynxkarzinom", "der Tonsille rechts", ["p16-positives Plattenepithelkarzinom", "nicht verhornendes Plattenepithelkarzinom"], ["Tumortonsillektomie", "transorale Resektion", "Neck-Dissection bds."], ["Level II rechts"]),
    ("Mundhöhlenkarzinom", "des Zungenrandes", ["Plattenepithelkarzinom", "mäßiggradig differenziertes Plattenepithelkarzinom"], ["Hemiglossektomie", "Unterkieferteilresektion"], ["submandibulär"]),
    ("Analkarzinom", "des Analkanals", ["Plattenepithelkarzinom"], ["lokale Exzision"], ["inguinal"]),
    ("Peniskarzinom", "der Glans penis", ["Plattenepithelkarzinom"], ["Penisteilamputation"], ["inguinal"]),
    ("neuroendokriner Tumor", "des terminalen Ileums", ["neuroendokriner Tumor (NET)", "gut differenzierter neuroendokriner Tumor"], ["Dünndarmsegmentresektion", "Ileozökalresektion", "Appendektomie"], ["mesenterial"]),
    ("Gallenblasenkarzinom", "der Gallenblase", ["Adenokarzinom vom biliären Typ"], ["Cholezystektomie", "Leberbettresektion"], ["Lig. hepatoduodenale"]),
    ("Weichteilsarkom", "des Oberschenkels links", ["Liposarkom, dedifferenziert", "undifferenziertes pleomorphes Sarkom", "Leiomyosarkom"], ["Kompartmentresektion", "weite Exzision"], ["regionär"]),
    ("Merkelzellkarzinom", "der Wange rechts", ["Merkelzellkarzinom", "Plattenepithelkarzinom der Haut"], ["Exzisat", "Nachexzision"], ["Parotis"]),
    ("Vulvakarzinom", "der Vulva", ["HPV-assoziiertes Plattenepithelkarzinom"], ["Vulvektomie", "Inguinale LK-Dissektion"], ["inguinofemoral"]),
]

SITES_EN = [
    ("breast cancer", "left breast", ["invasive ductal carcinoma", "invasive lobular carcinoma", "infiltrating ductal carcinoma, NOS", "ductal carcinoma in situ"], ["modified radical mastectomy", "lumpectomy", "segmental resection"], ["axillary", "sentinel"]),
    ("colon cancer", "ascending colon", ["adenocarcinoma", "mucinous adenocarcinoma", "moderately differentiated adenocarcinoma"], ["right hemicolectomy", "sigmoid resection", "low anterior resection"], ["pericolic", "mesenteric"]),
    ("rectal cancer", "rectum", ["adenocarcinoma", "signet ring cell carcinoma"], ["abdominoperineal resection", "low anterior resection"], ["perirectal", "mesorectal"]),
    ("gastric cancer", "stomach, antrum", ["adenocarcinoma, intestinal type", "signet ring cell carcinoma"], ["total gastrectomy", "distal gastrectomy"], ["perigastric", "lesser curvature"]),
    ("lung cancer", "left upper lobe", ["squamous cell carcinoma", "adenocarcinoma, acinar predominant", "large cell carcinoma"], ["lobectomy", "wedge resection", "pneumonectomy"], ["peribronchial", "level 7", "hilar", "station 4R"]),
    ("prostate cancer", "prostate", ["adenocarcinoma", "acinar adenocarcinoma"], ["radical prostatectomy", "robotic prostatectomy"], ["pelvic", "obturator"]),
    ("bladder cancer", "urinary bladder", ["invasive urothelial carcinoma", "papillary urothelial carcinoma"], ["radical cystectomy", "cystoprostatectomy", "TURBT"], ["pelvic", "external iliac"]),
    ("renal cell carcinoma", "right kidney", ["clear cell renal cell carcinoma", "papillary renal cell carcinoma", "chromophobe renal cell carcinoma"], ["radical nephrectomy", "partial nephrectomy"], ["hilar"]),
    ("ovarian cancer", "right ovary", ["serous carcinoma", "endometrioid adenocarcinoma"], ["total abdominal hysterectomy and BSO", "omentectomy"], ["pelvic", "para-aortic"]),
    ("endometrial cancer", "endometrium", ["endometrioid adenocarcinoma", "serous carcinoma", "carcinosarcoma"], ["hysterectomy", "robotic hysterectomy"], ["left pelvic"]),
    ("cervical cancer", "uterine cervix", ["squamous cell carcinoma", "adenocarcinoma, usual type"], ["radical hysterectomy", "cone biopsy"], ["parametrial"]),
    ("thyroid cancer", "thyroid, right lobe", ["papillary carcinoma", "papillary thyroid carcinoma, classic type", "follicular carcinoma"], ["total thyroidectomy", "completion thyroidectomy"], ["central compartment", "paratracheal"]),
    ("melanoma", "skin of back", ["malignant melanoma", "nodular melanoma", "superficial spreading melanoma"], ["wide local excision", "re-excision"], ["sentinel"]),
    ("hepatocellular carcinoma", "liver, segment 5", ["hepatocellular carcinoma", "cholangiocarcinoma"], ["partial hepatectomy", "explant hepatectomy"], ["portal"]),
    ("pancreatic cancer", "head of pancreas", ["ductal adenocarcinoma", "pancreatic adenocarcinoma"], ["pancreaticoduodenectomy", "distal pancreatectomy"], ["peripancreatic"]),
    ("laryngeal cancer", "larynx, glottis", ["squamous cell carcinoma, keratinizing"], ["total laryngectomy", "neck dissection"], ["level II", "cervical"]),
    ("oral cancer", "oral tongue", ["squamous cell carcinoma"], ["partial glossectomy", "composite resection"], ["level IB"]),
    ("esophageal cancer", "distal esophagus", ["adenocarcinoma", "squamous cell carcinoma"], ["esophagogastrectomy"], ["paraesophageal"]),
    ("testicular cancer", "left testis", ["seminoma", "mixed germ cell tumor"], ["radical orchiectomy"], ["retroperitoneal"]),
    ("adrenal cortical carcinoma", "left adrenal gland", ["adrenal cortical carcinoma"], ["adrenalectomy"], ["regional"]),
    ("mesothelioma", "right pleura", ["malignant mesothelioma, epithelioid"], ["pleurectomy"], ["mediastinal"]),
    ("sarcoma", "right thigh", ["leiomyosarcoma", "dedifferentiated liposarcoma"], ["wide resection"], ["regional"]),
]


def site(ctx: Context) -> tuple:
    """The tumour site of the line."""
    if "site" not in ctx.memo:
        ctx.memo["site"] = ctx.one(SITES_DE if ctx.memo["language"] == "de" else SITES_EN)
    return ctx.memo["site"]


def column(index: int):
    """A slot that reads one column of the site."""
    def slot(ctx: Context, key: str, arg: str) -> str:
        value = site(ctx)[index]
        return ctx.one(value) if isinstance(value, list) else value
    return slot


def number(ctx: Context, key: str, arg: str) -> str:
    """A number in the range given as ``low-high``."""
    low, high = (int(part) for part in (arg or "1-20").split("-"))
    return str(ctx.rng.randint(low, high))


def decimal(ctx: Context, key: str, arg: str) -> str:
    """A number with one decimal, comma in German."""
    low, high = (int(part) for part in (arg or "0-9").split("-"))
    text = f"{ctx.rng.randint(low, high)}.{ctx.rng.randint(0, 9)}"
    return text.replace(".", ",") if ctx.memo["language"] == "de" else text


def dimensions(ctx: Context, key: str, arg: str) -> str:
    """A size in two or three dimensions."""
    parts = [decimal(ctx, "", "0-9") if ctx.chance(0.7) else number(ctx, "", "1-14") for _ in range(ctx.one([2, 3, 3]))]
    return ctx.one([" x ", " x ", "x", " × ", " X "]).join(parts) + ctx.one([" cm", " cm", "cm", " mm"])


def date(ctx: Context, key: str, arg: str) -> str:
    """A day."""
    d, m, y = ctx.rng.randint(1, 28), ctx.rng.randint(1, 12), ctx.rng.randint(2004, 2026)
    if ctx.memo["language"] == "de":
        return ctx.one([f"{d:02}.{m:02}.{y}", f"{d}.{m}.{y}", f"{d:02}.{m:02}.{y % 100:02}", f"{d}.{m}."])
    return ctx.one([f"{m}/{d}/{y}", f"{m:02}/{d:02}/{y % 100:02}", f"{y}-{m:02}-{d:02}", f"{ctx.one(['March', 'June', 'Oct', 'January'])} {d}, {y}"])


def month(ctx: Context, key: str, arg: str) -> str:
    """A month with its year."""
    m, y = ctx.rng.randint(1, 12), ctx.rng.randint(2001, 2026)
    if ctx.memo["language"] == "de":
        return ctx.one([f"{m:02}/{y}", f"{m}/{y % 100:02}", f"{m:02}/{y % 100:02}", ctx.one(["März", "Mai", "Oktober", "Dezember"]) + f" {y}", str(y)])
    return ctx.one([f"{m:02}/{y}", f"{ctx.one(['May', 'July', 'November', 'Feb'])} {y}", str(y)])


def year(ctx: Context, key: str, arg: str) -> str:
    """A year."""
    return str(ctx.rng.randint(1992, 2026))


def words(*options: str):
    """A slot that names one of the options (which may hold slots)."""
    return lambda ctx, key, arg: ctx.one(options)


def by_language(de: tuple, en: tuple):
    """A slot with its own options in each language."""
    return lambda ctx, key, arg: ctx.one(de if ctx.memo["language"] == "de" else en)


def gendered(ctx: Context, key: str, arg: str) -> str:
    """``{x:masculine|feminine}``: the form that fits the patient of the line."""
    male, female = arg.split("|")
    return male if ctx.memo.setdefault("male", ctx.chance(0.5)) else female


SLOTS = {
    "dx": column(0), "org": column(1), "histo": column(2), "op": column(3), "lkg": column(4), "num": number, "cm": decimal, "dim": dimensions,
    "date": date, "my": month, "year": year, "x": gendered, "pipe": words("|"),
    "side": by_language(("links", "rechts", "li.", "re.", "bds.", "linksseitig", "rechts zentral"), ("left", "right", "left-sided", "bilateral")),
    "block": words("A{num:1-12}", "B{num:1-9}", "C{num:1-6}", "A{num:1-4}-A{num:5-9}", "D{num:1-5}", "T{num:1-4}", "E{num:1-30}"),
    "name": by_language(("Herr Bergmann", "Frau Lindner", "Hr. Schütz", "Fr. Özdemir", "Frau K.", "Herr W."), ("Mr. Hale", "Mrs. Osborne", "Ms. Pike", "the patient")),
    "diff": by_language(("gut differenziert", "mäßig differenziert", "mäßiggradig differenziert", "schlecht differenziert", "wenig differenziert"),
                        ("well differentiated", "moderately differentiated", "poorly differentiated", "moderate to poorly differentiated")),
    "neo": by_language(("neoadjuvanter Chemotherapie", "neoadjuvanter Radiochemotherapie", "Vorbehandlung", "präoperativer Strahlentherapie"), ("neoadjuvant chemotherapy", "neoadjuvant chemoradiation")),
    "tick": words("X", "x", "☒", "✓"), "box": words("[ ]", "☐", "( )", "__"), "bul": words("- ", "• ", "* ", "– ", "-"), "col": words(": ", ":", " : ", " - ", ":  ", " = "),
}
