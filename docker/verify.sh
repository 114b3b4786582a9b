#!/bin/bash
# Builds every image on this machine and proves what docker/DOCKER.md promises about them; see usage below.
# Bash, because it waits for many processes, and dash 0.5.12 was seen to miss that one had ended.
set -u

usage() {
  cat <<'TEXT'
Usage: docker/verify.sh [--without-suite | --only-suite] [--cache DIRECTORY]

Builds every target of docker/Dockerfile and checks what comes out, without a Docker engine: debootstrap makes the base
image, buildah builds in a chroot, and containers are made of namespaces. Needs a Debian machine and root; installs
buildah, debootstrap, iproute2 and procps where they are missing, and leaves nothing else behind. Takes some ten minutes
and 6 GB in TMPDIR (/var/tmp).

  --without-suite   leave out the test suite in the image testing, which takes most of the time
  --only-suite      nothing but that
  --cache DIRECTORY keep the base image and all layers there, and begin with those of the last time

Environment
  DEBIAN_MIRROR, DEBIAN_SECURITY   mirrors for the base image (http://deb.debian.org/debian and debian-security)
  APT_SOURCES       a file in deb822 format instead of the sources of the base image, for the builds
  MAVEN_SETTINGS    settings.xml for the builds (~/.m2/settings.xml, where there is one)
  TRUSTSTORE        certificates that Maven trusts (/etc/ssl/certs/java/cacerts, where there is one)

Exit status: 0 everything holds, 1 something does not, 2 it could not be checked.
TEXT
}

suite=yes
rest=yes
storage=
while [ $# -gt 0 ]; do
  case $1 in
    --without-suite) suite=no ;;
    --only-suite) rest=no ;;
    --cache) storage=${2:?"--cache needs a directory"}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

checkout=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${DEBIAN_SECURITY:-http://deb.debian.org/debian-security}
checks=0
failures=0
runners=
network=
work=

say() { printf '%s\n' "$*"; }
give_up() { printf 'verify: %s\n' "$*" >&2; exit 2; }

ok() {
  checks=$((checks + 1))
  say "ok      $*"
}

# failed LOG TEXT: the end of the log says why.
failed() {
  checks=$((checks + 1))
  failures=$((failures + 1))
  log=$1
  shift
  say "FAILED  $*"
  [ ! -s "$log" ] || tail -n 15 "$log" | sed 's/^/        | /'
}

# check LOG TEXT COMMAND...: holds when the command succeeds.
check() {
  check_log=$1
  check_text=$2
  shift 2
  if "$@"; then ok "$check_text"; else failed "$check_log" "$check_text"; fi
}

# shellcheck source=docker/verify/images.sh
. "$checkout/docker/verify/images.sh"
# shellcheck source=docker/verify/containers.sh
. "$checkout/docker/verify/containers.sh"
# shellcheck source=docker/verify/checks.sh
. "$checkout/docker/verify/checks.sh"

# wait_for PROCESS: its status is that of the process, which goes when this script does.
wait_for() {
  runners="$runners $1"
  wait "$1"
}

# Every process that has its root below the directory of this run, and no other.
end_processes() {
  for process in /proc/[0-9]*; do
    case $(readlink "$process/root" 2>/dev/null) in
      "$work"/* | "$storage"/*) kill -KILL "${process#/proc/}" 2>/dev/null ;;
    esac
  done
}

unmount_below() {
  while mounted=$(sed -n "s#^[^ ]* \($1/[^ ]*\) .*#\1#p" /proc/mounts | tail -n 1) && [ -n "$mounted" ]; do
    umount -l "$mounted" || break
  done
}

# Whatever happened: processes, control groups, the network, mounts and files go.
clean_up() {
  for each in $runners; do kill -TERM "$each" 2>/dev/null; done
  [ -z "$work" ] || end_processes
  for each in $runners; do kill -KILL "$each" 2>/dev/null; done
  wait
  remove_limits
  [ -z "$network" ] || ip netns delete "$network" 2>/dev/null
  if [ -n "$work" ]; then
    images unmount --all >/dev/null 2>&1
    images rm --all >/dev/null 2>&1
    unmount_below "$work"
    unmount_below "$storage"
    rm -rf --one-file-system "$work"
  fi
}

prepare() {
  [ "$(id -u)" = 0 ] || give_up 'needs root: sudo docker/verify.sh'
  missing=
  for tool in buildah debootstrap ip:iproute2 ps:procps nsenter:util-linux setpriv:util-linux; do
    command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool##*:}"
  done
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word per package
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing; } \
      >/dev/null 2>&1 || give_up "missing:$missing; type: apt-get install$missing"
  fi
  work=$(TMPDIR=${TMPDIR:-/var/tmp} mktemp -d -t aiconexus-verify.XXXXXX)
  logs=$work/logs
  storage=${storage:-$work/storage}
  mkdir -p "$logs" "$work/roots" "$work/volumes" "$storage"
  storage=$(CDPATH='' cd "$storage" && pwd)
  make_network || give_up 'cannot make a network namespace'
  prepare_secrets
}

trap clean_up EXIT
trap 'exit 2' HUP INT TERM

prepare
make_base || { tail "$logs/debootstrap.log"; give_up 'cannot make the base image'; }
if [ "$rest" = yes ]; then
  check_compose
  check_production
  check_bad_input
  check_crash
  check_turn
  check_development
fi
[ "$suite" = no ] || check_suite

if [ "$failures" -gt 0 ]; then
  say "$failures of $checks checks FAILED"
  exit 1
fi
say "all $checks checks ok"
