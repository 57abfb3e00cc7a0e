#!/usr/bin/env bash
# Runs every test. With --install it first installs the Debian packages that some tests need; without it those tests are
# skipped by name where the packages are missing. Ends with one line: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The package, a program by which it is known, and what needs it.
packages=(
  "mosquitto-clients:mosquitto_pub"   # a foreign MQTT client against the gateway
  "influxdb:influxd"                  # a real InfluxDB 1 behind the storage consumer
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

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "Building"
if ! dotnet build IoTGateway.sln --configuration Release --nologo -v quiet; then
  echo "0 passed, 1 failed"
  exit 1
fi

# A test that never ends costs its project, not the whole run. At a terminal the person there decides: Ctrl-C would not reach what timeout starts.
limit=()
[ -t 0 ] || limit=(timeout --kill-after=30 1500)

# Runs a project; what it says, and how it ended, is kept under its name.
run() {
  local name=$1 started=$SECONDS
  "${limit[@]}" dotnet test --project "tests/$name/$name.csproj" --configuration Release --no-build --output Detailed >"$work/$name.out" 2>&1
  echo $? $((SECONDS - started)) >"$work/$name.end"
}

passed=0 failed=0 skipped=0
# Tells of a project that has run, and counts.
tell() {
  local name=$1 output="$work/$1.out" code seconds project_failed
  read -r code seconds <"$work/$name.end"
  echo "== $name"
  # What a passed test printed stays; lines that only name the test program, or an empty part, say nothing.
  grep -vE '^ *$|^passed |Running tests from|^ +from .*\.dll|^ +(Standard|Error) output$' "$output"
  [ "$code" -ne 124 ] || echo "   $name did not end within 25 minutes and was ended. What stands above is what ended before." | tee -a "$work/failures"
  echo "   $name took $seconds s"
  # The reports of the failed tests, to be told once more at the end.
  awk '/^(failed|passed|skipped) |^Test run summary/ { inside = /^failed / } inside && !/^ +from .*\.dll/' "$output" >>"$work/failures"
  count() { grep -oE "^ *$1: [0-9]+" "$output" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
  project_failed=$(( $(count failed) + $(count error) ))
  if [ "$code" -ne 0 ] && [ "$project_failed" -eq 0 ]; then project_failed=1; fi
  if ! grep -qE '^ *total: [0-9]+' "$output"; then project_failed=1; fi
  passed=$((passed + $(count succeeded))) failed=$((failed + project_failed)) skipped=$((skipped + $(count skipped)))
}

# The browser's tests wait most of the time. Beside them run the projects that neither measure time nor start servers; all others run alone, one after another:
# the machine may have two cores. At a terminal all do, since Ctrl-C would not reach what runs in the background.
long=Board.Tests
beside=" Readings.Tests FirmwareSim.Tests Alerts.Tests Simulation.Tests "
projects=()
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  case "$name" in *"$filter"*) projects+=("$name") ;; esac
done

if [ -t 0 ]; then
  beside="" long=""
fi

case " ${projects[*]} " in *" $long "*) [ -z "$long" ] || run "$long" & ;; esac
for name in "${projects[@]}"; do
  case "$beside" in *" $name "*) run "$name"; tell "$name" ;; esac
done
wait
for name in "${projects[@]}"; do
  case "$beside" in *" $name "*) continue ;; esac
  [ "$name" = "$long" ] || run "$name"
  tell "$name"
done

if [ $((passed + failed)) -eq 0 ]; then failed=1; fi
summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
if [ -s "$work/failures" ]; then
  echo "== What failed, once more"
  head -c 20000 "$work/failures"
fi
echo "$summary"
[ "$failed" -eq 0 ]
