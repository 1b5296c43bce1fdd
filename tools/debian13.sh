#!/bin/sh
# A stranger's machine: a fresh Debian 13 in a temporary folder, with nothing but make, git and python3-venv.
# There the committed state is cloned, the book is built, and one part is checked; with the argument `all`, all notebooks
# and a third of the tests. Needs root, for chroot. Settings of pip, uv, npm and apt are those of this machine.
set -eu
cd "$(dirname "$0")/.."

fail() { echo "test-debian13: $1" >&2; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "only root can make a Debian in a folder: sudo make test-debian13"
if ! command -v debootstrap >/dev/null; then
    command -v apt-get >/dev/null || fail "debootstrap is missing: install it"
    apt-get update --quiet=2
    DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends debootstrap </dev/null >/dev/null
fi

# In a namespace of its own: what is mounted ends with this script.
if [ -z "${IN_OWN_NAMESPACE:-}" ]; then
    IN_OWN_NAMESPACE=1 exec unshare --mount sh tools/debian13.sh "$@"
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/debian13.XXXXXX")
running=
# make hands on the signal that it got itself: the second must not end the cleaning.
clean() {
    trap '' INT TERM
    [ -z "$running" ] || { kill -KILL $running; sleep 1; }
    for mounted in dev proc sys; do umount --lazy --recursive "$root/$mounted" 2>/dev/null || true; done
    rm -rf --one-file-system "$root" "$root.log"
}
trap clean EXIT
trap 'exit 1' INT TERM
# A shell hears a signal only while it waits; what runs in a process namespace ends as a whole.
contained() {
    unshare --pid --fork --kill-child "$@" &
    running=$!
    wait $running || { code=$?; running=; return $code; }
    running=
}
step() { echo "== $(($(date +%s) - began)) s: $1"; }
began=$(date +%s)

step "Debian 13"
# The mirror that this machine uses, if it is a Debian; else debootstrap's own.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' 2>/dev/null |
    grep -v -m 1 security || true)
# Nothing here has to survive a power cut, and nobody reads manuals in it: that halves the time.
mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' >"$root/etc/dpkg/dpkg.cfg.d/quick"
contained debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-venv trixie "$root" $mirror \
    >"$root.log" 2>&1 || { tail -n 20 "$root.log" >&2; fail "debootstrap failed; is the network there?"; }
mkdir -p "$root$HOME"
mount --rbind /dev "$root/dev"

# What leads this machine's clients to their registries leads them there too.
copy() { mkdir -p "$root$(dirname "$1")" && cp -L "$1" "$root$1"; }
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" \
    "$HOME/.npmrc" /etc/npmrc "$HOME/.config/uv/uv.toml" /etc/uv/uv.toml "${SSL_CERT_FILE:-}" "${PIP_CERT:-}" \
    "${PIP_CONFIG_FILE:-}" "${UV_CONFIG_FILE:-}" "${NODE_EXTRA_CA_CERTS:-}"; do
    if [ -f "$file" ]; then copy "$file"; fi
done
# Files that these settings name: certificates, constraints.
for file in $(cat "$root/etc/pip.conf" "$root/etc/xdg/pip/pip.conf" "$root$HOME/.config/pip/pip.conf" 2>/dev/null |
    sed -n 's/^[a-z-]* *= *\(\/.*\)/\1/p'); do
    if [ -f "$file" ]; then copy "$file"; fi
done

git -c safe.directory='*' clone --quiet --no-local . "$root/book"
inside() {
    contained --mount-proc="$root/proc" setsid env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -u VIRTUAL_ENV \
        -u PYTHONPATH -u PYTHONHOME -u PYTHON -u TMPDIR PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot "$root" sh -euc "cd /book; $1"
}

step "make book"
inside 'make book'
step "checks"
inside 'git status --short | (! grep .)'
if [ "${1:-}" = all ]; then
    inside '.venv/bin/pytest --quiet --numprocesses logical --dist loadfile tests/cotunneling tests/rederived/evaluate/test_evaluator.py tests/test_tools.py'
    inside '.venv/bin/pytest --quiet --nbval --numprocesses logical --dist loadfile book/'
else
    inside '.venv/bin/python -m derivations SLZ25b'
    inside '.venv/bin/pytest --quiet --nbval --numprocesses logical --dist loadfile book/cotunneling'
fi
step "done"
