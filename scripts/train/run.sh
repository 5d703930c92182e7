#!/bin/sh
# Everything from nothing: environment, encoder, generated text, corpora, training, export, figures through the built program.
# Usage: scripts/train/run.sh [work folder]   (from the repository root; SHARED, MINUTES and PYTHON may be set)
set -eu
work=${1:-out/train}
shared=${SHARED:-../shared}
minutes=${MINUTES:-180}
encoder=$shared/encoders/me5-small-deen-32k
export OMP_NUM_THREADS=1

mkdir -p "$work"
if [ -z "${PYTHON:-}" ]; then
    [ -d "$work/venv" ] || python3 -m venv "$work/venv"
    PYTHON=$work/venv/bin/python
    "$PYTHON" -m pip install --quiet --requirement scripts/train/requirements.txt
fi
if [ ! -d "$encoder" ]; then
    encoder=$work/encoder
    [ -f "$encoder/config.json" ] || "$PYTHON" -m scripts.train.encoder --out "$encoder"
fi
"$PYTHON" -m datasets.generate --seed 17 --knowledge "$shared/knowledge" --out "$work/generated.jsonl"
"$PYTHON" -m scripts.train.corpus --shared "$shared" --generated "$work/generated.jsonl" --out "$work/data"
"$PYTHON" -m scripts.train.train --data "$work/data" --shared "$shared" --encoder "$encoder" --out "$work/run" --minutes "$minutes"
"$PYTHON" -m scripts.train.finish --checkpoint "$work/run/best.pt" --encoder "$encoder" --data "$work/data" \
    --gold datasets/gold/samples.jsonl --texts datasets/samples --out models/deen
"$PYTHON" -m scripts.train.oracle --model models/deen --out models/tests/torch.json
cargo build --release
"$PYTHON" -m scripts.train.targets --data "$work/data" --shared "$shared" --work "$work/targets"
