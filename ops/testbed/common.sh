# What the pieces of the test bed share, and ops/up. Sourced; $bed is the folder that holds the servers' data, logs and pids.

say() { printf '%s: %s\n' "${speaker:-test bed}" "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# A test bed is removed in the end: not somebody's home.
check_removable() {
  if [[ ${bed##*/} != crowd4care-* ]]; then die "the name of the folder has to begin with crowd4care-, and $bed does not"; fi
}

# A port nobody listens on, below the range that the kernel gives to outgoing connections. Somebody may still take it
# before the server does: start tries again.
free_port() {
  local port
  while
    port=$((20000 + RANDOM % 12000))
    answers "$port"
  do :; done
  echo "$port"
}

# answers PORT: whether somebody listens there.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start NAME: makes the server's folder and calls launch_NAME until the server answers.
start() {
  local name=$1 attempt
  mkdir -p "$bed/$name"
  for attempt in 1 2 3; do
    if "launch_$name"; then return; fi
    stop "$name"
    say "$name did not start (attempt $attempt); the end of its log:"
    tail -n 30 "$bed/$name.log" >&2 || true
  done
  die "$name cannot be started"
}

# spawn NAME COMMAND…: runs a server in the background, in its folder, and in a session of its own, out of reach of Ctrl-C.
spawn() (
  name=$1
  shift
  cd "$bed/$name"
  setsid "$@" </dev/null >"$bed/$name.log" 2>&1 &
  echo $! >"$bed/$name.pid"
)

# await NAME SECONDS PROBE…: waits until the probe succeeds; fails when the server has died or the time is up.
await() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" &>/dev/null; do
    is_running "$name" && ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# A server works in its folder of the bed: that tells it from a program that got the same pid later.
is_running() {
  local pid
  pid=$(cat "$bed/$1.pid" 2>/dev/null) && [[ $(readlink "/proc/$pid/cwd") == "$bed/$1"* ]]
}

# stop NAME [SIGNAL]: asks, waits, and ends the server by force after ten seconds.
stop() {
  local name=$1 signal=${2:-TERM} deadline=$((SECONDS + 10)) pid
  if is_running "$name"; then
    pid=$(<"$bed/$name.pid")
    kill "-$signal" "$pid" 2>/dev/null || true
    while is_running "$name"; do
      if ((SECONDS >= deadline)); then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep 0.1
    done
  fi
  rm -f "$bed/$name.pid"
}

# end_session FILE: ends the program whose pid the file holds, with all that it started.
end_session() {
  local pid signal=TERM deadline=$((SECONDS + 10))
  pid=$(cat "$1" 2>/dev/null) || return 0
  while kill "-$signal" -- "-$pid" 2>/dev/null || kill "-$signal" "$pid" 2>/dev/null; do
    if ((SECONDS >= deadline)); then signal=KILL; fi
    sleep 0.1
  done
}
