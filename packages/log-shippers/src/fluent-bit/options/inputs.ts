// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import { blob } from './inputs/blob.ts';
import { collectd } from './inputs/collectd.ts';
import { cpu } from './inputs/cpu.ts';
import { disk } from './inputs/disk.ts';
import { docker } from './inputs/docker.ts';
import { dockerEvents } from './inputs/dockerEvents.ts';
import { dummy } from './inputs/dummy.ts';
import { elasticsearch } from './inputs/elasticsearch.ts';
import { eventType } from './inputs/eventType.ts';
import { exec } from './inputs/exec.ts';
import { fluentbitLogs } from './inputs/fluentbitLogs.ts';
import { fluentbitMetrics } from './inputs/fluentbitMetrics.ts';
import { forward } from './inputs/forward.ts';
import { gpuMetrics } from './inputs/gpuMetrics.ts';
import { head } from './inputs/head.ts';
import { health } from './inputs/health.ts';
import { http } from './inputs/http.ts';
import { kafka } from './inputs/kafka.ts';
import { kmsg } from './inputs/kmsg.ts';
import { kubernetesEvents } from './inputs/kubernetesEvents.ts';
import { libPlugin } from './inputs/libPlugin.ts';
import { mem } from './inputs/mem.ts';
import { mqtt } from './inputs/mqtt.ts';
import { netif } from './inputs/netif.ts';
import { nginxMetrics } from './inputs/nginxMetrics.ts';
import { nodeExporterMetrics } from './inputs/nodeExporterMetrics.ts';
import { opentelemetry } from './inputs/opentelemetry.ts';
import { podmanMetrics } from './inputs/podmanMetrics.ts';
import { proc } from './inputs/proc.ts';
import { processExporterMetrics } from './inputs/processExporterMetrics.ts';
import { prometheusRemoteWrite } from './inputs/prometheusRemoteWrite.ts';
import { prometheusScrape } from './inputs/prometheusScrape.ts';
import { prometheusTextfile } from './inputs/prometheusTextfile.ts';
import { random } from './inputs/random.ts';
import { serial } from './inputs/serial.ts';
import { splunk } from './inputs/splunk.ts';
import { statsd } from './inputs/statsd.ts';
import { stdin } from './inputs/stdin.ts';
import { syslog } from './inputs/syslog.ts';
import { tail } from './inputs/tail.ts';
import { tcp } from './inputs/tcp.ts';
import { thermal } from './inputs/thermal.ts';
import { udp } from './inputs/udp.ts';

/** All inputs by name. */
export const INPUTS = {
  blob,
  collectd,
  cpu,
  disk,
  docker,
  docker_events: dockerEvents,
  dummy,
  elasticsearch,
  event_type: eventType,
  exec,
  fluentbit_logs: fluentbitLogs,
  fluentbit_metrics: fluentbitMetrics,
  forward,
  gpu_metrics: gpuMetrics,
  head,
  health,
  http,
  kafka,
  kmsg,
  kubernetes_events: kubernetesEvents,
  lib: libPlugin,
  mem,
  mqtt,
  netif,
  nginx_metrics: nginxMetrics,
  node_exporter_metrics: nodeExporterMetrics,
  opentelemetry,
  podman_metrics: podmanMetrics,
  proc,
  process_exporter_metrics: processExporterMetrics,
  prometheus_remote_write: prometheusRemoteWrite,
  prometheus_scrape: prometheusScrape,
  prometheus_textfile: prometheusTextfile,
  random,
  serial,
  splunk,
  statsd,
  stdin,
  syslog,
  tail,
  tcp,
  thermal,
  udp,
} as const;
