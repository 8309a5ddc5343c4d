# Stands in for an image of Prometheus' makers: the program that Debian has of it, as nobody. Built by deploy/build-stand-ins.
ARG BASE=patchwar-base:local
FROM ${BASE}
ARG DATA
COPY program /bin/program
COPY share/ /usr/share/prometheus/
RUN install -d -o 65534 -g 65534 "${DATA}"
USER 65534:65534
ENTRYPOINT ["/bin/program"]
