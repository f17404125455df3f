#!/usr/bin/env bash
# Trains the demonstration model, stage by stage, and assembles it. See --help.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
. "$root/packaging/options.sh"

usage() {
  cat <<'TEXT'
Usage: packaging/train_paper_world.sh [options]

Trains every stage of the demonstration model with the recipes in packaging/paper_world and assembles the results into
one model folder. The same stages run on a CPU (a night) and on a CUDA card (minutes). Start it again with the same
arguments to go on where it stopped: finished stages are skipped, an unfinished one continues from its checkpoint.

  --out DIR        where runs, results and the model are kept (default: build/paper-world)
  --program FILE   the program blip3o (default: build/bin/blip3o, built when it is missing; B3O_UI=OFF: without Qt)
  --device NAME    auto, cpu or cuda (default: auto)
  --dtype NAME     auto, fp32 or bf16: what matrix products are computed in (default: auto)
  --threads N      threads of the maths library (default: one per core)
  --slice SECONDS  stop after this time, with a checkpoint
  --until STAGE    stop after this stage
  --from-shipped   take the frozen results in resources/model/stages instead of training those stages
  --help           this text

Stages: tokenizer clip vae vit decoder understand generate tune polish assemble
TEXT
}

out=build/paper-world program="" device=auto dtype=auto threads=0 slice=0 until=assemble from_shipped=0
read_options "out program device dtype threads slice until" from-shipped "$@"

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

case " tokenizer clip vae vit decoder understand generate tune polish assemble " in
  *" $until "*) ;;
  *) fail "There is no stage '$until'; see --help." ;;
esac
if [ -z "$program" ]; then
  program="$root/build/bin/blip3o"
  [ -x "$program" ] || (cd "$root" && ./run --build-only)
fi
[ -x "$program" ] || fail "There is no program $program; build it with ./run --build-only."
program="$(realpath "$program")"
recipes="$root/packaging/paper_world"
mkdir -p "$out/run"
cd "$out" # the recipes name their inputs as run/<stage>/result
started=$SECONDS

# Runs a stage for the rest of the slice; 124 when that is over.
trained() {
  local left=0
  if [ "$slice" -gt 0 ]; then
    left=$((slice - (SECONDS - started)))
    [ "$left" -gt 0 ] || return 124
    timeout --foreground --signal=INT "$left" "$@"
  else
    "$@"
  fi
}

finish() {
  say "$1 In: $(pwd)"
  exit 0
}

for stage in tokenizer clip vae vit decoder understand generate tune polish; do
  result="run/$stage/result"
  [ "$stage" = tokenizer ] && result=run/tokenizer
  recipe="$recipes/$stage.json"
  frozen="$root/resources/model/stages/$stage"
  if [ ! -e "$result" ] && [ "$from_shipped" = 1 ] && [ -d "$frozen" ]; then
    say "$stage: the frozen result"
    mkdir -p "$(dirname "$result")"
    rm -rf "$result.part" # of an interrupted copy
    cp -R "$frozen" "$result.part" && mv "$result.part" "$result"
  fi
  if [ -e "$result" ]; then
    say "$stage: done"
  else
    [ -e "$recipe" ] || fail "There is no recipe $recipe."
    say "$stage"
    if [ "$stage" = tokenizer ]; then
      "$program" train tokenizer --config "$recipe" --out "$result.part"
      mv "$result.part" "$result"
    else
      trained "$program" train "$stage" --config "$recipe" --out "run/$stage" --device "$device" --dtype "$dtype" \
        --threads "$threads" || [ $? = 124 ] || fail "The stage $stage ended with an error."
      [ -e "$result" ] || finish "Interrupted in the stage $stage; start again to go on."
    fi
  fi
  [ "$stage" = "$until" ] && finish "Stopped after $stage."
done

[ ! -e paper-world ] || finish "The model is there already: paper-world."
say "assemble"
inputs=()
for stage in clip vae decoder understand generate tune polish; do inputs+=(--input "$stage=run/$stage/result"); done
"$program" train assemble "${inputs[@]}" --config "$recipes/assemble.json" --recipes "$recipes" \
  --revision "$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)" --out paper-world
cp "$recipes/MODEL_CARD.md" paper-world/MODEL_CARD.md
"$program" check paper-world
finish "The model is whole: paper-world."
