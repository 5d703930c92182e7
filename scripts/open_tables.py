"""Opens every table of a dataset with DuckDB and with pyarrow, as a user would, and checks what a reader relies on.

    pip install duckdb pyarrow
    python scripts/open_tables.py out [datasets/samples]

Checks: each table opens in both; columns and row counts agree with each other and with run.json; every mention's `text` equals
`document[begin:end]` in Python slices and `bytes[byte_begin:byte_end]` in UTF-8, where the folder of plain text documents is given.
Ends with 0 and one line a table, or with 1 and what is wrong.
"""

import json
import sys
from pathlib import Path

import duckdb
import pyarrow.dataset

TABLES = ["documents", "mentions", "relations", "tnm", "medications", "findings"]


def fail(message: str) -> None:
    print(f"open_tables: {message}", file=sys.stderr)
    raise SystemExit(1)


def check_spans(rows: list[dict], table: str, folder: Path) -> int:
    """Compares spans with the documents they point into; returns how many were compared."""
    texts: dict[str, tuple[str, bytes]] = {}
    compared = 0
    for row in rows:
        doc_id = row["doc_id"]
        if doc_id not in texts:
            raw = (folder / f"{doc_id}.txt").read_bytes()
            texts[doc_id] = (raw.decode("utf-8"), raw)
        text, raw = texts[doc_id]
        by_chars = text[row["begin"] : row["end"]]
        by_bytes = raw[row["byte_begin"] : row["byte_end"]].decode("utf-8")
        if not row["text"] == by_chars == by_bytes:
            fail(f"{table}: the span {row['begin']}..{row['end']} of document {doc_id} does not hold its text")
        compared += 1
    return compared


def main() -> None:
    if len(sys.argv) < 2:
        fail("usage: open_tables.py DATASET [FOLDER_OF_TXT]")
    dataset = Path(sys.argv[1])
    counts = json.loads((dataset / "run.json").read_text(encoding="utf-8"))["rows"]
    for table in TABLES:
        arrow = pyarrow.dataset.dataset(dataset / table, format="parquet").to_table()
        relation = duckdb.sql(f"select * from read_parquet('{dataset}/{table}/*.parquet')")
        n_duckdb = relation.aggregate("count(*)").fetchall()[0][0]
        if not arrow.num_rows == n_duckdb == counts[table]:
            fail(f"{table}: pyarrow reads {arrow.num_rows} rows, DuckDB {n_duckdb}, run.json says {counts[table]}")
        if arrow.column_names != relation.columns:
            fail(f"{table}: pyarrow and DuckDB disagree about the columns")
        compared = ""
        if len(sys.argv) > 2 and table in ("mentions", "tnm"):
            compared = f", {check_spans(arrow.to_pylist(), table, Path(sys.argv[2]))} spans hold their text"
        print(f"{table}: {n_duckdb} rows, {len(relation.columns)} columns{compared}")


if __name__ == "__main__":
    main()
