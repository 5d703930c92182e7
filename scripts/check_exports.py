"""Validates what `befund export` wrote: oBDS against its schema, FHIR against R4 and the profiles' codes, CSV against the dataset.

    pip install lxml fhir.resources fhirkit-rs pyarrow
    befund extract datasets/samples --out out
    befund export out --to csv --out out-csv
    befund export out --to fhir --out out-fhir --patient-id-from doc_id
    befund export out --to obds --out out-obds --metadata facts.csv --sender-id TEST --report-date 2026-01-31 --report pathology
    python scripts/check_exports.py --csv out-csv --dataset out --fhir out-fhir --obds out-obds --xsd oBDS_v3.0.4.xsd

The schema is not ours to ship: `oBDS_v3.0.4.xsd` is published by Plattform §65c (basisdatensatz.de, "XML-Schema") and lies in public
repositories such as bzkf/obds-to-fhir. Without --xsd the oBDS check is passed over, with a message. `fhir.resources` reads R4B, whose
Observation, Patient and Bundle are those of R4; fhirkit reads R4 itself. What the MII oncology module demands beyond R4 is in `PROFILES`.
`--facts FILE` writes a metadata file of made-up particulars for all documents, to try oBDS with.

Ends with 0 and a line a check, or with 1 and what is wrong. Prints names of elements and codes, never names of patients.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from pathlib import Path

MODULE = "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/"
SNOMED, LOINC, UICC = "http://snomed.info/sct", "http://loinc.org", "https://www.uicc.org/resources/tnm"
# Profile of the module -> the codes it allows, the system of its value (None: a quantity).
PROFILES = {
    "mii-pr-onko-tnm-klassifikation": ({"399390009", "399537006", "399588009"}, UICC),
    "mii-pr-onko-tnm-t-kategorie": ({"78873005", "399504009", "384625004"}, UICC),
    "mii-pr-onko-tnm-n-kategorie": ({"277206009", "399534004", "371494008"}, UICC),
    "mii-pr-onko-tnm-m-kategorie": ({"277208005", "399387003", "371497001"}, UICC),
    "mii-pr-onko-tnm-l-kategorie": ({"395715009"}, UICC),
    "mii-pr-onko-tnm-v-kategorie": ({"371493002"}, UICC),
    "mii-pr-onko-tnm-pn-kategorie": ({"371513001"}, UICC),
    "mii-pr-onko-tnm-s-kategorie": ({"399424006"}, UICC),
    "mii-pr-onko-tnm-y-symbol": ({"101658-3"}, SNOMED),
    "mii-pr-onko-tnm-r-symbol": ({"101659-1"}, SNOMED),
    "mii-pr-onko-tnm-a-symbol": ({"101660-9"}, SNOMED),
    "mii-pr-onko-tnm-m-symbol": ({"42030-7"}, UICC),
    "mii-pr-onko-residualstatus": ({"84892-9", "445200009"}, MODULE + "CodeSystem/mii-cs-onko-residualstatus"),
    "mii-pr-onko-grading": ({"33732-9"}, MODULE + "CodeSystem/mii-cs-onko-grading"),
    "mii-pr-onko-anzahl-befallene-lymphknoten": ({"21893-3"}, None),
    "mii-pr-onko-anzahl-untersuchte-lymphknoten": ({"21894-1"}, None),
    "mii-pr-onko-anzahl-befallene-sentinel-lymphknoten": ({"92832-5"}, None),
    "mii-pr-onko-anzahl-untersuchte-sentinel-lymphknoten": ({"85347-3"}, None),
}
# Members that the group and N may name.
GROUP_MEMBERS = {name for name in PROFILES if name.startswith("mii-pr-onko-tnm-")} - {"mii-pr-onko-tnm-klassifikation"}
NODE_COUNTS = {name for name in PROFILES if "lymphknoten" in name}


def fail(message: str) -> None:
    print(f"check_exports: {message}", file=sys.stderr)
    raise SystemExit(1)


def profile(resource: dict) -> str | None:
    claimed = resource.get("meta", {}).get("profile", [])
    return claimed[0].removeprefix(MODULE + "StructureDefinition/") if claimed else None


def check_profile(resource: dict, where: str) -> None:
    """What the module demands of an Observation that claims one of its profiles."""
    name = profile(resource)
    if name is None:
        return
    if name not in PROFILES:
        fail(f"{where}: unknown profile {name}")
    codes, value_system = PROFILES[name]
    written = {coding["code"] for coding in resource["code"]["coding"]}
    if not written <= codes:
        fail(f"{where}: {name} has code {written - codes}")
    if "effectiveDateTime" not in resource and "_effectiveDateTime" not in resource:
        fail(f"{where}: {name} has neither a date nor a reason why not")
    if value_system is None:
        quantity = resource["valueQuantity"]
        if (quantity["system"], quantity["code"]) != ("http://unitsofmeasure.org", "1") or quantity["value"] < 0:
            fail(f"{where}: {name} is not a count")
    elif "valueCodeableConcept" in resource:
        systems = {coding["system"] for coding in resource["valueCodeableConcept"].get("coding", [])}
        if systems != {value_system}:
            fail(f"{where}: {name} has values of {systems}")
    elif name != "mii-pr-onko-tnm-klassifikation":
        fail(f"{where}: {name} has no value")


def check_references(bundle: dict, where: str) -> int:
    """Every reference is to an entry of the right kind; returns how many there are."""
    entries = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    if len(entries) != len(bundle["entry"]):
        fail(f"{where}: two entries share a fullUrl")
    n_references = 0
    members: Counter[str] = Counter()
    for url, resource in entries.items():
        if url != f"urn:uuid:{resource['id']}":
            fail(f"{where}: fullUrl and id differ")
        if resource["resourceType"] != "Observation":
            continue
        if entries.get(resource["subject"]["reference"], {}).get("resourceType") != "Patient":
            fail(f"{where}: a subject is not a patient of the Bundle")
        allowed = NODE_COUNTS if profile(resource) == "mii-pr-onko-tnm-n-kategorie" else GROUP_MEMBERS | NODE_COUNTS
        for member in resource.get("hasMember", []):
            found = entries.get(member["reference"])
            if found is None:
                fail(f"{where}: a member is not in the Bundle")
            if profile(found) not in allowed | {None}:
                fail(f"{where}: {profile(resource)} must not have {profile(found)} as a member")
            members[member["reference"]] += 1
        n_references += 1 + len(resource.get("hasMember", []))
    if any(n > 1 for n in members.values()):
        fail(f"{where}: an Observation is a member twice")
    return n_references


def check_fhir(folder: Path) -> None:
    from fhir.resources.R4B.bundle import Bundle

    try:
        import fhirkit
    except ImportError:
        fhirkit = None
        print("fhir: fhirkit-rs is not installed; its check is passed over")
    n_observations = n_references = 0
    paths = sorted(folder.glob("bundle-*.json"))
    if not paths:
        fail(f"{folder}: no bundle-*.json")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        bundle = json.loads(text)
        Bundle.model_validate(bundle)
        if fhirkit is not None:
            check_with_fhirkit(fhirkit, text, path.name)
        for entry in bundle["entry"]:
            if entry["resource"]["resourceType"] == "Observation":
                check_profile(entry["resource"], path.name)
                n_observations += 1
        n_references += check_references(bundle, path.name)
    print(f"fhir: {len(paths)} Bundles, {n_observations} Observations, {n_references} references resolve; valid")


def check_with_fhirkit(fhirkit, text: str, where: str) -> None:
    errors = [issue for issue in fhirkit.validate(text) if issue.severity == "error"]
    if errors:
        fail(f"{where}: " + "; ".join(f"{issue.path}: {issue.message}" for issue in errors[:5]))


def check_obds(folder: Path, xsd: Path | None) -> None:
    path = folder / "obds.xml"
    if not path.exists():
        fail(f"{folder}: no obds.xml; left_out.csv says why")
    from lxml import etree

    document = etree.parse(path)
    cases = document.findall(".//{*}Meldung")
    for tnm in [*document.findall(".//{*}cTNM"), *document.findall(".//{*}pTNM")]:
        for axis in "TNM":
            if tnm.find("{*}" + axis) is not None and tnm.find("{*}c_p_u_Praefix_" + axis) is None:
                fail(f"{path.name}: {axis} without its prefix, which oBDS reads as c")
    if xsd is None:
        print(f"obds: {len(cases)} Meldungen, well formed; NOT validated: give --xsd oBDS_v3.0.4.xsd (where from: see --help)")
        return
    schema = etree.XMLSchema(etree.parse(xsd))
    if not schema.validate(document):
        lines = [f"line {error.line}: {error.message.replace('{http://www.basisdatensatz.de/oBDS/XML}', '')}" for error in schema.error_log]
        fail(f"{path.name} does not fit {xsd.name}: " + "; ".join(lines[:5]))
    print(f"obds: {len(cases)} Meldungen, valid against {xsd.name}")


def check_csv(folder: Path, dataset: Path) -> None:
    rows = json.loads((dataset / "run.json").read_text(encoding="utf-8"))["rows"]
    rows["tnm_people"] = rows["tnm"]
    for table, n in rows.items():
        raw = (folder / f"{table}.csv").read_bytes()
        separator = ";" if raw.startswith(b"\xef\xbb\xbf") else ","
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, delimiter=separator, strict=True))
        if len(lines) != n + 1 or any(len(line) != len(lines[0]) for line in lines):
            fail(f"{table}.csv: {len(lines) - 1} rows of {n}, or rows of different lengths")
        if table != "tnm_people":
            check_columns(table, lines[0], dataset)
    print(f"csv: {len(rows)} files, {sum(rows.values())} rows, as many as run.json has")


def check_columns(table: str, header: list[str], dataset: Path) -> None:
    import pyarrow.dataset

    columns = pyarrow.dataset.dataset(dataset / table, format="parquet").schema.names
    if header != columns:
        fail(f"{table}.csv: columns {set(header) ^ set(columns)} differ from the dataset's")


def write_facts(path: Path) -> None:
    columns = "doc_id last_name first_names birth_date sex diagnosis_date icd10 icd10_version notification_basis own_service patient_id"
    # Of a patient who does not exist; icd10 stands in where the text gives no site.
    facts = ["*", "Muster", "Erika", "1956", "U", "2024-03", "C80.9", "10 2025 GM", "D", "J", "TEST"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns.split(), facts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("csv", "dataset", "fhir", "obds", "xsd", "facts"):
        parser.add_argument(f"--{name}", type=Path)
    args = parser.parse_args()
    if args.facts:
        write_facts(args.facts)
    if args.csv:
        check_csv(args.csv, args.dataset or fail("--csv needs --dataset"))
    if args.fhir:
        check_fhir(args.fhir)
    if args.obds:
        check_obds(args.obds, args.xsd)


if __name__ == "__main__":
    main()
