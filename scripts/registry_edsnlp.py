"""What EDS-NLP's TNM matcher finds, for `scripts.registry`; runs in an interpreter that has edsnlp (0.23).

    python scripts/registry_edsnlp.py REPORTS.jsonl

Prints a JSON line a report: `doc_id`, and `found` as [letter, prefix, value]. Settings: the matcher on the text as written (`attr=TEXT`),
which finds more here than on the normalised text (its default, `NORM` after `eds.normalizer`). Its qualifiers (negation, history) are French.
"""

import json
import sys

import edsnlp
import edsnlp.pipes as eds

FIELDS = (("t", "tumour"), ("n", "node"), ("m", "metastasis"))


def main() -> None:
    """Command line."""
    nlp = edsnlp.blank("eds")
    attr = sys.argv[2] if len(sys.argv) > 2 else "TEXT"
    if attr == "NORM":
        nlp.add_pipe(eds.normalizer())
    nlp.add_pipe(eds.tnm(attr=attr))
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            found = []
            for entity in nlp(line["text"]).ents:
                for letter, field in FIELDS:
                    value = getattr(entity._.tnm, field)
                    if value:
                        prefix = [basis for basis in (getattr(entity._.tnm, f"{field}_prefix") or "").lower() if basis in "cpu"]
                        letters = getattr(entity._.tnm, f"{field}_specification") or ""
                        tail = letters.lower() if letters.lower() in ("a", "b", "c", "d", "mi") else ""
                        found.append([letter, prefix[-1] if prefix else "", value.upper().replace("IS", "is") + tail])
            print(json.dumps({"doc_id": line["doc_id"], "found": found}))


if __name__ == "__main__":
    main()
