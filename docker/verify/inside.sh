#!/bin/sh
# The first process of a container: puts its file system together, gives up every right, and becomes the image's command.
set -eu

image=$1 root=$2 volumes=$3 user=$4 directory=$5 limit=$6 data_mode=$7 crash_mode=$8 sources=$9
shift 9

[ -z "$limit" ] || echo 0 >"$limit/cgroup.procs"
mount --make-rprivate /
mount --bind "$image" "$root"
mount -t proc proc "$root/proc"
mount --rbind --make-rslave /sys "$root/sys"
mount -t tmpfs -o mode=0755,nosuid,noexec,size=64k tmpfs "$root/dev"
for device in null zero full random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=1777,nosuid,nodev,size=96m tmpfs "$root/tmp"

# volume NAME PLACE MODE: where the image has that place.
volume() {
  [ -d "$root$2" ] || return 0
  mount --bind "$volumes/$1" "$root$2"
  [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"
}
volume data /var/lib/aiconexus "$data_mode"
volume crash /var/crash/aiconexus "$crash_mode"
mkdir -p "$root/run/secrets"
volume secrets /run/secrets ro
if [ -n "$sources" ]; then
  volume data /work rw
  mkdir -p "$root/src"
  mount --bind "$sources" "$root/src"
  mount -o remount,bind,ro "$root/src"
fi
mount -o remount,bind,ro "$root"

set -f
# shellcheck disable=SC2046 # one word per variable
exec chroot "$root" /usr/bin/setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all -- /usr/bin/env -i --chdir="$directory" $(cat "$root.env") "$@"
