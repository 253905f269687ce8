# A PostgreSQL cluster of its own. Data that is thrown away need not survive a crash: no fsync, unless postgres_fsync=on.

launch_postgres() {
  local programs
  programs=$(postgres_programs)
  if [[ ! -f $bed/postgres/PG_VERSION ]]; then make_cluster "$programs" || return 1; fi
  postgres_port=${fixed_port:-$(free_port)}
  spawn postgres "${as_postgres[@]}" "$programs/postgres" -D "$bed/postgres" -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync="${postgres_fsync:-off}" \
    -c max_connections=300
  await postgres 30 "$programs/pg_isready" --quiet --host=127.0.0.1 --port="$postgres_port"
}

make_cluster() {
  if ((EUID == 0)); then chown postgres "$bed/postgres"; fi
  (cd "$bed/postgres" && "${as_postgres[@]}" "$1/initdb" --pgdata="$bed/postgres" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 $([[ ${postgres_fsync:-off} == on ]] || echo --no-sync)) >"$bed/postgres.log" 2>&1
}

# The newest version that is installed.
postgres_programs() {
  local initdb
  initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [[ -x $initdb ]] && dirname "$initdb"
}

# PostgreSQL refuses to run as root. setpriv, unlike su, becomes the program: the pid is the server's.
as_postgres=()
if ((EUID == 0)); then as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups); fi
