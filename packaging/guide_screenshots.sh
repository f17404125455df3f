#!/usr/bin/env bash
# Makes the pictures of the user guide anew: the real window, without a display, with the model that ships.
# Usage: packaging/guide_screenshots.sh [--out DIR] [NAME...]   (default: all of them, into docs/images)
set -euo pipefail
cd "$(dirname "$0")/.."
out=docs/images
if [ "${1:-}" = --out ]; then
  out="${2:?--out needs a folder}"
  shift 2
fi
program="${B3O_GUIDE_PROGRAM:-build/bin/guide_pictures}"
if [ -z "${B3O_GUIDE_PROGRAM:-}" ]; then
  . packaging/prepare.sh
  B3O_YES=1 prepare_packages
  prepare_torch
  configure_and_build build guide_pictures
fi
# Settings, library and caches of whoever calls this stay as they are.
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
HOME="$home" XDG_CONFIG_HOME="$home" XDG_DATA_HOME="$home" XDG_CACHE_HOME="$home/cache" QT_QPA_PLATFORM=offscreen \
  "$program" "$out" "$@"
