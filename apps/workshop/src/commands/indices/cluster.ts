import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Client, ClientOptions } from '@opensearch-project/opensearch';
import type { Environment } from '../../environment.ts';
import type { CommandContext } from '../command.ts';
import { usageError } from '../usageError.ts';

/** A cluster that a command works on. */
export interface Cluster extends AsyncDisposable {
  readonly client: Client;
  readonly url: string;
  /** True for the one that `podscope up` started. */
  readonly isRunningSystem: boolean;
}

/**
 * Connects with the cluster after `--url`, or with that of the running system. Credentials come from the environment only:
 * command lines can be read by every user of a machine.
 *
 * @throws PodscopeError NOT_RUNNING without `--url` when nothing runs; CLI_USAGE for an address or a file that is none.
 */
export async function openCluster({ control, environment, output }: CommandContext, options: Readonly<Record<string, unknown>>): Promise<Cluster> {
  const given = options['url'];
  if (given === undefined) {
    if (options['ca'] !== undefined || options['awsRegion'] !== undefined) throw usageError('--ca and --aws-region belong to --url.', 'Say which cluster, as in --url https://search.example.com:9200.');
    const { urls } = await control.state();
    return connect({ node: urls.opensearch }, urls.opensearch, true);
  }
  const url = addressOf(String(given));
  if (environment.opensearchUser !== undefined && url.protocol === 'http:' && !isThisMachine(url)) {
    output.note(`The password goes to ${url.host} in the clear: the address begins with http.`);
  }
  const ca = options['ca'] === undefined ? undefined : await certificate(String(options['ca']));
  return connect({ node: url.href, ...(await identity(environment, options['awsRegion'])), ...(ca === undefined ? {} : { ssl: { ca } }) }, url.href, false);
}

async function connect(options: ClientOptions, url: string, isRunningSystem: boolean): Promise<Cluster> {
  const { Client: OpenSearchClient } = await import('@opensearch-project/opensearch');
  const client = new OpenSearchClient(options);
  return { client, url, isRunningSystem, [Symbol.asyncDispose]: () => client.close() };
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw usageError('What follows --url is no address of a cluster.', 'Give one such as https://search.example.com:9200.');
  if (url.username !== '' || url.password !== '') {
    throw usageError('The address after --url carries credentials, which others on this machine can read.', 'Put them into PODSCOPE_OPENSEARCH_USERNAME and PODSCOPE_OPENSEARCH_PASSWORD.');
  }
  return url;
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

async function certificate(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8');
  } catch (error) {
    throw usageError(`The certificate ${resolve(path)} can't be read: ${error instanceof Error ? error.message : String(error)}.`, 'Check the path after --ca.');
  }
}

async function identity({ opensearchUser, awsCredentials }: Environment, region: unknown): Promise<Partial<ClientOptions>> {
  if (region === undefined) return opensearchUser === undefined ? {} : { auth: opensearchUser };
  if (awsCredentials === undefined) {
    throw usageError('--aws-region needs AWS credentials in the environment.', 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as `aws configure export-credentials --format env` prints them.');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = awsCredentials;
  const { AwsSigv4Signer } = await import('@opensearch-project/opensearch/aws-v3');
  return AwsSigv4Signer({
    region: String(region),
    service: 'es',
    getCredentials: async () => ({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }),
  });
}
