# For the scripts beside it.

# read_options <names> <flags> "$@": sets a variable for each option that is given: `--name value` for names, 1 for flags.
# Prints usage() for --help, and ends with 2 for what is neither.
read_options() {
  local names=" $1 " flags=" $2 " name
  shift 2
  while [ $# -gt 0 ]; do
    name="${1#--}"
    if [ "$1" = -h ] || [ "$1" = --help ]; then
      usage
      exit 0
    elif [ "$1" != "$name" ] && [[ "$flags" = *" $name "* ]]; then
      declare -g "${name//-/_}=1"
    elif [ "$1" != "$name" ] && [[ "$names" = *" $name "* ]]; then
      [ $# -ge 2 ] || {
        printf '%s needs a value; see --help.\n' "$1" >&2
        exit 2
      }
      declare -g "${name//-/_}=$2"
      shift
    else
      printf 'Unknown option %s; see --help.\n' "$1" >&2
      exit 2
    fi
    shift
  done
}
