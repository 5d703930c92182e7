#!/bin/sh
# Everything from nothing: environment, encoder, generated text, corpora, training, export, figures through the built program.
# Training is two schedules, the second from the weights of the first, which are then mixed in (models/EXPERIMENTS.md says what that gains).
# Usage: scripts/train/run.sh [work folder]   (from the repository root; SHARED, MINUTES of a schedule, and PYTHON may be set)
set -eu
work=${1:-out/train}
shared=${SHARED:-../shared}
minutes=${MINUTES:-120}
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
train() {
    "$PYTHON" -m scripts.train.train --data "$work/data" --shared "$shared" --encoder "$encoder" --minutes "$minutes" "$@"
}
train --out "$work/first"
train --out "$work/second" --init "$work/first/best.pt" --first-epoch 100 --rate 1.5e-4
"$PYTHON" -m scripts.train.finish --checkpoint "$work/second/best.pt" --blend "$work/first/best.pt" 0.25 --encoder "$encoder" --data "$work/data" \
    --gold datasets/gold/samples.jsonl --texts datasets/samples --out models/deen
"$PYTHON" -m scripts.train.oracle --model models/deen --out models/tests/torch.json
cargo build --release
"$PYTHON" -m scripts.train.targets --data "$work/data" --shared "$shared" --work "$work/targets"
