#!/bin/sh
# Makes the secrets of docker/compose.yml that are not there yet, in docker/secrets, which git and builds never see.
set -eu

usage() {
  cat <<'TEXT'
Usage: docker/secrets.sh [--turn HOST[:PORT]] [--days DAYS]

Makes what is missing in docker/secrets; what is there stays as it is:
  turn_secret        shared by coturn and whoever makes credentials for it
  grafana_password   of Grafana's user admin
  ice_servers        the STUN and TURN servers that the gateway hands to agents; none, to begin with

  --turn HOST[:PORT]   write ice_servers anew, with a credential for the TURN server there
  --days DAYS          how long the credential is good for (90)
TEXT
}

fail() {
  printf 'secrets: %s\n' "$*" >&2
  exit 2
}

turn=
days=90
while [ $# -gt 0 ]; do
  case $1 in
    --turn) turn=${2:-}; [ -n "$turn" ] || fail '--turn needs a host'; shift 2 ;;
    --days) days=${2:-}; shift 2 || fail '--days needs a number' ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
case $days in
  '' | *[!0-9]* | ?????*) fail "--days must be 1 to 9999, was \"$days\"" ;;
esac
case $turn in
  *[!A-Za-z0-9.:_-]*) fail "--turn must be HOST or HOST:PORT, was \"$turn\"" ;;
esac

# Nobody else gets into the directory; the files in it are open, because users of containers have to read them.
directory=${AICONEXUS_SECRETS:-$(dirname "$0")/secrets}
(umask 077 && mkdir -p "$directory")
chmod 0700 "$directory"

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Writes what comes in, all of it or nothing.
put() {
  cat >"$directory/.$1"
  chmod 0444 "$directory/.$1"
  mv -f "$directory/.$1" "$directory/$1"
  printf 'secrets: made %s\n' "$directory/$1"
}

# HMAC-SHA-1 (RFC 2104) of what comes in, by the secret in file $1. As an argument of openssl everybody could read it.
hmac_sha1() {
  inner='' outer='' count=0
  for byte in $(tr -d '\r\n' <"$1" | od -An -v -tx1); do
    inner=$inner$(printf '\\%03o' $((0x$byte ^ 0x36)))
    outer=$outer$(printf '\\%03o' $((0x$byte ^ 0x5c)))
    count=$((count + 1))
  done
  [ "$count" -le 64 ] || fail "$1 must hold at most 64 characters, has $count"
  while [ "$count" -lt 64 ]; do
    inner=$inner'\066' outer=$outer'\134' count=$((count + 1))
  done
  # shellcheck disable=SC2059 # the bytes are the format
  { printf "$outer"; { printf "$inner"; cat; } | openssl dgst -sha1 -binary; } | openssl dgst -sha1 -binary
}

[ -e "$directory/turn_secret" ] || random 24 | put turn_secret
[ -e "$directory/grafana_password" ] || random 16 | put grafana_password
[ -e "$directory/ice_servers" ] || echo '[]' | put ice_servers

if [ -n "$turn" ]; then
  command -v openssl >/dev/null || fail 'openssl is missing; type: apt-get install openssl'
  case $turn in
    *:*) ;;
    *) turn=$turn:3478 ;;
  esac
  # The REST API for TURN: the name says until when, and coturn can compute the rest from the shared secret.
  user=$(($(date +%s) + days * 86400)):aiconexus
  credential=$(printf '%s' "$user" | hmac_sha1 "$directory/turn_secret" | openssl base64)
  printf '[{"urls": "stun:%s"}, {"urls": "turn:%s?transport=udp", "username": "%s", "credential": "%s"}]\n' \
    "$turn" "$turn" "$user" "$credential" | put ice_servers
  printf 'secrets: the credential is good for %s days; run this again before that, and restart the node\n' "$days"
fi
