import { PodscopeError } from '@podscope/core';
import type { OpenSearchDestination } from '../../destinations/destinations.ts';
import type { LogstashOutput } from '../language/model.ts';

type OutputOptions = Extract<LogstashOutput, { plugin: 'opensearch' }>['options'];

/**
 * The output to any of the engines, by logstash-output-opensearch.
 *
 * - Documents are only created: a data stream takes nothing else, and one that is there already is a 409, which the plugin logs and
 *   drops (`retrying_submit` in lib/logstash/plugin_mixins/opensearch/common.rb); the log is spared it.
 * - A host without a port gets 9200 (`host_to_url` in lib/logstash/outputs/opensearch/http_client.rb), so the port is always written.
 * - The plugin would install its own index template, over the strict ones.
 * - Where `GET /` is refused, as by Serverless, the server's version must be told.
 * - What is signed for AWS isn't compressed: the signer reads compressed bytes as text, in an encoding that Java has none of, and every
 *   request fails (`minimum_encoding_for` in lib/logstash/outputs/opensearch/http_client/manticore_adapter.rb; its issue 293).
 */
export function openSearchOutput(destination: OpenSearchDestination): LogstashOutput {
  const url = new URL(destination.endpoint);
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  const path = url.pathname.replace(/\/$/, '');
  const isServerless = destination.engine === 'opensearch-serverless';
  const options: OutputOptions = {
    id: 'to-opensearch',
    hosts: [`${url.protocol}//${url.hostname}:${port}${path}`],
    index: '%{[@metadata][index]}',
    action: 'create',
    // Collections of time series refuse ids that a client gives.
    ...(isServerless ? {} : { document_id: '%{[@metadata][_id]}' }),
    manage_template: false,
    ecs_compatibility: 'disabled',
    failure_type_logging_whitelist: ['version_conflict_engine_exception', 'document_already_exists_exception'],
    http_compression: destination.auth.kind !== 'sigv4',
    ...(isServerless ? { default_server_major_version: 2, legacy_template: false } : {}),
    ...(destination.engine === 'amazon-opensearch-service' ? { default_server_major_version: 2 } : {}),
    ...authentication(destination),
    ...(isSecure ? { ssl: true, ssl_certificate_verification: destination.tls?.insecureSkipVerify !== true } : {}),
    ...(destination.tls?.caFile === undefined ? {} : { cacert: destination.tls.caFile }),
  };
  return { plugin: 'opensearch', options };
}

function authentication({ auth, engine }: OpenSearchDestination): OutputOptions {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'basic':
      return { user: auth.username, password: auth.password };
    case 'sigv4':
      if (auth.roleArn !== undefined) {
        throw new PodscopeError('SHIPPER_INCOMPATIBLE', 'logstash-output-opensearch signs with the credentials that it finds, and takes on no role.', {
          hint: 'Give the pod that role itself, by EKS Pod Identity or IRSA, and leave roleArn out.',
        });
      }
      return { auth_type: { type: 'aws_iam', region: auth.region, ...(engine === 'opensearch-serverless' ? { service_name: 'aoss' } : {}) } };
  }
}
