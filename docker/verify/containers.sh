# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # verify.sh and checks.sh share these variables
# Runs an image as Docker would with --read-only --cap-drop ALL --security-opt no-new-privileges, without Docker: own
# mounts, own processes, the image's user, environment and command. Sourced by verify.sh.

# A network that all containers share and nothing else sees. The native engine wants an interface beside loopback.
make_network() {
  network=aiconexus-verify-$$
  ip netns add "$network"
  ip -n "$network" link set lo up
  ip -n "$network" link add eth0 type veth peer name eth1
  ip -n "$network" address add 192.0.2.2/24 dev eth0
  ip -n "$network" link set eth0 up
  ip -n "$network" link set eth1 up
}

# container NAME IMAGE [ARGUMENT]...: starts it; $started is its first process, as the host sees it. Before it, these say
# what differs: environment (words), data_mode and crash_mode (rw or ro), memory (MiB), sources (a directory for /src),
# tools (yes: the root may be written to).
container() {
  name=$1
  image=$2
  shift 2
  volumes=$work/volumes/$name
  mkdir -p "$volumes/data" "$volumes/crash" "$volumes/secrets" "$work/roots/$name"
  chown "$(configured "$image" .Docker.Config.User)" "$volumes/data" "$volumes/crash"
  chmod 0700 "$volumes/data" "$volumes/crash"
  root=$(mount_image "$image")
  limit=
  [ -z "${memory:-}" ] || limit=$(make_limit "$name" "$memory") || give_up 'this system limits no memory (cgroups)'
  user=$(configured "$image" .Docker.Config.User)
  configured "$image" 'range .Docker.Config.Env}}{{println .}}{{end' | sed '/^$/d' >"$work/roots/$name.env"
  # shellcheck disable=SC2086 # one word per variable
  [ -z "${environment:-}" ] || printf '%s\n' $environment >>"$work/roots/$name.env"
  entry=$(configured "$image" 'range .Docker.Config.Entrypoint}}{{println .}}{{end' | sed '/^$/d')
  # shellcheck disable=SC2046 # one word per argument
  [ $# -gt 0 ] || set -- $(configured "$image" 'range .Docker.Config.Cmd}}{{println .}}{{end')
  directory=$(configured "$image" .Docker.Config.WorkingDir)
  # shellcheck disable=SC2086 # one word per argument
  nsenter --net="/run/netns/$network" unshare --mount --pid --ipc --uts --fork --kill-child \
    sh "$checkout/docker/verify/inside.sh" "$root" "$work/roots/$name" "$volumes" "$user" \
    "${directory:-/}" "$limit" "${data_mode:-rw}" "${crash_mode:-rw}" "${sources:-}" \
    $entry "$@" >"$logs/$name.log" 2>&1 9>&- &
  runner=$!
  runners="${runners:-} $runner"
  environment='' data_mode='' crash_mode='' memory='' sources=''
}

# The first process of the container, as the host sees it; waits until it is there.
first_process() {
  tries=0
  while [ "$tries" -lt 50 ] && kill -0 "$runner" 2>/dev/null; do
    first=$(ps -o pid= --ppid "$runner" | tr -d ' ')
    [ -z "$first" ] || { printf '%s\n' "$first"; return 0; }
    tries=$((tries + 1))
    sleep 0.1
  done
  return 1
}

# inside PROCESS USER COMMAND...: runs a command in the container of that process.
inside() {
  process=$1
  user=$2
  shift 2
  nsenter --target "$process" --mount --net --pid --root --wd=/ --setuid "$user" --setgid "$user" -- \
    /usr/bin/env -i --chdir=/ PATH=/usr/local/bin:/usr/bin:/bin "$@"
}

# Waits for the last container and sets $status; one that does not end within $1 seconds is ended, and it is its first
# process that has to be: it changed its user, and so does not go with the one that started it.
finish() {
  waited=0
  while kill -0 "$runner" 2>/dev/null && [ "$waited" -lt "$(($1 * 10))" ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  if kill -0 "$runner" 2>/dev/null; then
    printf 'verify: still running after %s s, ended\n' "$1" >>"$logs/$name.log"
    kill -KILL "$(first_process)" "$runner" 2>/dev/null
  fi
  wait "$runner" 2>/dev/null
  status=$?
}

# A control group with that much memory, version 2 or 1; prints its directory.
make_limit() {
  parent=/sys/fs/cgroup
  file=memory.max
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
  else
    parent=/sys/fs/cgroup/memory
    file=memory.limit_in_bytes
  fi
  group=$parent/aiconexus-verify-$$-$1
  mkdir "$group" && echo $(($2 * 1024 * 1024)) >"$group/$file" && printf '%s\n' "$group"
}

remove_limits() {
  for group in "/sys/fs/cgroup/aiconexus-verify-$$"-* "/sys/fs/cgroup/memory/aiconexus-verify-$$"-*; do
    [ ! -d "$group" ] || rmdir "$group"
  done
}
