#!/bin/sh
# Shows that other Discord libraries live in the stand-in: discord.js and discord.py log in, register commands and answer
# interactions. Development only. They are installed into a temporary folder, which is removed afterwards.
#
# STANDIN: the command that starts the stand-in and prints its description; by default this package's own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
standin=
finish() {
    [ -z "$standin" ] || kill "$standin" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

if [ -z "${STANDIN:-}" ]; then
    (cd "$root" && cargo build --bin deskhand)
    STANDIN="${CARGO_TARGET_DIR:-$root/target}/debug/deskhand standin --port 0 --json"
fi

cp "$here/package.json" "$here/discordjs.mjs" "$work/"
(cd "$work" && npm install --no-audit --no-fund --loglevel=error)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"

for client in js py; do
    # Each client gets a first state of its own.
    $STANDIN >"$work/standin.json" &
    standin=$!
    tries=0
    until [ -s "$work/standin.json" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { echo "the stand-in did not start" >&2; exit 1; }
        sleep 0.1
    done
    case $client in
        js) (cd "$work" && node discordjs.mjs standin.json) ;;
        py) "$work/venv/bin/python" "$here/discordpy.py" "$work/standin.json" ;;
    esac
    kill "$standin"
    wait "$standin" 2>/dev/null || true
    standin=
    rm "$work/standin.json"
done
