# Stands in for apache/kafka: one node, its settings from the environment in that image's spelling. Built by deploy/build-stand-ins.
ARG BASE=patchwar-base:local
FROM ${BASE}
COPY lib/ /opt/kafka/lib/
COPY kafka.sh /opt/kafka/kafka.sh
RUN install -d -m 1777 /var/lib/kafka/data
USER 1000:1000
EXPOSE 9092
ENTRYPOINT ["/bin/sh", "/opt/kafka/kafka.sh"]
