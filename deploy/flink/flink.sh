#!/usr/bin/env bash
# A Flink cluster on loopback (one JobManager, two TaskManagers) and what Beam needs to run on it.
#
#   deploy/flink/flink.sh fetch    Flink from PyPI, Beam's job server by Maven, into build/flink
#   deploy/flink/flink.sh start    start the cluster and an SDK worker pool; prints the options
#   deploy/flink/flink.sh stop     stop what was started, by its process ids
#
# Exit status 3: something cannot be had here; the last line on stderr says what.
# PYTHON names the interpreter that has communique; PORT (8081) is that of the cluster's REST API.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly FLINK=2.2.1 SERIES=2.2 INTO=$PWD/build/flink
readonly PYTHON=$(realpath -s "${PYTHON:-.venv/bin/python}") PORT=${PORT:-8081} POOL_PORT=${POOL_PORT:-50000}
readonly HOME_=$INTO/flink/pyflink

lacks() { echo "$1" >&2; exit 3; }

fetch_flink() {
  command -v java >/dev/null || lacks "no Java here; Flink $FLINK needs 11, 17 or 21"
  [ -e "$HOME_/lib/flink-dist-$FLINK.jar" ] && return
  # Without dependencies: its own pin of Beam would replace ours, and its Python part is not used.
  "$PYTHON" -m pip install --quiet --no-deps --target "$INTO/flink" \
    "apache-flink-libraries==$FLINK" "apache-flink==$FLINK" || lacks "pip cannot get apache-flink $FLINK"
  chmod +x "$HOME_"/bin/*.sh
}

fetch_job_server() {
  local beam jar
  beam=$("$PYTHON" -c 'from importlib.metadata import version; print(version("apache-beam"))')
  jar=beam-runners-flink-$SERIES-job-server
  [ -e "$INTO/job-server.jar" ] && return
  command -v mvn >/dev/null || lacks "no Maven here to fetch $jar $beam"
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dmdep.stripVersion=true \
    -Dartifact="org.apache.beam:$jar:$beam:jar" -DoutputDirectory="$INTO" >"$INTO/maven.log" 2>&1 \
    || lacks "Maven cannot get org.apache.beam:$jar:$beam (build/flink/maven.log says why)"
  mv "$INTO/$jar.jar" "$INTO/job-server.jar"
}

configure() {
  mkdir -p "$INTO/conf" "$INTO/checkpoints"
  cp "$HOME_"/conf/log4j*.properties "$INTO/conf/"
  sed -n '/^env:/,/^[a-z]*:$/p' "$HOME_/conf/config.yaml" | sed '$d' >"$INTO/conf/config.yaml"
  cat >>"$INTO/conf/config.yaml" <<EOF
jobmanager: {bind-host: localhost, rpc: {address: localhost, port: 6123}, memory: {process: {size: 1024m}}}
taskmanager: {bind-host: localhost, host: localhost, numberOfTaskSlots: 2, memory: {process: {size: 1024m}}}
parallelism: {default: 2}
rest: {address: localhost, bind-address: localhost, port: $PORT}
state: {backend: {type: hashmap}}
execution: {checkpointing: {dir: "file://$INTO/checkpoints", interval: 10s}}
restart-strategy: {type: fixed-delay, fixed-delay: {attempts: 100, delay: 1s}}
EOF
}

start() {
  [ -e "$INTO/pids" ] && { echo "it runs already; stop it first" >&2; exit 1; }
  configure
  export FLINK_CONF_DIR=$INTO/conf FLINK_LOG_DIR=$INTO/log
  mkdir -p "$FLINK_LOG_DIR"
  in_background jobmanager "$HOME_/bin/jobmanager.sh" start-foreground
  in_background taskmanager-1 "$HOME_/bin/taskmanager.sh" start-foreground
  in_background taskmanager-2 "$HOME_/bin/taskmanager.sh" start-foreground
  # the pool starts its workers with the `python` of the path
  PATH=$(dirname "$PYTHON"):$PATH in_background pool "$PYTHON" -m \
    apache_beam.runners.worker.worker_pool_main --service_port="$POOL_PORT"
  await_taskmanagers
  echo "--runner=FlinkRunner --flink_master=localhost:$PORT --flink_version=$SERIES" \
    "--flink_job_server_jar=$INTO/job-server.jar" \
    "--environment_type=EXTERNAL --environment_config=localhost:$POOL_PORT"
}

in_background() {
  local name=$1
  shift
  "$@" >"$INTO/log/$name.log" 2>&1 </dev/null &
  echo "$! $name" >>"$INTO/pids"
}

await_taskmanagers() {
  for _ in $(seq 240); do
    [ "$("$PYTHON" -c "
import json, urllib.request
print(json.load(urllib.request.urlopen('http://localhost:$PORT/overview'))['taskmanagers'])
" 2>/dev/null)" = 2 ] && return
    sleep 0.5
  done
  echo "two TaskManagers did not register within 2 minutes; see $INTO/log" >&2
  exit 1
}

stop() {
  [ -e "$INTO/pids" ] || return 0
  while read -r pid _; do kill "$pid" 2>/dev/null || true; done <"$INTO/pids"
  while read -r pid _; do
    for _ in $(seq 40); do kill -0 "$pid" 2>/dev/null || break; sleep 0.25; done
    kill -9 "$pid" 2>/dev/null || true
  done <"$INTO/pids"
  rm "$INTO/pids"
}

mkdir -p "$INTO"
case ${1:-} in
  fetch) fetch_flink && fetch_job_server ;;
  start) fetch_flink && start ;;
  stop) stop ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
