"""Builds engine/knowledge/data/tnm_categories.tsv and tnm_stages.tsv from public staging tables.

Usage: python3 scripts/knowledge/build_tnm.py [KNOWLEDGE_FOLDER]      (default ../shared/knowledge)

The folder holds seer-staging (codes taken from the SEER*API staging algorithms, BSD-3-Clause) and vista-oncology (codes taken from the VistA
Oncology package, public domain). Only codes enter: no description, no note. What the sources leave to another table (thyroid, breast of edition 8) stands in BY_HAND, as facts.

Categories: edition, schema, axis, values. Stages: edition, schema, T, N, M, facts, stage; lists are separated by commas, "*" is any value,
"-" as stage means that it hangs on something that is not among the facts. Coarse categories (T4 beside T4a, T4b) have no rows: the engine
asks for each of the finer ones and takes what they share.
"""

import collections
import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "engine" / "knowledge" / "data"

# schema: chapters of AJCC 8, schema of SEER EOD (edition 8), schema of SEER TNM 7. A "7:" schema for edition 8 says that nothing changed.
SCHEMAS = {
    "oral_cavity": ("7", "tongue_anterior", "tongue_anterior"),
    "salivary_gland": ("8", "major_salivary_glands", "parotid_gland"),
    "nasopharynx": ("9", "nasopharynx", "nasopharynx"),
    "oropharynx_p16": ("10", "oropharynx_hpv_mediated_p16_pos", "oropharynx"),
    "oropharynx": ("11.1", "oropharynx_p16_neg", "oropharynx"),
    "hypopharynx": ("11.2", "hypopharynx", "hypopharynx"),
    "maxillary_sinus": ("12.1", "maxillary_sinus", "sinus_maxillary"),
    "nasal_cavity": ("12.2", "nasal_cavity_ethmoid_sinus", "nasal_cavity"),
    "supraglottis": ("13.1", "larynx_supraglottic", "larynx_supraglottic"),
    "glottis": ("13.2", "larynx_glottic", "larynx_glottic"),
    "subglottis": ("13.3", "larynx_subglottic", "larynx_subglottic"),
    "mucosal_melanoma": ("14", None, "melanoma_hypopharynx"),
    "skin_carcinoma": ("15", "cutaneous_carcinoma_head_neck", "skin"),
    "esophagus_squamous": ("16.1", "esophagus_including_ge_junction_squamous", "=esophagus"),
    "esophagus_adeno": ("16.2", None, "=esophagus"),
    "stomach": ("17", "stomach", "stomach"),
    "small_intestine": ("18.1", "7:small_intestine", "small_intestine"),
    "appendix": ("19", "appendix", "appendix"),
    "colorectum": ("20", "colon_rectum", "colon"),
    "anus": ("21", "anus", "anus"),
    "liver": ("22", "liver", "liver"),
    "bile_duct_intrahepatic": ("23", "bile_ducts_intrahepat", "bile_ducts_intrahepat"),
    "gallbladder": ("24", "gallbladder", "gallbladder"),
    "bile_duct_perihilar": ("25", "bile_ducts_perihilar", "bile_ducts_perihilar"),
    "bile_duct_distal": ("26", "bile_ducts_distal", "bile_ducts_distal"),
    "ampulla": ("27", "ampulla_vater", "ampulla_vater"),
    "pancreas": ("28", "pancreas", "pancreas_head"),
    "net_stomach": ("29", "net_stomach", "net_stomach"),
    "net_duodenum": ("30", "net_duodenum", "net_ampulla"),
    "net_ileum": ("31", "net_jejunum_ileum", "net_small_intestine"),
    "net_appendix": ("32", "net_appendix", "carcinoid_appendix"),
    "net_colorectum": ("33", "net_colon_rectum", "net_colon"),
    "net_pancreas": ("34", "net_pancreas", "pancreas_head"),
    "thymus": ("35", "thymus", None),
    "lung": ("36", "lung", "lung"),
    "pleura": ("37", "pleural_mesothelioma", "pleura"),
    "bone": ("38.1", "bone_appendicular_skeleton", "=bone"),
    "soft_tissue_head_neck": ("40", None, None),
    "soft_tissue": ("41", "soft_tissue_trunk_extremities", "soft_tissue"),
    "retroperitoneum": ("44", "retroperitoneum", "retroperitoneum"),
    "gist_stomach": ("43.1", None, "gist_stomach"),
    "gist_other": ("43.2", None, "gist_small_intestine"),
    "merkel_cell": ("46", "merkel_cell_skin", "merkel_cell_skin"),
    "melanoma": ("47", "melanoma_skin", "melanoma_skin"),
    "breast": ("48", "7:breast", "breast"),
    "vulva": ("50", "vulva", "vulva"),
    "vagina": ("51", "vagina", "vagina"),
    "cervix": ("52", "cervix", "cervix"),
    "corpus": ("53", "corpus_carcinoma", "corpus_carcinoma"),
    "corpus_sarcoma": ("54.1", "corpus_sarcoma", "corpus_sarcoma"),
    "ovary": ("55", "ovary", "ovary"),
    "fallopian_tube": ("55", "fallopian_tube", "fallopian_tube"),
    "penis": ("57", "penis", "penis"),
    "prostate": ("58", "prostate", "prostate"),
    "testis": ("59", "testis", "testis"),
    "kidney": ("60", "kidney_parenchyma", "kidney_parenchyma"),
    "renal_pelvis": ("61.1", "kidney_renal_pelvis", "kidney_renal_pelvis"),
    "bladder": ("62.1", "bladder", "bladder"),
    "urethra": ("63.1", "urethra", "urethra"),
    "eyelid": ("64", "skin_eyelid", "skin_eyelid"),
    "uveal_melanoma": ("67.2", "melanoma_choroid_ciliary_body", "melanoma_choroid"),
    "thyroid": ("73.1", None, "=thyroid"),
    "thyroid_anaplastic": ("73.2", None, "=thyroid"),
    "thyroid_medullary": ("74", "thyroid_medullary", "=thyroid"),
    "adrenal_cortex": ("76", "adrenal_gland", "adrenal_gland"),
}
# Further categories that are in use: cervix 1b3 (FIGO 2018, AJCC version 9).
MORE = {("8", "cervix", "T"): ["1b3"]}
# UICC TNM 2009 and 2017: prostate by extent alone; thyroid, which the sources branch into tables of their own.
BY_HAND = [
    ("7", "prostate_uicc", "1,1a,1b,1c,2a", "0", "0", "", "I"),
    ("7", "prostate_uicc", "2b,2c", "0", "0", "", "II"),
    ("7", "prostate_uicc", "3,3a,3b", "0", "0", "", "III"),
    ("7", "prostate_uicc", "4", "0", "0", "", "IV"),
    ("7", "prostate_uicc", "*", "1", "0", "", "IV"),
    ("7", "prostate_uicc", "*", "*", "1,1a,1b,1c", "", "IV"),
    ("8", "prostate_uicc", "1,1a,1b,1c,2a", "0", "0", "", "I"),
    ("8", "prostate_uicc", "2b,2c", "0", "0", "", "II"),
    ("8", "prostate_uicc", "3,3a,3b,4", "0", "0", "", "III"),
    ("8", "prostate_uicc", "*", "1", "0", "", "IV"),
    ("8", "prostate_uicc", "*", "*", "1,1a,1b,1c", "", "IV"),
    ("8", "thyroid", "*", "*", "0", "age=lt55", "I"),
    ("8", "thyroid", "*", "*", "1", "age=lt55", "II"),
    ("8", "thyroid", "1,1a,1b,2", "0,0a,0b,X", "0", "age=ge55", "I"),
    ("8", "thyroid", "1,1a,1b,2", "1,1a,1b", "0", "age=ge55", "II"),
    ("8", "thyroid", "3,3a,3b", "*", "0", "age=ge55", "II"),
    ("8", "thyroid", "4a", "*", "0", "age=ge55", "III"),
    ("8", "thyroid", "4b", "*", "0", "age=ge55", "IVA"),
    ("8", "thyroid", "*", "*", "1", "age=ge55", "IVB"),
    ("8", "thyroid_anaplastic", "1,1a,1b,2,3a", "0,0a,0b,X", "0", "", "IVA"),
    ("8", "thyroid_anaplastic", "1,1a,1b,2,3a", "1,1a,1b", "0", "", "IVB"),
    ("8", "thyroid_anaplastic", "3b,4,4a,4b", "*", "0", "", "IVB"),
    ("8", "thyroid_anaplastic", "*", "*", "1", "", "IVC"),
    ("7", "thyroid", "*", "*", "0", "age=lt45", "I"),
    ("7", "thyroid", "*", "*", "1", "age=lt45", "II"),
    ("7", "thyroid", "1,1a,1b", "0", "0", "age=ge45", "I"),
    ("7", "thyroid", "2", "0", "0", "age=ge45", "II"),
    ("7", "thyroid", "3", "0", "0", "age=ge45", "III"),
    ("7", "thyroid", "1,1a,1b,2,3", "1a", "0", "age=ge45", "III"),
    ("7", "thyroid", "1,1a,1b,2,3", "1b", "0", "age=ge45", "IVA"),
    ("7", "thyroid", "4a", "0,1,1a,1b", "0", "age=ge45", "IVA"),
    ("7", "thyroid", "4b", "*", "0", "age=ge45", "IVB"),
    ("7", "thyroid", "*", "*", "1", "age=ge45", "IVC"),
]
# Facts that the engine knows, under the names that the sources give them; all others make a stage unknown where it hangs on them.
FACTS = {"grade": "grade", "grade_based_on_ssf1": "grade", "s_category": "s", "s": "s", "prefix_n_in": "n", "psa": "psa"}
PSA = {"0.1-9.9": "lt10", "10.0-19.9": "10to20", "20.0-99.9": "ge20", "001-099": "lt10", "100-199": "10to20", "200-980": "ge20"}
GRADES = {"1", "2", "3", "4", "L", "H"}


def category(code):
    """ "pT1MI", "cM0(i+)", "Tis(DCIS)" -> "1mi", "0", "is"; None for what is no category."""
    code = re.sub(r"\(.*\)|I[+-]$|M[+-]$|MOL[+-]$", "", code.strip())
    code = re.sub(r"^[cp]?[TNM]", "", re.sub(r"^[cp](?=[0-9IXA])", "", code))
    if code.upper() in ("88", "99", ""):
        return None
    return "X" if code.upper() == "X" else code.lower()


def several(text):
    """ "0,1,2-4,X" -> the categories, None for any."""
    if text.strip() == "*":
        return None
    found = []
    for part in text.split(","):
        # Isolated tumour cells do not change the group; their suffix has a column of its own.
        if re.search(r"I[+-]|M[+-]|MOL", part.upper()):
            continue
        span = re.fullmatch(r"\s*(\d)-(\d)\s*", part)
        codes = [str(i) for i in range(int(span[1]), int(span[2]) + 1)] if span else [part]
        found += [one for one in map(category, codes) if one]
    return found


def stage(value):
    """ "VALUE:3A1" -> "IIIA1"; None where there is no stage."""
    code = value.removeprefix("VALUE:").split(":")[0]
    if not value.startswith("VALUE:") or code in ("", "88", "99") or "{" in code:
        return None
    if code == "OccultCarcinoma":
        return "okk"
    if code[0] == "0":
        return code.lower()
    return ["I", "II", "III", "IV"][int(code[0]) - 1] + code[1:]


def fact_values(name, text, schema):
    """The values of one fact in a row: None for any, [] for unknown."""
    text = text.strip()
    if text == "*":
        return None
    values = []
    for part in text.split(","):
        part = part.strip()
        if name == "psa":
            values += [PSA[part]] if part in PSA else []
        elif name == "s":
            part = part.removeprefix("S")
            values.append({"9": "X"}.get(part, part))
        elif name == "n":
            values += ["c"] if part == "c" else ["p"] if part == "p" else []
        elif part in GRADES or schema == "prostate" and part == "5":
            values.append(part)
    return values


class Table:
    """One staging table: (t, n, m) -> {facts: stages}."""

    def __init__(self):
        self.cells = collections.defaultdict(lambda: collections.defaultdict(set))
        self.axes = {"T": [], "N": [], "M": []}

    def add(self, schema, inputs, values, found, extra=()):
        names = inputs.split(",")
        if names[:3] != ["t", "n", "m"]:
            return
        parts = [part.strip() for part in values.split("|")]
        lists = [several(part) for part in parts[:3]]
        if any(one == [] for one in lists):
            return
        if schema == "melanoma" and lists[2]:
            # (0) and (1) after M1a to M1d tell of LDH and do not change the group.
            lists[2] = list(dict.fromkeys(code[:2] for code in lists[2]))
        for axis, codes in zip("TNM", lists):
            self.axes[axis] += [code for code in codes or [] if code not in self.axes[axis]]
        facts = list(extra)
        for name, text in zip(names[3:], parts[3:]):
            known = FACTS.get(name)
            values_ = fact_values(known, text, schema) if known else None
            if values_ == []:
                return
            if values_ is not None:
                facts.append((("isup" if schema == "prostate" and known == "grade" else known), tuple(values_)))
        self.cells[tuple(None if one is None else tuple(one) for one in lists)][tuple(facts)].add(stage(found) or "none")

    def rows(self):
        """(t list, n list, m list, facts, stage), one value an entry; "-" where rows disagree on a fact that the engine does not know."""
        order = []
        for (ts, ns, ms), by_facts in self.cells.items():
            for facts, stages in by_facts.items():
                for combination in product([[(name, value) for value in values] for name, values in facts]):
                    one = stages.copy()
                    value = one.pop() if len(one) == 1 else "-"
                    if value != "none":
                        order.append((ts or ("*",), ns or ("*",), ms or ("*",), ";".join(f"{k}={v}" for k, v in combination), value))
        return order


def product(lists):
    out = [[]]
    for one in lists:
        out = [head + [item] for head in out for item in one]
    return out


def compress(rows):
    """Merges rows that differ in one list only."""
    flat = {}
    for ts, ns, ms, facts, value in rows:
        for t in ts:
            for n in ns:
                for m in ms:
                    known = flat.setdefault((t, n, m, facts), value)
                    if known != value:
                        flat[(t, n, m, facts)] = "-"
    out = [((t,), (n,), (m,), facts, value) for (t, n, m, facts), value in flat.items()]
    for axis in (0, 1, 2):
        groups = {}
        for row in out:
            key = tuple(part for i, part in enumerate(row) if i != axis)
            groups.setdefault(key, []).extend(row[axis])
        out = []
        for key, merged in groups.items():
            row = list(key)
            row.insert(axis, tuple(dict.fromkeys(merged)))
            out.append(tuple(row))
    return out


def coarse(codes):
    """Categories of which finer ones exist; 1mi is not a finer 1."""
    return {a for a in codes for b in codes if b != a and b.startswith(a) and not b.endswith("mi") and a not in ("a", "i")}


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


def main(knowledge):
    seer, vista = knowledge / "seer-staging", knowledge / "vista-oncology"
    stages8, stages7, valid7 = (read(seer / f"{name}.tsv") for name in ("stage_group_tnm8", "stage_group_tnm7", "valid_values_tnm7"))
    valid8 = read(vista / "ajcc8_valid_categories_resolved.tsv")
    categories, rows = [], []
    for schema, (chapter, eod, seven) in SCHEMAS.items():
        axes8 = collections.defaultdict(list)
        for own, _, axis, value, *_ in valid8:
            code = category(value)
            if own == chapter and axis in ("T", "pT", "N", "pN", "M") and code and code not in axes8[axis]:
                axes8[axis].append(code)
        axes7 = collections.defaultdict(list)
        for own, _, axis, value in valid7:
            name = {"t": "T", "n": "N", "m": "M"}[axis[-1]]
            code = category(value)
            if seven and own == seven.lstrip("=") and code and code not in axes7[name]:
                axes7[name].append(code)
        for edition, source in (("8", eod), ("7", seven)):
            table = Table()
            if edition == "8" and source and not source.startswith("7:"):
                for own, _, _, inputs, values, found in stages8:
                    if own == source:
                        table.add(schema, inputs, values, found)
            elif source and not source.startswith("="):
                for own, name, inputs, values, found in stages7:
                    if own == source.removeprefix("7:") and "_stage_" in name:
                        # Only melanoma has other groups where nodes were not examined.
                        by_n = [("n", ("p" if "path" in name else "c",))] if schema == "melanoma" else []
                        table.add(schema, inputs, values, found, by_n)
            axes = axes8 if edition == "8" else axes7
            for axis, more in table.axes.items():
                axes[axis] += [code for code in more if axes[axis] and code not in axes[axis]]
            for axis in ("T", "pT", "N", "pN", "M"):
                axes[axis] += MORE.get((edition, schema, axis), [])
                if axes[axis]:
                    categories.append((edition, schema, axis, " ".join(axes[axis])))
            rough = [coarse(table.axes[axis]) for axis in "TNM"]
            kept = []
            for ts, ns, ms, facts, value in table.rows():
                lists = [[one for one in codes if one not in rough[i]] for i, codes in enumerate((ts, ns, ms))]
                if schema == "prostate" and edition == "8" and "2" in ts:
                    lists[0].append("p2")
                if all(lists):
                    kept.append((*map(tuple, lists), facts, value))
            own_name = "prostate_ajcc" if schema == "prostate" else schema
            rows += [(edition, own_name, *map(",".join, row[:3]), row[3], row[4]) for row in compress(kept)]
    rows += [(row[0], row[1], *row[2:5], row[5], row[6]) for row in BY_HAND]
    head = "# Built by scripts/knowledge/build_tnm.py; sources and licences: SOURCE.md. Codes only.\n"
    with open(DATA / "tnm_categories.tsv", "w", encoding="utf-8") as file:
        file.write(head + "# edition\tschema\taxis\tcategories\n")
        file.writelines("\t".join(row) + "\n" for row in categories)
    with open(DATA / "tnm_stages.tsv", "w", encoding="utf-8") as file:
        file.write(head + "# edition\tschema\tT\tN\tM\tfacts\tstage\n")
        file.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "knowledge")
