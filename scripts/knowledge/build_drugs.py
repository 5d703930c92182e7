"""Builds engine/knowledge/data/drugs.tsv: names of drugs (English, German) -> English INN and DrugBank id.

Why a script: the table is committed, so that the engine builds without the sources; this file says how each row came about.
Sources and licences: engine/knowledge/data/SOURCE.md. Rows known only from Wikipedia are dropped; so are names that are ordinary words
(engine/knowledge/data/guards.tsv, rule `stop`, each with its reason). German brands are not made here: they stand in brands_de.tsv.

Usage: python3 scripts/knowledge/build_drugs.py [KNOWLEDGE_FOLDER]      (default ../shared/knowledge)
It does not know: doses, classes, or which name is sold where.
"""

import collections
import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "engine" / "knowledge" / "data"

# US adopted name or other canonical name of the vocabulary -> INN (WHO). Facts.
TO_INN = {
    "acetaminophen": "paracetamol", "aspirin": "acetylsalicylic acid", "dipyrone": "metamizole", "albuterol": "salbutamol",
    "torsemide": "torasemide", "glyburide": "glibenclamide", "meperidine": "pethidine", "isoproterenol": "isoprenaline",
    "cyclosporine": "ciclosporin", "rifampin": "rifampicin", "penicillin g": "benzylpenicillin",
    "penicillin v": "phenoxymethylpenicillin", "propoxyphene": "dextropropoxyphene", "acyclovir": "aciclovir",
    "amobarbital": "amobarbital", "bendroflumethiazide": "bendroflumethiazide", "cromoglicic acid": "cromoglicic acid",
    "cholestyramine": "colestyramine", "cholecalciferol": "colecalciferol", "vitamin d3": "colecalciferol",
    "clomiphene": "clomifene", "dicyclomine": "dicycloverine", "ergonovine": "ergometrine", "methimazole": "thiamazole",
    "mechlorethamine": "chlormethine", "nitroglycerin": "glyceryl trinitrate", "scopolamine": "hyoscine",
    "phytonadione": "phytomenadione", "vitamin k 1": "phytomenadione", "leucovorin": "folinic acid",
    "methotrimeprazine": "levomepromazine", "pirinitramide": "piritramide", "simethicone": "simeticone", "pancrelipase": "pancreatin",
    "alendronate": "alendronic acid", "ibandronate": "ibandronic acid", "etidronate": "etidronic acid", "pamidronate": "pamidronic acid",
    "ado-trastuzumab emtansine": "trastuzumab emtansine", "vasopressins": "vasopressin", "gentamicins": "gentamicin", "salicylazosulfapyridine": "sulfasalazine", "streptozocin": "streptozocin",
    "thiopental": "thiopental", "trihexyphenidyl": "trihexyphenidyl", "valproate": "valproic acid", "pyridostigmine": "pyridostigmine",
    "lidocaine": "lidocaine", "norepinephrine": "norepinephrine", "epinephrine": "epinephrine", "dopamine": "dopamine",
    "levothyroxine": "levothyroxine", "thyroxine": "levothyroxine", "liothyronine": "liothyronine", "nafcillin": "nafcillin",
    "cephalexin": "cefalexin", "cephazolin": "cefazolin", "cefazolin": "cefazolin", "cephalothin": "cefalotin",
    "cephradine": "cefradine", "beclomethasone": "beclometasone", "benzathine": "benzathine", "busulfan": "busulfan",
    "hydroxyurea": "hydroxycarbamide", "mesalamine": "mesalazine", "amphetamine": "amfetamine",
    "dextroamphetamine": "dexamfetamine", "methamphetamine": "metamfetamine", "chlorpheniramine": "chlorphenamine",
    "furosemide": "furosemide", "estradiol": "estradiol", "medroxyprogesterone acetate": "medroxyprogesterone",
    "fluticasone propionate": "fluticasone", "fluticasone furoate": "fluticasone", "bicalutamide": "bicalutamide",
    "ipratropium": "ipratropium bromide", "tiotropium": "tiotropium bromide", "glycopyrrolate": "glycopyrronium bromide",
    "glycopyrronium": "glycopyrronium bromide", "umeclidinium": "umeclidinium bromide", "aclidinium": "aclidinium bromide",
    "trospium": "trospium chloride", "sodium picosulfate": "sodium picosulfate", "picosulfuric acid": "sodium picosulfate",
    "magnesium cation": "magnesium", "potassium cation": "potassium", "l-dopa": "levodopa", "pentosan polysulfate": "pentosan polysulfate",
    "interferon beta-1a": "interferon beta-1a", "guaifenesin": "guaifenesin", "lactitol": "lactitol", "pheniramine": "pheniramine",
    "phenobarbital": "phenobarbital", "quinine": "quinine", "sulfamethoxazole": "sulfamethoxazole", "benztropine": "benzatropine",
    "carbidopa": "carbidopa", "dimenhydrinate": "dimenhydrinate", "butylscopolamine": "butylscopolamine",
    "cobicistat": "cobicistat", "cyanocobalamin": "cyanocobalamin", "vitamin c": "ascorbic acid", "tocopherol": "tocopherol",
    "pentaerythritol tetranitrate": "pentaerythrityl tetranitrate", "acetohydroxamic acid": "acetohydroxamic acid",
    "dexchlorpheniramine maleate": "dexchlorpheniramine", "levobunolol": "levobunolol", "oxytetracycline": "oxytetracycline",
    "insulin human": "insulin human", "human insulin": "insulin human", "sulphasalazine": "sulfasalazine",
    "ethinyl estradiol": "ethinylestradiol", "theophylline": "theophylline", "tretinoin": "tretinoin",
    "mycophenolate mofetil": "mycophenolate mofetil", "mycophenolic acid": "mycophenolic acid", "alfa-tocopherol": "tocopherol",
}

# Last parts that only INNs have: they let in newer substances that neither statute names.
STEMS = re.compile(
    r"(?:mab|tinib|anib|rafenib|metinib|ciclib|parib|zomib|gliptin|gliflozin|glutide|glinide|glitazone|sartan|pril|statin|xaban|gatran"
    r"|grel|prazole|setron|triptan|gepant|lukast|tidine|vaptan|afil|dronate|vir|buvir|asvir|previr|tegravir|conazole|fungin|floxacin"
    r"|cillin|cycline|mycin|oxetine|azepam|zolam|peridol|piprazole|lurasidone|azepine|rubicin|taxel|platin|citabine|trexed|trexate"
    r"|relin|relix|lutamide|tecan|poside|mustine|limus|cept|kinra|parin|parinux|olol|dipine|thiazide|semide|oxaban|tropium|terol"
    r"|sonide|metasone|betasol|caine|curium|curonium|fentanil|orphan|orexant|melteon|racetam|gabalin|bamate|toin|suximide)$"
)

# Words of salts and forms; the engine strips them itself, so names that only add one are not stored.
SALTS = set(
    "acetate aspartate besilate besylate bitartrate bromide calcium chloride citrate dihydrochloride dihydrate dimesylate diphosphate "
    "dipropionate disodium edisylate esylate etabonate fumarate furoate gluconate glutamate hcl hemifumarate hemihydrate hydrate hydrobromide "
    "hydrochloride hydrogen iodide lactate magnesium malate maleate medoxomil mesilate mesylate monohydrate monohydrochloride napsylate nitrate "
    "orotate oxalate palmitate pamoate phosphate pivalate potassium propionate salt sesquihydrate sodium stearate succinate sulfate sulphate "
    "tannate tartrate tosilate tosylate trihydrate tromethamine trometamol valerate xinafoate zinc anhydrous base preparation".split()
)
# INNs in which such a word is part of the name.
KEEPS_SALT = re.compile(
    r"^(?:sodium|potassium|calcium|magnesium|zinc|iron|ferrous|lithium|aluminium|ammonium|barium|bismuth|silver|strontium) "
    r"|(?:tropium|clidinium|pyrronium|curium|curonium) bromide$|trospium chloride$|pentosan polysulfate"
)

PLAIN = re.compile(r"^[a-zäöüß][a-z0-9äöüß' \-]*$")
MAX_NAME = 38
# Short names that are in use; other names under five letters collide with abbreviations.
KEEP_SHORT = set("hctz ddavp dtic apap lasix xanax keppra cipro zocor coreg losec paxil volon haldol".split())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def german(name: str) -> set[str]:
    """German spellings of an English INN: endings, then c as k or z."""
    forms = {name}
    for word_end, ending in (
        ("ine", "in"), ("ate", "at"), ("ide", "id"), ("one", "on"), ("ole", "ol"), ("ene", "en"), ("ane", "an"), ("ime", "im"),
        ("ile", "il"), ("ame", "am"), ("ite", "it"), ("ile", "il"), ("fene", "fen"), ("ene", "en"), ("ase", "ase"), ("ome", "om"),
    ):
        if name.endswith(word_end):
            forms.add(name[: -len(word_end)] + ending)
    for form in list(forms):
        softened = re.sub(r"c(?=[eiyä])", "z", re.sub(r"c(?![heiyä])", "k", form))
        forms.add(softened)
        forms.add(re.sub(r"c(?![heiyä])", "k", form))
        if form.startswith("c") and not form.startswith("ch"):
            forms.add(("z" if form[1] in "eiy" else "k") + form[1:])
        if form.startswith("estr"):
            forms |= {"ö" + form[1:], "o" + form}
        if "sulf" in form:
            forms.add(form.replace("sulf", "sulph"))
        if form.startswith("cef"):
            forms.add("ceph" + form[3:])
    return forms


def usable(name: str, canonical: str) -> bool:
    """Whether a name of the vocabulary is something a clinician writes."""
    if not PLAIN.match(name) or not 4 <= len(name) <= MAX_NAME or len(name.split()) > 3:
        return False
    words = re.split(r"[ \-]", name)
    if len(words) > 1 and (words[-1] in SALTS or words[0] in SALTS or words[0] in {"acid", "sodium"}) and not KEEPS_SALT.match(name):
        return name == canonical
    if any(len(word) == 1 and word not in "bcdekl" for word in words) or re.search(r"\d{3}|^[a-z]{1,3}[ \-]?\d", name):
        return False
    if re.search(r"\d", name) and not re.search(r"^vitamin|interferon|peginterferon|factor|glp|insulin", name):
        return False
    if re.search(r"(?:methyl|ethyl|hydroxy|amino|oxo|chloro|phenyl|benzo|acetyl)-", name) or name.endswith(("um acetas", "acidum")):
        return False
    if len(name) < 5 and name not in KEEP_SHORT or len(name) < 6 and not re.search(r"[aeiouyäöü].*[aeiouyäöü]", name):
        return name == canonical or name in KEEP_SHORT
    return not re.search(r"\b(?:brand|drug|usp|protein|receptor|gene|homolog|powder|oil|whole|pollen|vaccine|extract)\b", name)


def brand_inns() -> set[str]:
    """The INNs that brands_de.tsv points to: what is sold under a brand is a drug."""
    return {inn for row in read(DATA / "brands_de.tsv") for inn in row["inn"].split("/")}


def select(folder: Path):
    """The vocabulary rows that are drugs: {canonical: (DrugBank id, names)}."""
    variants = collections.defaultdict(set)
    for row in read(folder / "drug-ner-vocab" / "variants.tsv"):
        variants[row["canonical"]].add(row["variant"])
    law = folder / "de-law-drugs"
    official = {row["name_de"].lower() for name in ("amvv_anlage1_names.tsv", "rpv_at_names.tsv") for row in read(law / name)}
    official |= {row["inn_en"].lower() for row in read(law / "amvv_name_to_inn_atc.tsv")} | brand_inns()
    kept = {}
    for row in read(folder / "drug-ner-vocab" / "canonical.tsv"):
        canonical = row["canonical"]
        if not (row["drugbank_id"] or row["mesh_id"]):
            continue
        names = variants[canonical] | {canonical}
        known = row["medline_plus_id"] or row["nhs_url"] or row["nhs_api_url"] or names & official
        if known or (row["drugbank_id"] and " " not in canonical and STEMS.search(canonical)):
            kept[canonical] = (row["drugbank_id"], names)
    return kept


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "knowledge"
    stop = {row["name"] for row in read(DATA / "guards.tsv") if row["rule"] == "stop"}
    law = folder / "de-law-drugs"
    amvv = [(row["name_de"].lower(), row["inn_en"].lower(), row["atc_codes"]) for row in read(law / "amvv_name_to_inn_atc.tsv")]
    official = {inn for _, inn, _ in amvv} | brand_inns()

    drugbank, own, borrowed = {}, collections.defaultdict(set), collections.defaultdict(set)
    inn_of = {}
    for canonical, (code, names) in sorted(select(folder).items()):
        words = canonical.split()
        base = " ".join(words[:-1]) if len(words) > 1 and words[-1] in SALTS and not KEEPS_SALT.search(canonical) else canonical
        inn = TO_INN.get(base) or (base if base in official else None)
        if inn is None:
            candidates = sorted(names & official)
            inn = candidates[0] if len(candidates) == 1 and base not in official else base
        inn_of[canonical] = inn
        if base == canonical or inn not in drugbank:
            drugbank[inn] = code or drugbank.get(inn, "")
        own[inn] |= {inn, base} & {name for name in (inn, base) if usable(name, name)}
        borrowed[inn] |= {name for name in names if usable(name, canonical)}

    atc = {}
    for name, inn, codes in amvv:
        inn = TO_INN.get(inn, inn_of.get(inn, inn))
        if not PLAIN.match(inn) or len(inn) > MAX_NAME:
            continue
        own[inn].add(inn)
        if PLAIN.match(name) and len(name) <= MAX_NAME:
            own[inn].add(name)
        if codes:
            atc.setdefault(inn, codes.split(",")[0].split("|")[0].split(";")[0].strip())

    # First claim wins in this order: the name itself, then German spellings, then synonyms of the vocabulary.
    owner = {}
    for inn in sorted(own):
        for name in sorted(own[inn]):
            if name == inn or name not in own:
                owner.setdefault(name, inn)
    for inn in sorted(own):
        for name in sorted(own[inn]):
            for form in sorted(german(name)):
                owner.setdefault(form, inn)
    for inn in sorted(borrowed):
        for name in sorted(borrowed[inn]):
            if name.endswith("um") and name[:-2] in owner:
                continue
            owner.setdefault(name, inn)

    table = collections.defaultdict(set)
    for name, inn in owner.items():
        if name in stop or inn in stop or len(name) < 4:
            continue
        table[inn].add(name)
    out = DATA / "drugs.tsv"
    n_names = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write("inn\tsystem\tcode\tnames\n")
        for inn in sorted(table):
            system, code = ("DrugBank", drugbank[inn]) if drugbank.get(inn) else ("ATC", atc[inn]) if atc.get(inn) else ("INN", "")
            names = sorted(table[inn])
            n_names += len(names)
            file.write(f"{inn}\t{system}\t{code}\t{'|'.join(names)}\n")
    print(f"{len(table)} substances, {n_names} names, {out.stat().st_size} bytes -> {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
