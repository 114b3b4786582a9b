#!/bin/sh
# Makes the secrets of docker/compose.yml that are not there yet, in docker/secrets, which git and builds never see.
set -eu

usage() {
  cat <<'TEXT'
Usage: docker/secrets.sh

Makes what is missing in docker/secrets; what is there stays as it is:
  admin_token        what commands to the node over HTTP must bring
  turn_secret        shared by coturn and the node, which makes credentials for it
  grafana_password   of Grafana's user admin
  ice_servers        STUN and TURN servers of others that the node hands to agents; none, to begin with
TEXT
}

case ${1:-} in
  '') ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
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

[ -e "$directory/admin_token" ] || random 24 | put admin_token
[ -e "$directory/turn_secret" ] || random 24 | put turn_secret
[ -e "$directory/grafana_password" ] || random 16 | put grafana_password
[ -e "$directory/ice_servers" ] || echo '[]' | put ice_servers
