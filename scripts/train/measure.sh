#!/bin/sh
# Measures what ships: runs the built program over each development set and scores it with `befund eval`.
# Usage: scripts/train/measure.sh DEV_FOLDER [model|rules|both]      (from the repository root, after `cargo build --release`)
# DEV_FOLDER holds the gold files that scripts.train.corpus wrote (out/train/data/dev).
set -eu
dev=$1
who=${2:-both}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for gold in "$dev"/*.jsonl; do
    name=$(basename "$gold" .jsonl)
    target/release/befund extract "$gold" --out "$work/$name" --found-by "$who" --quiet
    echo "== $name"
    target/release/befund eval --gold "$gold" --pred "$work/$name"
done
