#!/usr/bin/env bash
# Measures the figures of docs/performance.md beside Mosquitto, Microsoft RulesEngine and a raw disk probe, and writes them there (about 15 minutes on a
# machine that does nothing else). With --quick or with names of measures it only prints them: qos1 qos2 consumers latency one idle backlog alerts rules.
# With --write and names the rows of those measures are written, and all others stay: ./benchmark.sh --write rules
# All but `rules` need Mosquitto and gcc (Debian packages mosquitto, gcc, libc6-dev). Data go to $TMPDIR, which should be on the disk that is to be measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
ulimit -n "$(ulimit -Hn)"
dotnet build -c Release tests/Benchmarks --nologo -v quiet
IOTGATEWAY_ROOT="$PWD" exec tests/Benchmarks/bin/Release/net10.0/IoTGateway.Benchmarks "$@"
