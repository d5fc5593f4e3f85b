#!/bin/bash
# Everything from the data folder to the model folder.  W: working folder for intermediate files.
set -e
cd "$(dirname "$0")"
W=${1:-work}; OUT=${2:-model}; M1=${3:-13}; M2=${4:-22}; L=${5:-3}
PY=${PYTHON:-/usr/bin/python3}
export OMP_WAIT_POLICY=passive      # two OpenMP runtimes share the cores; spinning waits cost a factor of 5
mkdir -p "$W"
$PY engine.py | grep -E "output|tok/s"                                   # self test of the C engine
$PY train_vocab.py "$W/vocab.txt" 20480                                  # ~40 s
$PY data.py "$W/vocab.txt" "$W/data.pkl"                                 # ~30 s
$PY init_static.py "$W/data.pkl" "$W/static.pt" 2200                     # ~100 s
# phase 1: negatives mined with the static model; phase 2: mined with the phase-1 model, shared names renamed at random
$PY train.py "$W/data.pkl" "$W/static.pt" "$W/model1.pt" --layers $L --minutes $M1 --temp 0.05 --rename 0 --sched-to 0.36 --eval "$W/vocab.txt"
$PY train.py "$W/data.pkl" "$W/static.pt" "$W/model.pt" --layers $L --minutes $M2 --temp 0.05 --rename 0.3 --sched-from 0.33 --mine-queries 4000 --resume "$W/model1.pt" --seed 11 --eval "$W/vocab.txt"
$PY average.py "$W/vocab.txt" "$W/final.pt" "$W/model1.pt" "$W/model.pt" 1 0.5 0.7     # mixtures of the two; the best is kept
$PY export.py "$W/final.pt" "$W/vocab.txt" "$OUT"
$PY evaluate.py "$W/vocab.txt" --static "$W/static.pt" --exported "$OUT" --int8 --json "$W/eval.json"
$PY by_source.py "$W/vocab.txt" "$W/static.pt" "$OUT" > "$W/notes.md"
$PY card.py "$W/eval.json" "$OUT" "$W/notes.md"
