"""How many entries of stand-off medication gold are read whole: drug, strength and schedule, and the status beside them.

    python3 datasets/entries.py GOLD DATASET [even|odd]

GOLD is the joined file (`standoff.py join`), DATASET what `befund extract` wrote. An entry is a Drug of the gold with a row, and with at
least a Strength or a Frequency by relation (`--all`: any row). It is right when a row stands on a Drug that overlaps it, with the same INN
(where gold has one), every Strength of the gold overlapped by a Strength of that drug and every Frequency by a Frequency of it, no strength
value and no doses other than gold's. Prints counts of entries by what is wrong first.
"""

import argparse
import collections
import json

import pyarrow.parquet as parquet


def overlaps(one, other):
    return one["begin"] < other["end"] and other["begin"] < one["end"]


def parts(mentions, relations, head, kind):
    return [mentions[relation["tail"]] for relation in relations if relation["head"] == head and relation["type"] == kind]


def same_doses(one, other):
    return not one or not other or list(map(float, one)) == list(map(float, other))


def verdict(gold, row, found, wanted):
    """What is wrong first with an entry, or `right`. `wanted` and `found` map a relation type to mentions."""
    if row is None:
        return "no row"
    if gold.get("inn") and gold["inn"] != row["inn"]:
        return "another or no INN"
    if gold.get("strength_value") is not None and gold["strength_value"] != row["strength_value"]:
        return "strength value"
    for kind in ("strength_of", "frequency_of"):
        if not all(any(overlaps(part, other) for other in found[kind]) for part in wanted[kind]):
            return f"{kind} missing"
    return "right" if same_doses(gold.get("doses"), row["doses"]) else "doses"


def entries(document, rows, mentions, relations, every):
    """Verdict and pair of status for each entry of a document."""
    kinds = ("strength_of", "frequency_of")
    taken = set()
    for gold, place in zip(document["medications"], document["places"], strict=True):
        heads = [i for i, mention in enumerate(document["mentions"]) if mention["label"] == "Drug" and mention["begin"] == place]
        wanted = {kind: [part for head in heads for part in parts(document["mentions"], document["relations"], head, kind)] for kind in kinds}
        if not every and not any(wanted.values()):
            continue
        drug = document["mentions"][heads[0]]
        row = next((row for row in rows if row["mention_id"] not in taken and overlaps(mentions[row["mention_id"]], drug)), None)
        found = {kind: parts(mentions, relations, row["mention_id"], kind) if row else [] for kind in kinds}
        if row:
            taken.add(row["mention_id"])
        yield verdict(gold, row, found, wanted), (gold["status"], row["status"] if row else None)


def by_document(dataset, table):
    grouped = collections.defaultdict(list)
    for row in parquet.read_table(f"{dataset}/{table}").to_pylist():
        grouped[row["doc_id"]].append(row)
    return grouped


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold")
    parser.add_argument("dataset")
    parser.add_argument("--standoff", default="datasets/gold/standoff/letters_medication.jsonl", help="the gold with the places of its rows")
    parser.add_argument("--half", choices=["even", "odd"])
    parser.add_argument("--all", action="store_true", help="entries without strength and schedule, too")
    arguments = parser.parse_args()
    with open(arguments.standoff, encoding="utf-8") as lines:
        places = {row["doc_id"]: [one["begin"] for one in row["medications"]] for row in map(json.loads, lines)}
    tables = {table: by_document(arguments.dataset, table) for table in ("medications", "mentions", "relations")}
    verdicts, statuses = collections.Counter(), collections.Counter()
    with open(arguments.gold, encoding="utf-8") as lines:
        documents = list(map(json.loads, lines))
    if arguments.half:
        documents = documents[arguments.half == "odd" :: 2]
    for document in documents:
        document["places"] = places[document["doc_id"]]
        rows, mentions, relations = (tables[table][document["doc_id"]] for table in ("medications", "mentions", "relations"))
        for what, status in entries(document, rows, mentions, relations, arguments.all):
            verdicts[what] += 1
            statuses[status[0] == status[1]] += 1
    n = sum(verdicts.values())
    for what, count in verdicts.most_common():
        print(f"{what:24}{count:5}{count / n:8.3f}")
    print(f"{'entries':24}{n:5}\n{'status right':24}{statuses[True]:5}{statuses[True] / n:8.3f}")


if __name__ == "__main__":
    main()
