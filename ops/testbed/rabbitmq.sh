# A RabbitMQ of its own, and the epmd that Erlang programs find each other by: without one of ours the server would start
# one that outlives it, on a port that all of the machine shares.

launch_rabbitmq() {
  stop epmd # Of an attempt that failed.
  mkdir -p "$bed/epmd"
  rabbitmq_port=${fixed_port:-$(free_port)}
  local epmd_port
  epmd_port=$(free_port)
  spawn epmd epmd -port "$epmd_port" -address 127.0.0.1
  await epmd 10 answers "$epmd_port" || return 1

  printf 'listeners.tcp.1 = 127.0.0.1:%s\nlog.console = true\nlog.file = false\n' "$rabbitmq_port" >"$bed/rabbitmq/rabbitmq.conf"
  # As under systemd, the script becomes the server: the pid is the server's, and TERM stops it in order.
  spawn rabbitmq env HOME="$bed/rabbitmq" RUNNING_UNDER_SYSTEMD=true RABBITMQ_NODENAME=crowd4care@localhost \
    RABBITMQ_CONF_ENV_FILE="$bed/rabbitmq/none" RABBITMQ_CONFIG_FILE="$bed/rabbitmq/rabbitmq" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$bed/rabbitmq/plugins" RABBITMQ_GENERATED_CONFIG_DIR="$bed/rabbitmq/config" \
    RABBITMQ_MNESIA_BASE="$bed/rabbitmq" RABBITMQ_LOG_BASE="$bed/rabbitmq" RABBITMQ_PID_FILE="$bed/rabbitmq/pid" \
    ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$epmd_port" RABBITMQ_DIST_PORT="$(free_port)" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
    "$rabbitmq_program"
  # It listens when all else is up.
  await rabbitmq 60 answers "$rabbitmq_port" && echo "$rabbitmq_port" >"$bed/rabbitmq/port"
}

# The script behind Debian's: that one wants to be root, and becomes a user that can't write here.
rabbitmq_program=/usr/lib/rabbitmq/bin/rabbitmq-server
