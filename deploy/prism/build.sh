#!/usr/bin/env bash
# Builds Prism, Beam's local engine for streams, into build/prism/prism, once. Needs Go.
# The version is that of the Beam in the environment: PYTHON names its interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=${PYTHON:-.venv/bin/python}
version=$("$python" -c 'from importlib.metadata import version; print(version("apache-beam"))')
into=$PWD/build/prism
if [ -x "$into/prism" ] && [ "$(cat "$into/version" 2>/dev/null)" = "$version" ]; then
  exit 0
fi
command -v go >/dev/null || { echo "no Go here: Prism has to be built from its Go module" >&2; exit 3; }
mkdir -p "$into"
GOBIN=$into GOFLAGS=-modcacherw go install "github.com/apache/beam/sdks/v2/go/cmd/prism@v$version"
echo "$version" > "$into/version"
