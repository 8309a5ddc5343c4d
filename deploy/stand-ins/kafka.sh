# Starts the broker of embedded-kafka with what the image apache/kafka takes from its environment: KAFKA_LOG_DIRS is log.dirs.
set -eu
data=${KAFKA_LOG_DIRS:-/var/lib/kafka/data}
IFS='
'
# shellcheck disable=SC2046 # one word a line
set -- $(env | awk -F= '/^KAFKA_/ { name = tolower(substr($1, 7)); gsub(/_/, ".", name); print name substr($0, length($1) + 1) }')

# The broker lives as long as somebody holds the other end of its standard input, and stops in order when that is let go of.
lifeline=$(mktemp -u)
mkfifo "$lifeline"
java -Xmx256m -XX:+UseSerialGC -Dlogback.configurationFile=io/patchwar/broker/logback-broker.xml -cp '/opt/kafka/lib/*' \
  io.patchwar.broker.BrokerMain $$ "$data" "$data/lock" 9092 9093 "$@" <"$lifeline" &
broker=$!
exec 3>"$lifeline"
trap 'exec 3>&-' TERM INT
wait "$broker" || wait "$broker"
