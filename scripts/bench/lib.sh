# Shared by the benchmarks: sourced, not run.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kfmr=$here/../../kfmr

need() {
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "this benchmark needs $program on PATH" >&2; exit 3; }
  done
}

now() {
  date +%s.%N
}

# since T: seconds since T
since() {
  awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'
}

# ratio A B: A / B
ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# median: of the numbers on standard input
median() {
  sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
