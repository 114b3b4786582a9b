# shellcheck shell=bash
# shellcheck disable=SC2154 # verify.sh sets the variables
# Builds the images with buildah, on a base that debootstrap makes; sourced by verify.sh.

images() { buildah --root "$storage" --runroot "$work/run" "$@"; }

# What debian:bookworm-slim leaves out, so that sizes can be compared.
slim() {
  rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/info/* "$1"/usr/share/locale/* \
    "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb "$1"/var/log/*.log
  cat >"$1/etc/dpkg/dpkg.cfg.d/slim" <<'RULES'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
RULES
  cat >"$1/etc/apt/sources.list" <<SOURCES
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb $security bookworm-security main
SOURCES
}

# A base that the cache has is taken as it is.
make_base() {
  ! images inspect --type image localhost/base >/dev/null 2>&1 || return 0
  debootstrap --variant=minbase bookworm "$work/base" "$mirror" >"$logs/debootstrap.log" 2>&1 &
  wait_for $! || return 1
  slim "$work/base"
  base=$(images from scratch)
  {
    images add --quiet "$base" "$work/base" /
    images config --cmd bash --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$base"
    images commit --quiet "$base" localhost/base
    images rm "$base"
  } >>"$logs/debootstrap.log" 2>&1
  rm -rf "$work/base"
}

# How this machine reaches its registries becomes secrets of the build. Each that is text carries a mark, by which a copy
# of it in a layer would be found.
prepare_secrets() {
  mark=mark-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  mkdir -p "$work/secrets"
  {
    printf '// %s\n' "$mark"
    apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::|Check-|Retries)' || true
  } >"$work/secrets/apt_conf"
  secrets="--secret=id=apt_conf,src=$work/secrets/apt_conf"
  if [ -n "${APT_SOURCES:-}" ]; then
    { printf '# %s\n' "$mark"; cat "$APT_SOURCES"; } >"$work/secrets/apt_sources"
    secrets="$secrets --secret=id=apt_sources,src=$work/secrets/apt_sources"
  fi
  settings=${MAVEN_SETTINGS:-$HOME/.m2/settings.xml}
  if [ -r "$settings" ]; then
    { cat "$settings"; printf '<!-- %s -->\n' "$mark"; } >"$work/secrets/maven_settings"
    secrets="$secrets --secret=id=maven_settings,src=$work/secrets/maven_settings"
  fi
  truststore=${TRUSTSTORE:-/etc/ssl/certs/java/cacerts}
  [ ! -r "$truststore" ] || secrets="$secrets --secret=id=truststore,src=$truststore"
}

# In the background, so that a signal ends the waiting and not only what is waited for.
build() {
  commit=$(cd "$checkout" && git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
  # shellcheck disable=SC2086 # one word per secret
  images bud --isolation chroot --layers --format docker --build-arg BASE=localhost/base --build-arg REVISION="$commit" \
    $secrets --file "$checkout/docker/Dockerfile" --target "$1" --tag "localhost/$1" "$checkout" \
    >"$logs/build-$1.log" 2>&1 &
  wait_for $!
}

# Prints where the file system of a fresh container of that image is.
mount_image() {
  fresh=$(images from "localhost/$1") && images mount "$fresh"
}

# One field of an image's configuration, such as .Docker.Config.User.
configured() {
  images inspect --type image --format "{{$2}}" "localhost/$1"
}

unpack_layers() {
  images push --quiet "localhost/$1" "dir:$work/layers-$1" >"$logs/push-$1.log" 2>&1
  for blob in "$work/layers-$1"/*; do
    if gzip -t "$blob" 2>/dev/null; then gzip -dc "$blob" >"$blob.tar" && rm "$blob"; fi
  done
}

size_in_mb() { du -sm --apparent-size "$1" | cut -f1; }
