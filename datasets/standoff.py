#!/usr/bin/env python3
"""Gold for texts that are not ours to hand on: offsets and labels here, the text where its owners keep it.

    python3 datasets/standoff.py from-marks MARKS CORPUS OUT.jsonl    marked working copies + the corpus -> stand-off gold
    python3 datasets/standoff.py join GOLD.jsonl CORPUS OUT.jsonl     stand-off gold + the corpus -> a gold file with texts

A stand-off file holds one JSON line a document: `doc_id`, `language`, `source` (what to fetch), `text_sha256` (of the UTF-8 text), `supervise`,
`unlabelled`, `mentions` and `relations` as in LABELS.md but without `text`, and `medications` or `tnm` rows with numbers and codes only. A row of
`medications` has the `begin` and `end` of its drug. What `join` writes has the texts, the words of the mentions and the columns that quote them:
`befund extract` reads it as input and `befund eval --gold` as gold. It stays outside the project, like the corpus.

CORPUS is a file or a folder, as it was fetched: `.txt` files, `.jsonl`, `.json` (UIMA CAS too) or `.csv`, in which every string is a possible text.
A text is found by its sha256, so file names and field names do not matter; a text that differs in one character is refused.

To make stand-off gold: copy each text into MARKS/DOC_ID.mark (outside the project) under a head, and mark it as the head of annotate.py describes:

    %language de
    %source GraSCCo_PHI, doi:10.5281/zenodo.11502329
    %supervise medication relations
    %unlabelled medication.Reason            (optional)
    %text
    the text with [[drug:marks]], otherwise untouched (blanks at line ends and a byte order mark too)
    %medications                             (optional, also %tnm)
    ...

`from-marks` takes the marks away and the rest must be the text of the corpus, to the character (empty lines at its end apart). A `[` of the
text right before a mark is written `{[}`. INNs come from gold/src/inn.tsv and MARKS/inn.tsv. `%medications` may correct the columns of codes and
numbers and drop rows; it adds none, since a row needs a mention.

It knows nothing of what the engine finds.
"""

import csv
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from annotate import HEADS, LABELS, MEDICATION_COLUMNS, convert, problems, read_inn

from datasets.amounts import ROUTES, Wrong, medication_row

# Columns of `medications` whose value is a quote of the text, or may be one.
QUOTES = ("drug", "form", "schedule", "duration", "indication")
# problems() also judges the samples as samples; a real letter is as long as it is, and its statements may be left unlisted.
OF_SAMPLES = re.compile(r"\d+ words$|mention [TNM] .* is in no statement$|statement [TNM]=.* has no mention$")
# Real letters write more routes and more abbreviations than the samples.
ROUTES += [(r"intravenöse[nr]?|per inf\.", "intravenous"), (r"transdermale[nrs]?", "transdermal")]
ABBREVIATED = re.compile(r"closing punctuation: '.*(?:Lsg|Drg|Tr|inf|tägl|mol)\.'$")
# `[` right before a mark cannot be told from the mark; working copies write `{[}` for it.
BRACKET, STAND_IN = "{[}", "\ue000"


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_of(inner)


def texts_of(corpus):
    """Every string of the corpus that may be a document, and every short one that may be its name."""
    corpus = Path(corpus)
    if not corpus.exists():
        raise Wrong(f"{corpus} does not exist; name the file or folder with the texts")
    csv.field_size_limit(1 << 30)
    for path in sorted(corpus.rglob("*")) if corpus.is_dir() else [corpus]:
        if path.suffix not in (".txt", ".jsonl", ".json", ".csv"):
            continue
        yield path.stem
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            try:
                if path.suffix == ".jsonl":
                    for line in file:
                        yield from strings_of(json.loads(line)) if line.strip() else ()
                elif path.suffix == ".json":
                    yield from strings_of(json.load(file))
                elif path.suffix == ".csv":
                    for row in csv.reader(file):
                        yield from row
                else:
                    yield file.read()
            except ValueError as error:
                raise Wrong(f"{path} cannot be read as {path.suffix[1:]}") from error


def read_mark(path):
    """The head, the marked text and the lists of a working copy. Line ends are kept as they are."""
    with path.open(encoding="utf-8", newline="") as file:
        head, found, rest = file.read().replace(BRACKET, STAND_IN).partition("%text\n")
    if not found:
        raise Wrong(f"{path.name}: no line %text")
    head = dict(line[1:].split(" ", 1) for line in head.splitlines() if line.strip())
    lists = {"tnm": [], "medications": []}
    parts = re.split(r"(?m)^%(tnm|medications)\n", rest)
    for part, lines in zip(parts[1::2], parts[2::2]):
        lists[part] += [line for line in lines.splitlines() if line.strip()]
    if any(line.startswith("+") for line in lists["medications"]):
        raise Wrong(f"{path.name}: a row without a mention has no place in stand-off gold")
    unknown = [word for word in head.get("supervise", "").split() if word not in HEADS]
    if head.get("language") not in ("de", "en") or not head.get("source") or not head.get("supervise") or unknown:
        raise Wrong(f"{path.name}: the head needs %language, %source and %supervise with known heads")
    return head, parts[0], lists


def drug_of_row(rows, mentions):
    """Rows follow the order of the drugs; a dropped row leaves a drug over. Pairs each row with its drug."""
    drugs = iter([mention for mention in mentions if (mention["task"], mention["label"]) == ("medication", "Drug")])
    for row in rows:
        for mention in drugs:
            if mention["text"] == row.get("drug"):
                yield row, mention
                break
        else:
            raise Wrong("a medication row has no drug mention; do not change the column drug")


def wrong_in(text, record):
    """What problems() says, without what it says of samples only."""
    return [line for line in problems(text, {"tnm": [], **record}) if not OF_SAMPLES.match(line) and not ABBREVIATED.match(line)]


def from_marks(marks, corpus, out):
    names = {LABELS[key] for key in LABELS}
    inn_table = read_inn()
    extra = Path(marks) / "inn.tsv"
    if extra.exists():
        inn_table.update(line.split("\t") for line in extra.read_text(encoding="utf-8").splitlines() if line)
    texts = {text.rstrip("\n"): text for text in texts_of(corpus)}
    records = []
    for path in sorted(Path(marks).glob("*.mark")):
        head, marked, lists = read_mark(path)
        plain, gold = convert(path.stem, {key: head[key] for key in ("language", "supervise")}, marked, lists, inn_table)
        text = texts.get(plain.replace(STAND_IN, "[").rstrip("\n"))
        if text is None:
            raise Wrong(f"{path.name}: without its marks this is no text of the corpus")
        bad = wrong_in(text, gold)
        if bad:
            raise Wrong("\n".join(f"{path.name}: {line}" for line in bad))
        record = {"doc_id": path.stem, "language": head["language"], "source": head["source"], "text_sha256": digest(text), "supervise": gold["supervise"]}
        if head.get("unlabelled"):
            record["unlabelled"] = head["unlabelled"].split()
            if not all(tuple(name.split(".")) in names for name in record["unlabelled"]):
                raise Wrong(f"{path.name}: %unlabelled {head['unlabelled']}")
        record["mentions"] = [{key: value for key, value in mention.items() if key != "text"} for mention in gold["mentions"]]
        record["relations"] = gold["relations"]
        if "tnm" in record["supervise"] and lists["tnm"]:
            record["tnm"] = gold["tnm"]
        if "medication" in record["supervise"]:
            record["medications"] = [
                {"begin": mention["begin"], "end": mention["end"], **{key: value for key, value in row.items() if key not in QUOTES}}
                for row, mention in drug_of_row(gold["medications"], gold["mentions"])]
        records.append(record)
    if not records:
        raise Wrong(f"no .mark file in {marks}")
    write(records, out)


def join(gold, corpus, out):
    with open(gold, encoding="utf-8") as file:
        records = [json.loads(line) for line in file if line.strip()]
    wanted = {record["text_sha256"] for record in records}
    texts, names = {}, set()
    for text in texts_of(corpus):
        if len(text) < 200:
            names.add(text)
        key = digest(text)
        if key in wanted:
            texts[key] = text
    missing = [record for record in records if record["text_sha256"] not in texts]
    for record in missing:
        what = "is there, but its text is another version" if record["doc_id"] in names else "is not there"
        print(f"{record['doc_id']} {what}: no text of {corpus} has the sha256 {record['text_sha256']}; fetch {record['source']}", file=sys.stderr)
    if missing:
        raise Wrong(f"{len(missing)} of {len(records)} texts are missing; nothing was written")
    joined = []
    for record in records:
        text = texts[record["text_sha256"]]
        mentions = [{**mention, "text": text[mention["begin"]:mention["end"]]} for mention in record["mentions"]]
        full = {key: record[key] for key in ("doc_id", "language", "source", "supervise", "unlabelled") if key in record}
        full.update(text=text, mentions=mentions, relations=record["relations"])
        if "tnm" in record:
            full["tnm"] = record["tnm"]
        if "medications" in record:
            full["medications"] = [with_quotes(row, mentions, record["relations"]) for row in record["medications"]]
        bad = wrong_in(text, full)
        if bad:
            raise Wrong(f"{record['doc_id']}: {len(bad)} spans or relations break the guide; the gold file was changed")
        joined.append(full)
    write(joined, out)


def with_quotes(row, mentions, relations):
    """A row of numbers and codes, with the columns that quote the text."""
    at, drug = next((at, mention) for at, mention in enumerate(mentions)
                    if mention["task"] == "medication" and mention["label"] == "Drug" and mention["begin"] == row["begin"])
    tails = sorted(relation["tail"] for relation in relations if relation["head"] == at)
    derived = medication_row(drug, [(mentions[tail]["label"], mentions[tail]["text"]) for tail in tails], "-")
    return {key: value for key, value in {**derived, **row}.items()
            if key in MEDICATION_COLUMNS and (key in QUOTES or key in row)}


def write(records, out):
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    found = Counter(f"{mention['task']}.{mention['label']}" for record in records for mention in record["mentions"])
    pairs = Counter(relation["type"] for record in records for relation in record["relations"])
    print(f"{len(records)} documents;", ", ".join(f"{name} {count}" for name, count in sorted({**found, **pairs}.items())))


def main(arguments):
    verbs = {"from-marks": from_marks, "join": join}
    if len(arguments) != 4 or arguments[0] not in verbs:
        print(__doc__, file=sys.stderr)
        return 2
    verbs[arguments[0]](*arguments[1:])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Wrong, OSError) as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(1)
