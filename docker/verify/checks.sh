# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # containers.sh and verify.sh share these variables
# What is checked, in the order of docker/DOCKER.md; sourced by verify.sh.

health_command() { configured production 'range slice .Docker.Config.Healthcheck.Test 1}}{{println .}}{{end'; }

# Waits up to $1 seconds until the container started last is healthy.
becomes_healthy() {
  first=$(first_process) || return 1
  health=$(health_command)
  deadline=$(($(date +%s) + $1))
  while [ "$(date +%s)" -lt "$deadline" ] && kill -0 "$runner" 2>/dev/null; do
    # shellcheck disable=SC2086 # one word per argument
    inside "$first" 10001 $health >"$logs/health.log" 2>&1 && return
    sleep 0.1
  done
  return 1
}

# Whether a log ends with one line of ours that matches, without a stack trace before it.
ends_with_one_line() {
  [ "$(grep -c '^\(aiconexus\|turn\): ' "$1")" = 1 ] && ! grep -q '^	at ' "$1" \
    && tail -n 1 "$1" | grep -q "^\(aiconexus\|turn\): $2"
}

# refused NAME STATUS PATTERN TEXT: the container started last stops by itself, with one line that says what to do.
refused() {
  finish 60
  if [ "$status" = "$2" ] && ends_with_one_line "$logs/$1.log" "$3"; then
    ok "$4: $(tail -n 1 "$logs/$1.log")"
  else
    failed "$logs/$1.log" "$4 (status $status, expected $2)"
  fi
}

# logged FILE COMMAND...: runs it, with all it says in the file.
logged() {
  log_file=$1
  shift
  "$@" >"$log_file" 2>&1
}

stop() {
  kill -TERM "$(first_process)"
  finish 60
}

# Compose 2, or Debian's Compose 1, which does not know the name of a project yet.
compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose -f "$checkout/docker/compose.yml" "$@"
  else
    grep -v '^name:' "$checkout/docker/compose.yml" | docker-compose --project-directory "$checkout/docker" -f - "$@"
  fi
}

check_compose() {
  if ! docker compose version >/dev/null 2>&1 && ! command -v docker-compose >/dev/null 2>&1; then
    say '        the profiles are not checked: docker compose is not here; apt-get install docker-compose brings one'
    return
  fi
  for profile in dev test production monitoring turn; do
    check "$logs/compose-$profile.log" "compose config: profile $profile" \
      logged "$logs/compose-$profile.log" compose --profile "$profile" config
  done
}

check_production() {
  check "$logs/build-production.log" 'production builds' build production
  [ -e "$logs/build-production.log" ] && images inspect --type image localhost/production >/dev/null 2>&1 || return
  check_layers
  container doctor production doctor
  finish 60
  check "$logs/doctor.log" 'every library that the native engine needs is there' \
    grep -q 'native WebRTC library loads and works' "$logs/doctor.log"
  for engine in native jvm; do
    container "demo-$engine" production demo --once --engine "$engine"
    finish 120
    check "$logs/demo-$engine.log" "engine $engine: the demo connects on a read-only root" \
      grep -q "^$engine engine: connected" "$logs/demo-$engine.log"
  done
  check_serving
}

check_layers() {
  root=$(mount_image production)
  unpack_layers production
  say "        size: $(size_in_mb "$root") MB, of which the base is $(size_in_mb "$(mount_image base)") MB," \
    "Java $(size_in_mb "$root/opt/java") MB, AIConexus $(size_in_mb "$root/opt/aiconexus") MB"
  tools=$(cd "$root" && find . -xdev ! -type d \( -name javac -o -name jlink -o -name mvn -o -name gcc -o -name cc -o -name make \
    -o -name git -o -name curl -o -name wget -o -name '*.java' -o -name pom.xml \) -print)
  check /dev/null "no build tools and no sources in the image${tools:+: $tools}" [ -z "$tools" ]
  check "$logs/push-production.log" 'no secret of the build in any layer or in the configuration' nothing_leaked
  for blob in "$work/layers-production"/*.tar; do tar -tf "$blob"; done >"$work/names"
  keys=$(grep -E '(^|/)(run/secrets/.+|\.netrc|settings\.xml|id_[a-z0-9]+|[^/]*\.(pem|key|p12|jks))$' "$work/names" \
    | grep -v '^\./\?usr/share/ca-certificates\|etc/ssl/certs/' || true)
  check /dev/null "no key and no secret file in any layer${keys:+: $keys}" [ -z "$keys" ]
  giving=$(find "$root" -xdev -type f -perm /6000)
  check /dev/null "no program that gives rights${giving:+: $giving}" [ -z "$giving" ]
  # shellcheck disable=SC2016 # these are variables of the template
  labels=$(configured production 'range $key, $value := .Docker.Config.Labels}}{{println $key}}{{end' | grep -c '^org\.opencontainers\.image\.')
  check /dev/null "$labels OCI labels, the ports and both volumes are declared" sh -c \
    "[ $labels -ge 5 ] && echo '$(configured production .Docker.Config.Volumes)' | grep -q '/var/crash/aiconexus.*/var/lib/aiconexus'"
}

nothing_leaked() {
  [ -n "$(ls "$work/layers-production"/*.tar)" ] && ! grep -rlF "$mark" "$work/layers-production" >/dev/null
}

check_serving() {
  environment='AICONEXUS_LOG_FORMAT=json'
  container serve production
  began=$(date +%s%N)
  serving=$runner
  if becomes_healthy 60; then
    ok "health turns healthy, $((($(date +%s%N) - began) / 1000000)) ms after the start"
  else
    failed "$logs/health.log" 'health turns healthy'
    return
  fi
  check /dev/null 'the first process is Java, as user 10001, without any capability' \
    grep -qzE 'Name:	java.*Uid:	10001	10001.*CapPrm:	0+.CapEff:	0+.CapBnd:	0+.CapAmb:	0+.NoNewPrivs:	1' "/proc/$first/status"
  writable=$(inside "$first" 10001 find / \( -path /proc -o -path /sys -o -path /dev \) -prune -o -writable ! -type l -print \
    2>/dev/null | grep -v '^/tmp/\|^/var/lib/aiconexus/\|^/var/crash/aiconexus/' | sort | tr '\n' ' ')
  check /dev/null "nothing can be written but /tmp and the two volumes (found: $writable)" \
    [ "$writable" = '/tmp /var/crash/aiconexus /var/lib/aiconexus ' ]
  key=$work/volumes/serve/data/gateway.pem
  check "$logs/serve.log" 'the key of the gateway is on its volume and its alone' \
    [ "$(stat -c '%a %u' "$key" 2>/dev/null)" = '600 10001' ]
  container taken production serve --port 8000 --set admin.port=0
  refused taken 1 'signaling cannot listen on .*set signaling.port\|signaling cannot listen on .*set signaling.host' 'a port that is taken'
  runner=$serving
  inside "$first" 10001 AICONEXUS_LOG_LEVEL=info /opt/java/bin/java -jar /opt/aiconexus/aiconexus.jar agent --engine jvm \
    --set signaling.host=127.0.0.1 --set signaling.port=0 >"$logs/agent.log" 2>&1 &
  agent=$!
  runners="$runners $agent"
  waited=0
  until grep -q 'registered at ws:' "$logs/agent.log" || [ "$waited" -ge 150 ]; do waited=$((waited + 1)); sleep 0.2; done
  check "$logs/agent.log" 'an agent joins it' grep -q 'registered at ws:' "$logs/agent.log"
  stop
  check "$logs/serve.log" "SIGTERM: the agent's session is closed and the exit status is 0 (was $status)" \
    sh -c "[ $status = 0 ] && grep -q 'ended with \(1001\|4001\)' '$logs/serve.log'"
  kill -KILL "$agent" 2>/dev/null
}

check_bad_input() {
  environment='AICONEXUS_SIGNALING_ICE_SERVERS_FILE=/run/secrets/ice_servers'
  container no-secret production
  refused no-secret 2 '.*AICONEXUS_SIGNALING_ICE_SERVERS_FILE.*/run/secrets/ice_servers does not exist' 'a missing secret'

  mkdir -p "$work/volumes/open-key/data"
  cp -p "$work/volumes/serve/data/gateway.pem" "$work/volumes/open-key/data/"
  chmod 0644 "$work/volumes/open-key/data/gateway.pem"
  container open-key production
  refused open-key 1 '.*gateway.pem is open to others.*chmod 600' 'a key file that others can read'

  data_mode=ro
  container read-only production
  refused read-only 2 '/var/lib/aiconexus cannot be written by user 10001: mount' 'a read-only volume'
  crash_mode=ro
  container read-only-crash production
  refused read-only-crash 2 '/var/crash/aiconexus cannot be written by user 10001: mount' 'a read-only volume for crashes'

  memory=64
  container tiny production
  refused tiny 2 'a node needs .* MiB of memory, this container may have 64: give it more' 'a memory limit of 64 MiB'
  memory=256
  container small production demo --once --engine native
  finish 120
  check "$logs/small.log" 'a memory limit of 256 MiB is enough for the demo' grep -q 'engine: connected' "$logs/small.log"

  environment='AICONEXUS_SIGNALING_PROT=1'
  container misspelt production
  refused misspelt 2 'AICONEXUS_SIGNALING_PROT is not a setting; did you mean AICONEXUS_SIGNALING_PORT' 'a setting that does not exist'
}

check_crash() {
  secret=secret-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  mkdir -p "$work/volumes/crash/secrets"
  printf '[{"urls":"turn:192.0.2.2:3478","username":"u","credential":"%s"}]\n' "$secret" >"$work/volumes/crash/secrets/ice_servers"
  environment='AICONEXUS_SIGNALING_ICE_SERVERS_FILE=/run/secrets/ice_servers AICONEXUS_LOG_LEVEL=debug'
  container crash production
  becomes_healthy 60
  inside "$first" 10001 /bin/sh -c 'cat /run/secrets/ice_servers' >/dev/null || failed "$logs/crash.log" 'the secret can be read'
  kill -SEGV "$first"
  finish 60
  error=$work/volumes/crash/crash/error.log
  check "$logs/crash.log" "after a crash (status $status) the error file is on its volume" \
    grep -q 'A fatal error has been detected' "$error"

  mkdir -p "$work/volumes/memory/secrets"
  cp "$work/volumes/crash/secrets/ice_servers" "$work/volumes/memory/secrets/"
  environment='AICONEXUS_SIGNALING_ICE_SERVERS_FILE=/run/secrets/ice_servers AICONEXUS_JAVA_OPTS=-Xmx12m'
  container memory production
  finish 120
  check "$logs/memory.log" "out of heap it ends (status $status) with a heap dump on the volume, its owner's alone" \
    [ "$(stat -c %a "$work/volumes/memory/crash/heap.hprof" 2>/dev/null)" = 600 ]
  check /dev/null 'no secret in the logs, nor in the error file' sh -c \
    "[ -s '$logs/crash.log' ] && [ -s '$error' ] && ! grep -lF '$secret' '$logs'/*.log '$error'"
}

check_turn() {
  check "$logs/build-turn.log" 'turn builds' build turn
  container turn-without turn
  refused turn-without 2 '/run/secrets/turn_secret is missing or empty: make one' 'turn without its secret'
  mkdir -p "$work/volumes/turn/secrets"
  turn_secret=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$turn_secret" >"$work/volumes/turn/secrets/turn_secret"
  environment='TURN_ALLOW_PRIVATE=yes'
  container turn turn
  first=$(first_process)
  waited=0
  until grep -q 'listener opened on : 192.0.2.2:3478\|IPv4. UDP listener opened on: 192.0.2.2:3478' "$logs/turn.log" || [ "$waited" -ge 100 ]; do
    waited=$((waited + 1))
    sleep 0.1
  done
  inside "$first" 10002 turnutils_uclient -W "$turn_secret" -y -n 1 -c -m 1 192.0.2.2 >"$logs/turn-client.log" 2>&1
  check "$logs/turn-client.log" 'turn relays for who knows the shared secret' grep -q 'Total lost packets 0' "$logs/turn-client.log"
  inside "$first" 10002 turnutils_uclient -W wrong -y -n 1 -c -m 1 192.0.2.2 >"$logs/turn-stranger.log" 2>&1
  check "$logs/turn-stranger.log" 'turn refuses everybody else' grep -qi 'error 401\|Unauthorized\|Cannot complete Allocation' "$logs/turn-stranger.log"
  stop
  check /dev/null 'the shared secret is not in its log' sh -c "! grep -qF '$turn_secret' '$logs/turn.log'"
}

check_development() {
  check "$logs/build-development.log" 'development builds' build development
  mkdir "$work/sources"
  (cd "$checkout" && cp -a pom.xml LICENSE conf src "$work/sources/")
  sources=$work/sources
  container live development
  check "$logs/live.log" 'development builds the mounted sources and serves' becomes_healthy 180
  printf '\n' >>"$work/sources/src/main/java/io/aiconexus/cli/Version.java"
  waited=0
  until [ "$(grep -c 'live: started' "$logs/live.log")" -ge 2 ] || [ "$waited" -ge 900 ]; do
    waited=$((waited + 1))
    sleep 0.2
  done
  check "$logs/live.log" 'a change of the sources builds and starts it anew' sh -c \
    "[ \$(grep -c 'live: started' '$logs/live.log') -ge 2 ]"
  becomes_healthy 60
  stop
  check "$logs/live.log" "SIGTERM ends it (status $status)" [ "$status" = 0 ]
}

# As buildah runs it, as root of the image: the suite makes network namespaces and writes where it is.
check_suite() {
  check "$logs/build-testing.log" 'testing builds' build testing
  files=$(ulimit -H -n)
  [ "$files" != unlimited ] && [ "$files" -le 65536 ] || files=65536
  fresh=$(images from --ulimit "nofile=$files:$files" localhost/testing)
  # shellcheck disable=SC2046 # one word per argument
  images run --isolation chroot "$fresh" -- $(configured testing 'range .Docker.Config.Entrypoint}}{{println .}}{{end') \
    >"$logs/suite.log" 2>&1 &
  wait_for $!
  status=$?
  root=$(images mount "$fresh")
  say "        $(grep -h 'Tests run:.*Time\|Tests run:' "$logs/suite.log" | tail -n 1)"
  say "        lines reached: $(awk -F, 'NR > 1 { missed += $8; covered += $9 } END { if (covered) printf "%.1f %%", 100 * covered / (missed + covered) }' "$root/build/target/site/jacoco/jacoco.csv" 2>/dev/null)"
  check "$logs/suite.log" "the whole suite passes in the image testing (status $status)" [ "$status" = 0 ]
  check "$logs/suite.log" 'its report says which lines it reached' [ -s "$root/build/target/site/jacoco/index.html" ]
}
