# A Redis of its own that writes nothing to disk.

launch_redis() {
  redis_port=${fixed_port:-$(free_port)}
  spawn redis redis-server --bind 127.0.0.1 --port "$redis_port" --save '' --appendonly no
  await redis 15 redis-cli -h 127.0.0.1 -p "$redis_port" ping
}
