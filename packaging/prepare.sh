# Sourced by ./run and ./test: brings a bare Debian 12 or Ubuntu 24.04 to where the project builds.
# Defines: say, fail, prepare_packages, prepare_torch, prepare_tools, configure_and_build.
# Reads: B3O_YES (1: ask nothing), B3O_UI (AUTO, ON, OFF), LIBTORCH.

torch_version=2.13.0
clang_format_version=23.1.5

core_packages="g++ cmake ninja-build python3-pip libspdlog-dev nlohmann-json3-dev libcli11-dev libstb-dev
  libsqlite3-dev libutf8proc-dev zlib1g-dev libwebp-dev libexif-dev
  libzip-dev"
# qt6-l10n-tools and qt6-tools-dev compile the translations, qt6-translations-l10n holds Qt's own words.
window_packages="qt6-base-dev libqt6svg6-dev qt6-l10n-tools qt6-tools-dev qt6-translations-l10n qt6-qpa-plugins
  libgl-dev libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0
  libxcb-shape0 fonts-dejavu-core fonts-inter"
# Where no font has Chinese. A fetch of 2 MB; fonts-noto-cjk is one of 56 MB.
chinese_font=fonts-droid-fallback

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Also true where another package provides the name, as qt6-svg-dev does for libqt6svg6-dev on Debian 12.
is_installed() {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ||
    printf '%s\n' "$provided_names" | grep -qxF "$1"
}

prepare_packages() {
  local wanted="$core_packages" missing="" name provided_names
  if [ "${B3O_UI:-AUTO}" != OFF ]; then
    wanted="$wanted $window_packages"
    [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ] || wanted="$wanted $chinese_font"
  fi
  command -v apt-get >/dev/null || {
    say "This system has no apt-get: install the equivalents of these yourself if the build misses them: $(echo $wanted)"
    return 0
  }
  provided_names="$(dpkg-query -W -f='${db:Status-Status} ${Provides}\n' | sed -n 's/^installed //p' | tr ',' '\n' |
    sed 's/^ *//; s/ .*//')"
  for name in $wanted; do is_installed "$name" || missing="$missing $name"; done
  [ -n "$missing" ] || return 0
  say "These Debian packages are missing:$missing"
  local sudo=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "They need root to install. Run as root: apt-get install$missing"
    sudo=sudo
  fi
  if [ "${B3O_YES:-0}" != 1 ] && [ -t 0 ]; then
    printf 'Install them now? [Y/n] ' >&2
    read -r answer
    case "$answer" in n* | N*) fail "Nothing was installed. Install them yourself and start again." ;; esac
  fi
  $sudo apt-get update -q >&2 || fail "apt-get update failed. Check the network and the package sources, then start again."
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends $missing >&2 ||
    fail "apt-get could not install:$missing. Its last lines above say why."
}

# The wheel is installed beside its final place and moved there when whole, so a broken download leaves nothing behind.
prepare_torch() {
  if [ -n "${LIBTORCH:-}" ]; then
    [ -e "$LIBTORCH/lib/libtorch.so" ] || fail "LIBTORCH=$LIBTORCH holds no lib/libtorch.so."
    return 0
  fi
  [ -e .deps/python/torch/lib/libtorch.so ] && return 0
  say "Fetching libtorch $torch_version from the Python package index (200 MB for the CPU, 3 GB with CUDA)"
  rm -rf .deps/python.part
  mkdir -p .deps
  python3 -m pip install --target .deps/python.part --no-warn-script-location --disable-pip-version-check \
    "torch==$torch_version" >&2 ||
    fail "libtorch could not be fetched. Check the network, or set LIBTORCH to a libtorch folder (2.11 or newer)."
  rm -rf .deps/python
  mv .deps/python.part .deps/python
}

prepare_tools() {
  [ "$(cat .deps/tools/version 2>/dev/null)" = "$clang_format_version" ] && return 0
  say "Fetching clang-format $clang_format_version from the Python package index"
  rm -rf .deps/tools
  python3 -m pip install --target .deps/tools --no-warn-script-location --disable-pip-version-check \
    "clang-format==$clang_format_version" >&2 || fail "clang-format could not be fetched. Check the network."
  echo "$clang_format_version" >.deps/tools/version
}

# configure_and_build <folder> <targets or "all"> [cmake arguments]
# Configures when the folder is new or was configured otherwise; ninja itself notices changed build files.
configure_and_build() {
  local folder="$1" targets="$2"
  shift 2
  local wanted="$* B3O_UI=${B3O_UI:-AUTO} LIBTORCH=${LIBTORCH:-}"
  if [ ! -e "$folder/build.ninja" ] || [ "$(cat "$folder/configured" 2>/dev/null)" != "$wanted" ]; then
    mkdir -p "$folder"
    cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DB3O_UI=${B3O_UI:-AUTO}" "$@" >"$folder/configure.log" 2>&1 || {
      tail -n 20 "$folder/configure.log" >&2
      fail "Configuring failed; the whole log is in $folder/configure.log."
    }
    echo "$wanted" >"$folder/configured"
  fi
  say "Building $folder"
  # shellcheck disable=SC2086
  ninja -C "$folder" $targets >&2 || fail "The build failed; the first error above says where."
}
