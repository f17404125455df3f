#!/usr/bin/env bash
# The paper's three comparisons at a small size, on the drawn world. See --help.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
. "$root/packaging/options.sh"

usage() {
  cat <<'TEXT'
Usage: packaging/compare_paper_world.sh [options]

Trains what the paper compares, with the recipes in packaging/paper_world/compare, and prints the tables of
docs/paper-world.md: three objectives; with and without tuning; the language model frozen or trained along. About an hour
and a half on one core. Start it again with the same arguments to go on where it stopped.

  --out DIR        where runs and answers are kept (default: build/paper-world-compare)
  --program FILE   the program blip3o (default: build/bin/blip3o)
  --threads N      threads of the maths library (default: 1)
  --help           this text
TEXT
}

out=build/paper-world-compare program="$root/build/bin/blip3o" threads=1
read_options "out program threads" "" "$@"

program="$(realpath "$program")"
recipes="$root/packaging/paper_world"
(cd "$root" && packaging/train_paper_world.sh --from-shipped --until understand --out "$out" --program "$program")
cd "$root"
cd "$out" # the recipes name their inputs as run/<stage>/result
for stage in vae decoder; do
  [ -e "run/$stage/result" ] || { mkdir -p "run/$stage" && cp -R "$root/resources/model/stages/$stage" "run/$stage/result"; }
done

# trained STAGE NAME
trained() {
  [ -e "run/compare/$2/result" ] || "$program" train "$1" --config "$recipes/compare/$2.json" --out "run/compare/$2" \
    --device cpu --dtype fp32 --threads "$threads"
}

for name in clip_flow clip_mse vae_flow; do trained generate "$name"; done
for name in tuned untuned; do trained tune "$name"; done
if [ ! -e run/compare/start ]; then
  inputs=()
  for stage in clip vae decoder understand; do inputs+=(--input "$stage=run/$stage/result"); done
  "$program" train assemble "${inputs[@]}" --input generate=run/compare/clip_flow/result \
    --config "$recipes/assemble.json" --out run/compare/start
fi
trained generate sequential
trained joint joint
for name in start sequential joint; do
  model="run/compare/$name/result"
  [ "$name" = start ] && model=run/compare/start
  [ -e "run/compare/$name.json" ] || "$program" evaluate world --model "$model" --only drawing --only vqa --seeds 1 \
    --partial --limit 240 --device cpu --dtype fp32 --threads "$threads" --quiet --out "run/compare/$name-answers" \
    --json "run/compare/$name.json" >"run/compare/$name.txt"
done

# strip SHEET ROW...: rows of a sheet of 128-pixel tiles
strip() {
  local sheet="$1" row
  shift
  for row in "$@"; do convert "$sheet" -crop "1280x128+0+$((row * 128))" +repage "run/compare/row-$((rows++)).png"; done
}
# picture NAME: all strips so far, one below the other
picture() {
  local files=()
  for ((i = 0; i < rows; ++i)); do files+=("run/compare/row-$i.png"); done
  convert "${files[@]}" -append -resize 75% -strip "run/compare/$1.png"
  rm "${files[@]}"
  rows=0
}
if command -v convert >/dev/null; then
  sheet() { echo "run/compare/$1/sheets/$(ls "run/compare/$1/sheets" | tail -1)"; }
  rows=0
  for first in 0 3; do
    strip "$(sheet clip_mse)" "$first"
    for name in clip_mse clip_flow vae_flow; do strip "$(sheet "$name")" "$((first + 2))"; done
  done
  picture objectives
  strip "$(sheet clip_flow)" 6 7
  for name in clip_flow untuned tuned; do strip "$(sheet "$name")" 8; done
  picture tuning
else
  printf 'No pictures: they need ImageMagick.\n' >&2
fi
python3 "$recipes/compare/tables.py" run/compare
