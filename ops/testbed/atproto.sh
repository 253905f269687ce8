# The Bluesky network of tests/atproto. It needs PostgreSQL and Redis, and chooses its ports itself.

launch_atproto() {
  mkdir -p "$bed/atproto/tmp"
  # A module looks for its packages beside itself.
  cp "$root/tests/atproto/network.mjs" "$bed/atproto/"
  ln -sfn "$packages/node_modules" "$bed/atproto/node_modules"
  spawn atproto env TMPDIR="$bed/atproto/tmp" LOG_ENABLED=false NETWORK_FILE="$bed/atproto/network.json" \
    POSTGRES_URL="postgresql://postgres@127.0.0.1:$postgres_port/postgres" REDIS_HOST="127.0.0.1:$redis_port" \
    "$(node_program)" network.mjs
  await atproto 120 test -f "$bed/atproto/network.json"
}
