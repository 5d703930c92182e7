"""What EDS-NLP's TNM matcher finds, for `scripts.registry`; runs in an interpreter that has edsnlp (0.23).

    python scripts/registry_edsnlp.py REPORTS.jsonl

Prints a JSON line a report: `doc_id`, and `found` as [letter, prefix, value]. Settings: `eds.normalizer`, then `eds.tnm` on the
normalised text, its default; on the text as written it finds the same here. Its qualifiers (negation, history) are French and stay out.
"""

import json
import sys

import edsnlp
import edsnlp.pipes as eds

FIELDS = (("t", "tumour"), ("n", "node"), ("m", "metastasis"))
SUBCATEGORIES = ("a", "b", "c", "d", "mi")


def category(tnm: object, letter: str, field: str) -> list[str]:
    """Letter, basis and value of one component; of several prefix letters the last of c, p, u."""
    bases = [one for one in (getattr(tnm, f"{field}_prefix") or "").lower() if one in "cpu"]
    tail = (getattr(tnm, f"{field}_specification") or "").lower()
    value = getattr(tnm, field).upper().replace("IS", "is")
    return [letter, bases[-1] if bases else "", value + (tail if tail in SUBCATEGORIES else "")]


def main() -> None:
    """Command line."""
    nlp = edsnlp.blank("eds")
    nlp.add_pipe(eds.normalizer())
    nlp.add_pipe(eds.tnm())
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            found = [category(entity._.tnm, *one) for entity in nlp(line["text"]).ents for one in FIELDS if getattr(entity._.tnm, one[1])]
            print(json.dumps({"doc_id": line["doc_id"], "found": found}))


if __name__ == "__main__":
    main()
