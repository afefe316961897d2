// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import { azure } from './outputs/azure.ts';
import { azureBlob } from './outputs/azureBlob.ts';
import { azureKusto } from './outputs/azureKusto.ts';
import { azureLogsIngestion } from './outputs/azureLogsIngestion.ts';
import { bigquery } from './outputs/bigquery.ts';
import { chronicle } from './outputs/chronicle.ts';
import { cloudwatchLogs } from './outputs/cloudwatchLogs.ts';
import { counter } from './outputs/counter.ts';
import { datadog } from './outputs/datadog.ts';
import { es } from './outputs/es.ts';
import { exitPlugin } from './outputs/exitPlugin.ts';
import { file } from './outputs/file.ts';
import { flowcounter } from './outputs/flowcounter.ts';
import { forward } from './outputs/forward.ts';
import { gcs } from './outputs/gcs.ts';
import { gelf } from './outputs/gelf.ts';
import { http } from './outputs/http.ts';
import { influxdb } from './outputs/influxdb.ts';
import { kafka } from './outputs/kafka.ts';
import { kafkaRest } from './outputs/kafkaRest.ts';
import { kinesisFirehose } from './outputs/kinesisFirehose.ts';
import { kinesisStreams } from './outputs/kinesisStreams.ts';
import { libPlugin } from './outputs/libPlugin.ts';
import { logdna } from './outputs/logdna.ts';
import { loki } from './outputs/loki.ts';
import { nats } from './outputs/nats.ts';
import { nrlogs } from './outputs/nrlogs.ts';
import { nullPlugin } from './outputs/nullPlugin.ts';
import { opensearch } from './outputs/opensearch.ts';
import { opentelemetry } from './outputs/opentelemetry.ts';
import { oracleLogAnalytics } from './outputs/oracleLogAnalytics.ts';
import { plot } from './outputs/plot.ts';
import { prometheusExporter } from './outputs/prometheusExporter.ts';
import { prometheusRemoteWrite } from './outputs/prometheusRemoteWrite.ts';
import { s3 } from './outputs/s3.ts';
import { skywalking } from './outputs/skywalking.ts';
import { slack } from './outputs/slack.ts';
import { splunk } from './outputs/splunk.ts';
import { stackdriver } from './outputs/stackdriver.ts';
import { stdout } from './outputs/stdout.ts';
import { syslog } from './outputs/syslog.ts';
import { tcp } from './outputs/tcp.ts';
import { td } from './outputs/td.ts';
import { udp } from './outputs/udp.ts';
import { vivoExporter } from './outputs/vivoExporter.ts';
import { websocket } from './outputs/websocket.ts';

/** All outputs by name. */
export const OUTPUTS = {
  azure,
  azure_blob: azureBlob,
  azure_kusto: azureKusto,
  azure_logs_ingestion: azureLogsIngestion,
  bigquery,
  chronicle,
  cloudwatch_logs: cloudwatchLogs,
  counter,
  datadog,
  es,
  exit: exitPlugin,
  file,
  flowcounter,
  forward,
  gcs,
  gelf,
  http,
  influxdb,
  kafka,
  'kafka-rest': kafkaRest,
  kinesis_firehose: kinesisFirehose,
  kinesis_streams: kinesisStreams,
  lib: libPlugin,
  logdna,
  loki,
  nats,
  nrlogs,
  null: nullPlugin,
  opensearch,
  opentelemetry,
  oracle_log_analytics: oracleLogAnalytics,
  plot,
  prometheus_exporter: prometheusExporter,
  prometheus_remote_write: prometheusRemoteWrite,
  s3,
  skywalking,
  slack,
  splunk,
  stackdriver,
  stdout,
  syslog,
  tcp,
  td,
  udp,
  vivo_exporter: vivoExporter,
  websocket,
} as const;
