#!/usr/bin/env python3
"""Turn marked-up documents into sample texts and gold.

    python3 datasets/annotate.py             write samples/*.txt and gold/samples.jsonl from gold/src/*.mark, gold/NAME.jsonl from gold/lines/NAME.marks
    python3 datasets/annotate.py --check     compare what is on disk with the sources, check every rule of the format, print counts
    python3 datasets/annotate.py --suspects  list look-alikes and known drug names that carry no mark (for reading, not an error)
    python3 datasets/annotate.py --show ID   print the mentions, statements and medications of one document

A source file has a head, a text and, where needed, document-level lists:

    %language de
    %newline crlf            (optional; lf is the default)
    %normalize nfd           (optional; the text is written with combining characters)
    %text
    Histologie: [[T:pT2a]] [[N:pN1a]] ([[Nodes:2/14]])
    [[both#m:Metamizol]] wurde wegen [[ade<m:Agranulozytose]] abgesetzt.
    %tnm
    t=2a t_prefix=p n=1a n_prefix=p nodes_positive=2 nodes_examined=14
    %medications
    m status=stopped
    + drug=Penicillin inn=- status=allergy

A mark is `[[LABELS MODIFIERS:text]]` without blanks before the colon. Marks may be nested, they may not cross.
LABELS    joined by `+`, a mention for each: a tnm label as in LABELS.md (T N M L V Pn R S G Stage Nodes Edition Gleason);
          ade: `adrug ade ind`; medication: `drug str form dose freq route dur why`; `both` is `drug+adrug`.
MODIFIERS `#id` names a drug; `<id,id` relates the mention to these drugs; `<-` to none. A medication mark without `<` belongs to the
          drug before it. `!word` sets a value: neg poss hyp (assertion), hist plan (temporality), fam other (subject), and on a drug
          stopped planned allergy (status); in training files also none: named and not taken (refused, measured, a relative's), so no mention.

`%tnm` holds one statement a line, `column=value`; assertion and temporality are affirmed and current unless said.
The medications list is derived from the marks (one row for each `drug` mark): the INN from gold/src/inn.tsv, strength, doses and
daily amount by plain arithmetic. A line under `%medications` corrects it: `id column=value ...` (`column=` removes the column),
`id drop` removes the row (the brand beside its substance in one table line);
`+ column=value ...` adds a row for a drug that stands inside a compound word.

`gold/lines/NAME.marks` holds many short documents. They get no sample file: each line of gold/NAME.jsonl carries its "text", so that the file
is input and gold at once. A bad file is reported and the others are written.

    # a remark, only above the first %doc
    %language de             the defaults of the file
    %supervise ade relations (optional: the heads that the file speaks about, gold field "supervise"; absent = all.
                             Training files say `status` where each drug says what becomes of it)
    %doc ade_de_001          a new document; %language, %supervise, %newline or %normalize in the lines after it hold for this document
    Unter [[adrug#a:Amoxicillin]] [[ade<a:Exanthem]].
    %medications             and %tnm as above
    ...

Empty lines around a text are no part of it, and it has no line end at its end. The rows `tnm` and `medications` are only in records that speak
about tnm and medication; only the latter need an INN for each drug.

Offsets are Unicode code points into the file as read with newline='' (CRLF counts as two).
"""

import json
import re
import shlex
import sys
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from datasets.amounts import Wrong, medication_row, number  # noqa: E402 - the file is a program too

SOURCES = HERE / "gold" / "src"
LINES = HERE / "gold" / "lines"
SAMPLES = HERE / "samples"
GOLD = HERE / "gold" / "samples.jsonl"

TNM = {name: ("tnm", name) for name in "T N M L V Pn R S G Stage Nodes Edition Gleason".split()}
ADE = {"adrug": ("ade", "Drug"), "ade": ("ade", "ADE"), "ind": ("ade", "Indication")}
MEDICATION = {
    "drug": ("medication", "Drug"), "str": ("medication", "Strength"), "form": ("medication", "Form"), "dose": ("medication", "Dose"),
    "freq": ("medication", "Frequency"), "route": ("medication", "Route"), "dur": ("medication", "Duration"), "why": ("medication", "Reason"),
}
LABELS = {**TNM, **ADE, **MEDICATION}
RELATION = {("ade", "ADE"): "causes", ("ade", "Indication"): "treats"}
RELATION.update({pair: pair[1].lower() + "_of" for pair in MEDICATION.values() if pair[1] != "Drug"})

FLAGS = {
    "neg": ("assertion", "negated"), "poss": ("assertion", "possible"), "hyp": ("assertion", "hypothetical"),
    "hist": ("temporality", "history"), "plan": ("temporality", "planned"), "fam": ("subject", "family"), "other": ("subject", "other"),
    "stopped": ("status", "stopped"), "planned": ("status", "planned"), "allergy": ("status", "allergy"),
    "none": ("status", "none"),
}
HEADS = ["tnm", "ade", "medication", "relations", "status"]
INTEGERS = {"nodes_positive", "nodes_examined", "sentinel_positive", "sentinel_examined", "gleason_primary", "gleason_secondary", "isup"}
NUMBERS = {"breslow_mm", "strength_value", "daily_value"}
BOOLEANS = {"y", "r_recurrence", "a_autopsy", "prn"}
TNM_COLUMNS = set(
    "t n m t_prefix n_prefix m_prefix y r_recurrence a_autopsy multiplicity t_suffix n_suffix m_suffix nodes_positive nodes_examined "
    "sentinel_positive sentinel_examined l v pn s r grade stage stage_system edition gleason_primary gleason_secondary isup breslow_mm "
    "clark site assertion temporality".split()
)
MEDICATION_COLUMNS = set(
    "drug inn strength_value strength_unit form route schedule doses daily_value daily_unit prn duration indication status".split()
)

MARK = re.compile(r"\[\[([A-Za-z+]+)((?:#\w+|!\w+|<[\w,-]+)*):")
# A mention may end in a full stop only where the stop belongs to an abbreviation.
ABBREVIATION = re.compile(r"(?:Tbl|Tabl|Trpf|Kps|Kaps|Amp|Supp|ed|Aufl|tgl|wö|inh|[A-Za-z]\. ?[A-Za-z]|p\.i|\d\d|max|Btl|ret|Filmtbl|Inh|susp|tab|tabs|cap|caps|Std|TBL|TbI|Kautbl|comp|bds|Bed|Wo)\.$")


def value_of(column, text, place):
    try:
        if column in INTEGERS:
            return int(text)
        if column in NUMBERS:
            return number(text)
        if column in BOOLEANS:
            return {"true": True, "false": False}[text]
        if column == "doses":
            return [number(part) for part in text.split("-")]
    except (KeyError, ValueError) as error:
        raise Wrong(f"{place}: {column}={text}") from error
    return text


def columns_of(line, known, place):
    row = {}
    for part in shlex.split(line):
        column, equals, text = part.partition("=")
        if not equals or column not in known:
            raise Wrong(f"{place}: {part!r} is no column")
        row[column] = value_of(column, text, place) if text else None
    return row


def read_source(path):
    """The head, the marked text and the lists of one source file."""
    head, text, lists, part = {}, [], {"tnm": [], "medications": []}, "head"
    for line in path.read_text(encoding="utf-8").split("\n"):
        word = line.split(" ")[0]
        if word in ("%text", "%tnm", "%medications"):
            part = word[1:]
        elif part == "head":
            if line.strip():
                head[word[1:]] = line.split(" ", 1)[1].strip()
        elif part == "text":
            text.append(line)
        elif line.strip():
            lists[part].append(line)
    while text and not text[-1]:
        text.pop()
    if head.get("language") not in ("de", "en"):
        raise Wrong(f"{path.name}: %language is missing")
    return head, "\n".join(text) + "\n", lists


def read_lines(path):
    """The documents of one file of short documents: (name, head, marked text, lists) of each."""
    defaults, documents, part = {}, [], "head"
    for line in path.read_text(encoding="utf-8").split("\n"):
        word, _, rest = line.partition(" ")
        if word == "%doc":
            documents.append((rest.strip(), dict(defaults), [], {"tnm": [], "medications": []}))
            part = "doc"
        elif word in ("%language", "%supervise", "%newline", "%normalize") and part in ("head", "doc"):
            (documents[-1][1] if documents else defaults)[word[1:]] = rest.strip()
        elif word in ("%tnm", "%medications") and documents:
            part = word[1:]
        elif word[:1] == "%" and re.fullmatch(r"%[a-z]+", word):
            raise Wrong(f"{path.name}: {line!r} does not stand where it can be read")
        elif part in ("doc", "text"):
            documents[-1][2].append(line)
            part = "text" if line.strip() else part
        elif part == "head" and line.strip() and line[0] != "#":
            raise Wrong(f"{path.name}: text before the first %doc: {line!r}")
        elif part in ("tnm", "medications") and line.strip():
            documents[-1][3][part].append(line)
    for name, head, text, lists in documents:
        if not re.fullmatch(r"\w+", name):
            raise Wrong(f"{path.name}: {name!r} is no name")
        if head.get("language") not in ("de", "en"):
            raise Wrong(f"{name}: %language is missing")
        unknown = [word for word in head.get("supervise", "").split() if word not in HEADS]
        if unknown or head.get("supervise") == "":
            raise Wrong(f"{name}: %supervise {' '.join(unknown)}")
        yield name, head, "\n".join(text).strip("\n"), lists


def parse(marked, name):
    """The plain text and its marks, in order of begin (outer before inner)."""
    plain, length, marks, open_marks, at = [], 0, [], [], 0
    ids, last_drug = {}, None
    while at < len(marked):
        found = MARK.match(marked, at)
        if found:
            labels = [word for label in found[1].split("+") for word in (["drug", "adrug"] if label == "both" else [label])]
            unknown = [label for label in labels if label not in LABELS]
            if unknown:
                raise Wrong(f"{name}: no label {unknown[0]} in {found[0]}")
            mark = {"labels": labels, "begin": length, "flags": {}, "id": None, "heads": None}
            for modifier in re.findall(r"[#!<][\w,-]+", found[2]):
                if modifier[0] == "#":
                    mark["id"] = modifier[1:]
                elif modifier[0] == "<":
                    mark["heads"] = [] if modifier == "<-" else modifier[1:].split(",")
                elif modifier[1:] in FLAGS:
                    mark["flags"].update([FLAGS[modifier[1:]]])
                else:
                    raise Wrong(f"{name}: no flag {modifier}")
            if {"drug", "adrug"} & set(labels):
                mark["id"] = mark["id"] or f"_{len(marks)}"
                if mark["id"] in ids:
                    raise Wrong(f"{name}: id {mark['id']} twice")
                ids[mark["id"]] = mark
                if "drug" in labels:
                    last_drug = mark["id"]
            elif mark["heads"] is None and any(LABELS[label][0] == "medication" for label in labels):
                if last_drug is None:
                    raise Wrong(f"{name}: {found[0]} has no drug before it")
                mark["heads_medication"] = [last_drug]
            marks.append(mark)
            open_marks.append(mark)
            at = found.end()
        elif open_marks and marked.startswith("]]", at):
            mark = open_marks.pop()
            mark["end"] = length
            at += 2
        elif marked.startswith("[[", at):
            raise Wrong(f"{name}: not a mark: {marked[at:at + 40]!r}")
        else:
            plain.append(marked[at])
            length += 1
            at += 1
    if open_marks:
        raise Wrong(f"{name}: a mark is not closed")
    return "".join(plain), marks, ids


def read_inn():
    table = {}
    for line in (SOURCES / "inn.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, inn = line.split("\t")
            if table.setdefault(written.lower(), inn) != inn:
                raise Wrong(f"inn.tsv: {written} twice")
    return table


def annotations(name, marked):
    """Plain text, marks, mentions, the mention of each (mark, label), relations, and what is said of each medication by drug id."""
    text, marks, ids = parse(marked, name)
    mentions, mention_of = [], {}
    for mark in sorted(marks, key=lambda mark: (mark["begin"], -mark["end"])):
        for label in mark["labels"]:
            task, title = LABELS[label]
            mention = {"task": task, "label": title, "begin": mark["begin"], "end": mark["end"], "text": text[mark["begin"]:mark["end"]]}
            if task == "tnm" or label == "ade":
                mention["assertion"] = mark["flags"].get("assertion", "affirmed")
                mention["temporality"] = mark["flags"].get("temporality", "current")
                mention["subject"] = mark["flags"].get("subject", "patient")
            mention_of[(id(mark), label)] = len(mentions)
            mentions.append(mention)

    relations, attributes = [], {}
    for mark in marks:
        for label in mark["labels"]:
            kind = RELATION.get(LABELS[label])
            if not kind:
                continue
            task = LABELS[label][0]
            heads = mark["heads"] if mark["heads"] is not None else (mark.get("heads_medication", []) if task == "medication" else [])
            for head_id in heads:
                if head_id not in ids:
                    raise Wrong(f"{name}: no drug has the id {head_id}")
                head_label = "adrug" if task == "ade" else "drug"
                if head_label not in ids[head_id]["labels"]:
                    raise Wrong(f"{name}: drug {head_id} is no {head_label}, but {label} {text[mark['begin']:mark['end']]!r} needs one")
                tail = mention_of[(id(mark), label)]
                relations.append({"type": kind, "head": mention_of[(id(ids[head_id]), head_label)], "tail": tail})
                if task == "medication":
                    attributes.setdefault(head_id, []).append((tail, mentions[tail]["label"], mentions[tail]["text"]))
    relations.sort(key=lambda relation: (relation["head"], relation["tail"], relation["type"]))
    return text, marks, mentions, mention_of, relations, attributes


def convert(name, head, marked, lists, inn_table, with_text=False):
    """One source -> (text as it is written to the file, gold record)."""
    supervise = head["supervise"].split() if "supervise" in head else None
    speaks_of = set(supervise or HEADS)
    if head.get("normalize") == "nfd":
        marked = unicodedata.normalize("NFD", marked)
    if head.get("newline") == "crlf":
        marked = marked.replace("\n", "\r\n")
    text, marks, mentions, mention_of, relations, attributes = annotations(name, marked)

    medications, row_of = [], {}
    drugs = [mark for mark in marks if "drug" in mark["labels"]] if "medication" in speaks_of else []
    for mark in sorted(drugs, key=lambda mark: mark["begin"]):
        mention = mentions[mention_of[(id(mark), "drug")]]
        key = unicodedata.normalize("NFC", " ".join(mention["text"].split())).lower()
        if key not in inn_table:
            raise Wrong(f"{name}: inn.tsv has no {key!r}")
        row = medication_row(mention, [pair[1:] for pair in sorted(attributes.get(mark["id"], []))], inn_table[key])
        row["status"] = mark["flags"].get("status", "active")
        medications.append(row)
        row_of[mark["id"]] = row
    for part, task in (("tnm", "tnm"), ("medications", "medication")):
        if lists[part] and task not in speaks_of:
            raise Wrong(f"{name}: %{part} without %supervise {task}")
    for line in lists["medications"]:
        word, _, rest = line.partition(" ")
        if rest == "drop" and word in row_of:
            medications = [row for row in medications if row is not row_of[word]]
            continue
        row = columns_of(rest, MEDICATION_COLUMNS, f"{name} {word}")
        if word == "+":
            if row.get("inn") == "-":
                del row["inn"]
            medications.append(row)
        elif word in row_of:
            row_of[word].update(row)
        else:
            raise Wrong(f"{name}: no drug has the id {word}")
    medications = [{column: value for column, value in row.items() if value is not None} for row in medications]

    statements = []
    for line in lists["tnm"]:
        row = columns_of(line, TNM_COLUMNS, name)
        row.setdefault("assertion", "affirmed")
        row.setdefault("temporality", "current")
        statements.append(row)

    record = {"doc_id": name, "language": head["language"]}
    if with_text:
        record["text"] = text
    if supervise is not None:
        record["supervise"] = supervise
    record.update(mentions=mentions, relations=relations)
    if "tnm" in speaks_of:
        record["tnm"] = statements
    if "medication" in speaks_of:
        record["medications"] = medications
    return text, record


def stage_value(text, letter):
    """`ypT2a(m)`, `pT-3c` or a `MO` from OCR -> `2a`, `3c`, `0`, so that a mention can be compared with the statements."""
    text = "".join(text.split())
    found = re.fullmatch(rf"[yramcpu]*{letter}-?(is|[0-4OX+](?:[a-d]\d?|mi)?(?:[-/][0-4Xabc]+)?|a)(?:\(.*\))?", text, re.I)
    return found[1].lower().replace("o", "0") if found else text.lower()


def problems(text, record):
    """Everything that breaks the format or the guide in a way a machine can see."""
    out = []
    mentions = record["mentions"]
    taken = {}
    for number_, mention in enumerate(mentions):
        begin, end, slice_ = mention["begin"], mention["end"], mention["text"]
        if not (0 <= begin < end <= len(text)) or text[begin:end] != slice_:
            out.append(f"mention {number_} is not its slice: {slice_!r}")
        if slice_ != slice_.strip():
            out.append(f"blank at an end: {slice_!r}")
        if slice_[-1] in ",;:" or (slice_[-1] == "." and not ABBREVIATION.search(slice_)):
            out.append(f"closing punctuation: {slice_!r}")
        if re.search(r"\r?\n[ \t]*\r?\n", slice_):
            out.append(f"crosses an empty line: {slice_!r}")
        if unicodedata.combining(text[end:end + 1] or " ") or unicodedata.combining(slice_[0]):
            out.append(f"cuts a combining character: {slice_!r}")
        for other_begin, other_end, other in taken.get(mention["task"], []):
            if begin < other_end and other_begin < end:
                out.append(f"overlap in task {mention['task']}: {slice_!r} and {other!r}")
        taken.setdefault(mention["task"], []).append((begin, end, slice_))
    if [mention["begin"] for mention in mentions] != sorted(mention["begin"] for mention in mentions):
        out.append("mentions are not in order")
    for relation in record["relations"]:
        head, tail = mentions[relation["head"]], mentions[relation["tail"]]
        if head["label"] != "Drug" or head["task"] != tail["task"] or RELATION.get((tail["task"], tail["label"])) != relation["type"]:
            out.append(f"relation {relation} joins {head['label']} and {tail['label']}")
    for letter in "TNM" if "tnm" in record else "":
        stated = {str(row[letter.lower()]).lower() for row in record["tnm"] if letter.lower() in row}
        seen = {stage_value(mention["text"], letter) for mention in mentions if mention["label"] == letter}
        due = {stage_value(m["text"], letter) for m in mentions
               if m["label"] == letter and m["assertion"] != "hypothetical" and m["subject"] == "patient"}
        for value in sorted(stated - seen):
            out.append(f"statement {letter}={value} has no mention")
        for value in sorted(due - stated):
            out.append(f"mention {letter} {value} is in no statement")
    for row in record.get("tnm", []):
        if row["assertion"] not in ("affirmed", "negated", "possible", "hypothetical") or row["temporality"] not in ("current", "history", "planned"):
            out.append(f"statement {row}")
        if row.get("nodes_positive", 0) > row.get("nodes_examined", 10**6):
            out.append(f"more nodes affected than examined: {row}")
    words = len(text.split())
    least, most = (1, 250) if "text" in record else (100, 600)
    if not least <= words <= most:
        out.append(f"{words} words")
    return out


def suspects(text, record, inn_table):
    """Text that looks like something to mark and is not marked, of the tasks that the document speaks about."""
    speaks_of = set(record.get("supervise", HEADS))
    drugs_in = "medication" if "medication" in speaks_of else "ade"
    marked = {}
    for mention in record["mentions"]:
        marked.setdefault(mention["task"], set()).update(range(mention["begin"], mention["end"]))
    stage = re.compile(
        r"\b[yram]*[cpu]?[TN] ?-?(?:[0-4OX]|is)[a-d]?\b|\bc?p?M ?[01OX][a-c]?\b|\b(?:L|V|Pn|R|G|S)[0-4X]\b|\b\d{1,2}/\d{1,2}\b|"
        r"\b(?:I{1,3}|IV)[ABC]?\d?\b|[Aa]uflage|edition|Gleason|Stadium|[Ss]tage\b")
    found = [(hit.start(), "tnm", hit[0]) for hit in stage.finditer(text) if "tnm" in speaks_of and hit.start() not in marked.get("tnm", ())]
    lower = text.lower()
    for name in inn_table if drugs_in in speaks_of else ():
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", lower):
            if hit.start() not in marked.get(drugs_in, ()):
                found.append((hit.start(), drugs_in, text[hit.start():hit.end()]))
    regimen = re.compile(r"\b[\d,.½]+ ?- ?[\d,½]+ ?- ?[\d,½]+(?: ?- ?[\d,½]+)?\b|\b\d[\d.,]* ?(?:mg|µg|IE|mcg)\b|\bp\.o\.|\bi\.v\.|\bs\.c\.|\btgl\b|\bdaily\b|täglich")
    if "medication" in speaks_of:
        found += [(hit.start(), "medication", hit[0]) for hit in regimen.finditer(text) if hit.start() not in marked.get("medication", ())]
    for begin, task, hit in sorted(found):
        line_begin = text.rfind("\n", 0, begin) + 1
        line_end = text.find("\n", begin)
        yield f"{record['doc_id']}: {task} {hit!r} in {text[line_begin:line_end].strip()!r}"


def counts(title_of_all, records):
    tables = [("documents", Counter((record["language"], "document") for record in records))]
    for task in ("tnm", "ade", "medication"):
        tables.append((task, Counter((r["language"], m["label"]) for r in records for m in r["mentions"] if m["task"] == task)))
    tables.append(("relations", Counter((r["language"], x["type"]) for r in records for x in r["relations"])))
    for column in ("assertion", "temporality", "subject"):
        for task in ("tnm", "ade"):
            tables.append((f"{column} ({task})", Counter((r["language"], m[column]) for r in records for m in r["mentions"] if m["task"] == task and column in m)))
    tables.append(("tnm statements", Counter((r["language"], f"{s['assertion']}, {s['temporality']}") for r in records for s in r.get("tnm", []))))
    tables.append(("medication rows", Counter((r["language"], s["status"]) for r in records for s in r.get("medications", []))))
    print(f"{title_of_all:34}{'de':>6}{'en':>6}{'all':>6}")
    for title, counter in tables:
        for label in sorted({label for _, label in counter}):
            german, english = counter[("de", label)], counter[("en", label)]
            print(f"{title + ': ' + label:34}{german:6}{english:6}{german + english:6}")


def documents_of(sources, inn_table, with_text):
    """Every document of one gold file, and what is wrong with those that cannot be read."""
    documents, bad = [], []
    try:
        for name, head, marked, lists in sources:
            try:
                documents.append(convert(name, head, marked, lists, inn_table, with_text))
            except Wrong as wrong:
                bad.append(str(wrong))
    except Wrong as wrong:
        bad.append(str(wrong))
    bad += [f"{record['doc_id']}: {line}" for text, record in documents for line in problems(text, record)]
    return documents, bad


def gold_files(inn_table):
    """(gold file, documents, what is wrong) of the samples and of each file of short documents."""
    samples = ((path.stem, *read_source(path)) for path in sorted(SOURCES.glob("*.mark")))
    files = [(GOLD, *documents_of(samples, inn_table, with_text=False))]
    for path in sorted(LINES.glob("*.marks")):
        files.append((HERE / "gold" / (path.stem + ".jsonl"), *documents_of(read_lines(path), inn_table, with_text=True)))
    times = Counter(record["doc_id"] for _, documents, _ in files for _, record in documents)
    for _, documents, bad in files:
        bad += sorted({f"{record['doc_id']}: this name is used {times[record['doc_id']]} times" for _, record in documents if times[record["doc_id"]] > 1})
    return files


def show(record):
    for number_, mention in enumerate(record["mentions"]):
        extra = " ".join(mention.get(column, "") for column in ("assertion", "temporality", "subject"))
        print(f"{number_:4} {mention['task']:10} {mention['label']:10} {mention['begin']:5} {mention['text']!r} {extra}")
    for relation in record["relations"]:
        print(relation["type"], record["mentions"][relation["head"]]["text"], "->", record["mentions"][relation["tail"]]["text"])
    for row in record.get("tnm", []) + record.get("medications", []):
        print(json.dumps(row, ensure_ascii=False))


def check(files, inn_table):
    """What differs between the sources and the disk; prints the counts of each gold file."""
    bad = []
    wanted = {record["doc_id"] + ".txt" for _, record in files[0][1]}
    bad += [f"{path.name}: no source" for path in sorted(SAMPLES.glob("*.txt")) if path.name not in wanted]
    golds = {gold for gold, _, _ in files}
    bad += [f"gold/{path.name}: no source" for path in sorted(GOLD.parent.glob("*.jsonl")) if path not in golds]
    for text, record in files[0][1]:
        path = SAMPLES / (record["doc_id"] + ".txt")
        if not path.exists() or path.read_bytes() != text.encode("utf-8"):
            bad.append(f"{path.name} is not what its source says; run annotate.py")
    for gold, documents, _ in files:
        if not gold.exists() or gold.read_bytes() != lines_of(documents):
            bad.append(f"gold/{gold.name} is not what the sources say; run annotate.py")
        counts(gold.stem, [record for _, record in documents])
    mentions = (mention for _, documents, _ in files for _, record in documents for mention in record["mentions"])
    written = {" ".join(mention["text"].split()).lower() for mention in mentions if mention["label"] == "Drug"}
    return bad + [f"inn.tsv: {name} is in no document" for name in inn_table if name not in written]


def lines_of(documents):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for _, record in documents).encode("utf-8")


def main(arguments):
    inn_table = read_inn()
    files = gold_files(inn_table)
    bad = [line for _, _, wrong in files for line in wrong]
    if arguments[:1] == ["--suspects"]:
        for _, documents, _ in files:
            for text, record in documents:
                for line in suspects(text, record, inn_table):
                    print(line)
    elif arguments[:1] == ["--show"]:
        for _, documents, _ in files:
            for _, record in documents:
                if record["doc_id"] in arguments[1:]:
                    show(record)
    elif arguments[:1] == ["--check"]:
        bad += check(files, inn_table)
    else:
        for gold, documents, wrong in files:
            if wrong:
                continue
            for text, record in documents if gold == GOLD else []:
                SAMPLES.mkdir(exist_ok=True)
                (SAMPLES / (record["doc_id"] + ".txt")).write_bytes(text.encode("utf-8"))
            gold.write_bytes(lines_of(documents))
            print(f"{gold.name}: {len(documents)} documents written")
    for line in bad:
        print(line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)
