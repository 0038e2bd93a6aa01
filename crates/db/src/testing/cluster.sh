# Runs a PostgreSQL until the standard input ends, which it does however the process that started this comes to its end.
# Arguments: the folder of PostgreSQL's programs, the port, on or off for fsync. Says "ready DIRECTORY" or fails.
bin=$1 port=$2 fsync=$3
dir=$(mktemp -d /tmp/tinklaveika-postgres.XXXXXX) || exit 1
cd "$dir" || exit 1
server=
trap 'stop QUIT; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
# An answer that nobody hears any more must not end this before the server.
trap '' PIPE

stop() {
    [ -z "$server" ] || kill -"$1" "$server" 2>/dev/null
    wait
    server=
}

# A linguistic collation, unlike SQLite's bytes: what depends on the order of a database shows.
"$bin/initdb" -D "$dir/data" -U tinklaveika -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=lt --no-sync \
    >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }

start() {
    "$bin/postgres" -D "$dir/data" -k "$dir" -h 127.0.0.1 -p "$port" -c fsync="$fsync" -c full_page_writes="$fsync" \
        -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=256MB >>"$dir/log" 2>&1 </dev/null &
    server=$!
    tries=0
    until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U tinklaveika -d postgres; do
        tries=$((tries + 1))
        if [ $tries -gt 600 ] || ! kill -0 "$server" 2>/dev/null; then
            tail -n 20 "$dir/log" >&2
            return 1
        fi
        sleep 0.05
    done
}

start || exit 1
echo "ready $dir"
while read -r command; do
    case $command in
        fast) stop INT ;;
        immediate) stop QUIT ;;
        start) start || exit 1 ;;
    esac
    echo "done $command"
done
