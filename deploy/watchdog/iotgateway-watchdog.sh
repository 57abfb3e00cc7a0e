#!/usr/bin/env bash
# Alarms when the gateway's heartbeat stops. Runs on another machine than the gateway, for example as a systemd service.
# Needs mosquitto_sub (Debian package mosquitto-clients).
#
# usage: iotgateway-watchdog.sh HOST PORT SECONDS ALARM-COMMAND [RECOVERED-COMMAND]
#   HOST PORT          the gateway's MQTT listener
#   SECONDS            silence that counts as an alarm; the heartbeat comes every 10 s, so 30 is sensible
#   ALARM-COMMAND      is run once when the heartbeat has stopped, with the seconds of silence as its argument; again each
#                      time SECONDS more have passed, until the heartbeat is back
#   RECOVERED-COMMAND  is run once when it is back
# Further options for mosquitto_sub (user, password, TLS) are taken from MOSQUITTO_OPTIONS.
set -uo pipefail

if [ $# -lt 4 ] || [ $# -gt 5 ] || ! [[ "$2" =~ ^[0-9]+$ && "$3" =~ ^[1-9][0-9]*$ ]]; then
  sed -n '5,12s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
host=$1 port=$2 limit=$3 alarm=$4 recovered=${5:-}

if ! command -v mosquitto_sub >/dev/null; then
  echo "mosquitto_sub is not installed (Debian package mosquitto-clients)." >&2
  exit 1
fi

# A subscriber that ends, because the gateway cannot be reached, is started again. A retained heartbeat is an old one: -R.
subscribe() {
  while :; do
    # shellcheck disable=SC2086 — the options are words
    mosquitto_sub -h "$host" -p "$port" -R -t '$SYS/iotgateway/heartbeat' ${MOSQUITTO_OPTIONS:-} 2>/dev/null
    sleep 1
  done
}

exec 3< <(subscribe)
subscriber=$!
# The subscriber and its mosquitto_sub end with the watchdog.
trap 'pkill -P "$subscriber" 2>/dev/null; kill "$subscriber" 2>/dev/null; exit 0' TERM INT
last=$SECONDS silent=false
echo "watching $host:$port, alarm after $limit s"
while :; do
  # In the background of `wait`, a signal would be heard only after the time is over; `read` is interrupted by it.
  if IFS= read -r -t "$limit" -u 3 beat; then
    last=$SECONDS
    if $silent; then
      silent=false
      echo "the heartbeat is back"
      [ -z "$recovered" ] || $recovered
    fi
  else
    silent=true
    echo "no heartbeat for $((SECONDS - last)) s"
    $alarm "$((SECONDS - last))"
  fi
done
