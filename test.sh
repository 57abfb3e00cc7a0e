#!/usr/bin/env bash
# Runs every test. With --install it first installs the Debian packages that some tests need; without it those tests are
# skipped by name where the packages are missing. Ends with one line: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The package, a program by which it is known, and what needs it.
packages=(
  "mosquitto-clients:mosquitto_pub"   # a foreign MQTT client against the gateway
  "influxdb:influxd"                  # a real InfluxDB 1 behind the storage consumer
  "victoria-metrics:victoria-metrics"  # another server that takes the writes of InfluxDB 2
  "prometheus:prometheus"             # the queries of the Grafana dashboard of the gateway itself
  "chromium:chromium"                 # the ward board in a real browser
  "strace:strace"                     # fsync before every acknowledgement
  "gcc libc6-dev:gcc"                 # the load generator, tests/Load/mqttload.c
)

usage() {
  echo "usage: ./test.sh [--install] [--filter TEXT]"
  echo "  --install      install the Debian packages the tests need (asks for root through sudo where needed)"
  echo "  --filter TEXT  run only the test projects whose name contains TEXT"
}

install=false
filter=""
while [ $# -gt 0 ]; do
  case "$1" in
    --install) install=true ;;
    --filter) shift; filter="${1:-}" ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

missing=()
for entry in "${packages[@]}"; do
  command -v "${entry#*:}" >/dev/null 2>&1 || [ -x "/usr/sbin/${entry#*:}" ] || missing+=("${entry%%:*}")
done

if [ ${#missing[@]} -gt 0 ]; then
  apt_line="apt-get install -y --no-install-recommends ${missing[*]}"
  if $install; then
    echo "Installing the Debian packages: ${missing[*]}"
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq && $as_root $apt_line -qq -o DPkg::Lock::Timeout=300 >/dev/null || {
      echo "The packages could not be installed; see the lines above." >&2
      echo "0 passed, 1 failed"
      exit 1
    }
  else
    echo "Not installed: ${missing[*]}. The tests that need them are skipped. To run them too:"
    echo "  $apt_line"
  fi
fi

output=$(mktemp)
failures=$(mktemp)
trap 'rm -f "$output" "$failures"' EXIT

echo "Building"
if ! dotnet build IoTGateway.sln --configuration Release --nologo -v quiet; then
  echo "0 passed, 1 failed"
  exit 1
fi

# A test that never ends costs its project, not the whole run. At a terminal the person there decides: Ctrl-C would not reach what timeout starts.
limit=()
[ -t 0 ] || limit=(timeout --kill-after=30 1500)

passed=0 failed=0 skipped=0
# One project after another: several of them measure time or start servers, and the machine may have two cores.
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  case "$name" in *"$filter"*) ;; *) continue ;; esac
  echo "== $name"
  started=$SECONDS
  "${limit[@]}" dotnet test --project "$project" --configuration Release --no-build --output Detailed >"$output" 2>&1
  code=$?
  [ "$code" -ne 124 ] || echo "   $name did not end within 25 minutes and was ended. What stands above is what ended before." | tee -a "$failures"
  # What a passed test printed stays; lines that only name the test program, or an empty part, say nothing.
  grep -vE '^ *$|^passed |Running tests from|^ +from .*\.dll|^ +(Standard|Error) output$' "$output"
  echo "   $name took $((SECONDS - started)) s"
  # The reports of the failed tests, to be told once more at the end; lines that only name the test program say nothing.
  awk '/^(failed|passed|skipped) |^Test run summary/ { inside = /^failed / } inside && !/^ +from .*\.dll/' "$output" >>"$failures"
  count() { grep -oE "^ *$1: [0-9]+" "$output" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
  project_failed=$(( $(count failed) + $(count error) ))
  project_passed=$(count succeeded)
  if [ "$code" -ne 0 ] && [ "$project_failed" -eq 0 ]; then project_failed=1; fi
  if ! grep -qE '^ *total: [0-9]+' "$output"; then project_failed=1; fi
  passed=$((passed + project_passed)) failed=$((failed + project_failed)) skipped=$((skipped + $(count skipped)))
done

if [ $((passed + failed)) -eq 0 ]; then failed=1; fi
summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
if [ -s "$failures" ]; then
  echo "== What failed, once more"
  head -c 20000 "$failures"
fi
echo "$summary"
[ "$failed" -eq 0 ]
