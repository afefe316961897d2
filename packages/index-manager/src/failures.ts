import { isPodscopeError, PodscopeError, redactText } from '@podscope/core';
import { NoJson, reasonOf, statusOf, typeOf, withoutConnection } from './client.ts';
import { CLUSTER_SETTINGS_OF_AMAZON } from './servers/amazon.ts';

/** What stood in the way of a request, apart from the request itself. */
interface Obstacle {
  readonly code: 'INDEX_CREDENTIALS_REFUSED' | 'INDEX_FORBIDDEN' | 'INDEX_CLUSTER_BLOCKED' | 'INDEX_TLS_REFUSED' | 'INDEX_SERVER_UNSUPPORTED' | undefined;
  readonly what: string;
  readonly hint: string;
}

const REFUSED: Obstacle = { code: undefined, what: 'was refused', hint: 'Correct what the reason names, then plan again; a new plan goes on from there.' };
const CREDENTIALS: Obstacle = { code: 'INDEX_CREDENTIALS_REFUSED', what: 'was refused for its credentials', hint: 'They are wrong or have expired: renew them, then plan again; a new plan goes on from there.' };
const FORBIDDEN: Obstacle = { code: 'INDEX_FORBIDDEN', what: 'is not allowed to this user', hint: 'Give the user the permission that the reason names (`requiredRole` has the whole role), then plan again.' };

/** Server types and statuses that say that the cluster, not the request, is the matter. */
const BLOCKED = /^(?:cluster_block_exception|unavailable_shards_exception|process_cluster_event_timeout_exception|(?:master|cluster_manager)_not_discovered_exception|not_(?:master|cluster_manager)_exception|no_shard_available_action_exception)$/u;

/** Amazon's gateway, of a call that the service has not got, with status 401 or 403. */
const NO_SUCH_CALL = /^Your request:? '(?<path>[^']*)' (?:payload )?is not allowed/u;
/** Amazon's gateway, with status 403, of a signature or of its absence. Of a permission it says who may not do what. */
const BAD_SIGNATURE = /^(?:The security token|The request signature|Signature (?:expired|not yet current)|Credential should|Authorization header requires|Missing Authentication Token|User: anonymous )/iu;

/** By what Node.js says of a connection, what to do about its certificates. */
const TLS_HINTS: readonly (readonly [RegExp, string])[] = [
  [/self-signed certificate|unable to (?:get|verify)|unknown ca|issuer certificate/iu, 'Give the client the certificate of the authority that signed the server\'s, `new Client({ ssl: { ca } })`; to leave the certificate unchecked lets anybody read the password.'],
  [/altnames|does not match certificate/iu, 'Connect by a name that the certificate has, or give the server a certificate for this name.'],
  [/certificate has expired|certificate is not yet valid/iu, 'Renew the server\'s certificate; if it is good, see whether the clocks of both machines are right.'],
  [/wrong version number|packet length too long|EPROTO|http_request|unsupported protocol/iu, 'See whether the address begins with the right one of http:// and https://.'],
];

function tlsObstacle(error: unknown): Obstacle | undefined {
  if (statusOf(error) !== undefined || !(error instanceof Error)) return undefined;
  const hint = TLS_HINTS.find(([says]) => says.test(error.message))?.[1];
  return hint === undefined ? undefined : { code: 'INDEX_TLS_REFUSED', what: 'got no secure connection', hint };
}

function gatewayObstacle(error: unknown): Obstacle | undefined {
  const reason = reasonOf(error);
  const path = NO_SUCH_CALL.exec(reason)?.groups?.['path'];
  if (path === undefined) return BAD_SIGNATURE.test(reason) ? CREDENTIALS : undefined;
  const hint = path.startsWith('/_cluster/settings')
    ? `Amazon OpenSearch Service takes these settings only: ${CLUSTER_SETTINGS_OF_AMAZON.join(', ')}. Leave the others out of the setup.`
    : 'Amazon OpenSearch Service has no such call; leave out of the setup what needs it, then plan again.';
  return { code: 'INDEX_SERVER_UNSUPPORTED', what: 'is not allowed by the service', hint };
}

/** Amazon OpenSearch Serverless says who it is in a header; it has no `GET /`, and next to nothing of what is managed here. */
function isServerless(error: unknown): boolean {
  const headers = typeof error === 'object' && error !== null && 'headers' in error ? error.headers : undefined;
  return typeof headers === 'object' && headers !== null && 'server' in headers && headers.server === 'aoss-amazon';
}

const SERVERLESS: Obstacle = { code: 'INDEX_SERVER_UNSUPPORTED', what: 'went to Amazon OpenSearch Serverless, which the index manager does not manage', hint: 'Take the endpoint of a domain of Amazon OpenSearch Service, or of any other cluster.' };

function obstacleOf(error: unknown): Obstacle {
  if (isServerless(error)) return SERVERLESS;
  const status = statusOf(error);
  const type = typeOf(error) ?? '';
  const tls = tlsObstacle(error);
  if (tls !== undefined) return tls;
  if (error instanceof NoJson) return { code: undefined, what: 'got an answer that no cluster gives', hint: 'Check the address: something else than OpenSearch or Elasticsearch answers there, such as a proxy or a login page.' };
  if (status === undefined) return { code: undefined, what: 'got no answer', hint: 'Check that the server runs and can be reached, then plan again; a new plan goes on from there.' };
  if (BLOCKED.test(type) || status === 503 || status === 502 || status === 504) {
    return { code: 'INDEX_CLUSTER_BLOCKED', what: 'is held back by the state of the cluster', hint: 'Bring the cluster back (GET _cluster/health, a read-only block, disk space), then plan again; a new plan goes on from there.' };
  }
  if (status === 429) {
    return { code: 'INDEX_CLUSTER_BLOCKED', what: 'was turned away by a cluster that has too much to do', hint: 'Wait until it has less to do (GET _nodes/hot_threads, GET _tasks), then plan again; a new plan goes on from there.' };
  }
  if (status === 401) return gatewayObstacle(error) ?? CREDENTIALS;
  if (status === 403) return gatewayObstacle(error) ?? FORBIDDEN;
  return REFUSED;
}

/** True when the certificates are the matter: no patience helps. */
export function isTlsFailure(error: unknown): boolean {
  return tlsObstacle(error) !== undefined;
}

/**
 * One clear error for a request that failed: whether the credentials, the permissions, the certificates, the state of the
 * cluster or the request itself was the matter. `subject` names the request or the change. No cause of it has a password.
 */
export function failureOf<Code extends string>(error: unknown, code: Code, subject: string, details: readonly string[] = []): PodscopeError {
  // The requests of the lifecycle functions come wrapped; what they wrap says more.
  const cause = isPodscopeError(error) ? error.walk((each) => statusOf(each) !== undefined) : error;
  if (isPodscopeError(error) && cause === undefined) return error;
  const obstacle = obstacleOf(cause);
  return new PodscopeError(obstacle.code ?? code, redactText(`${subject} ${obstacle.what}: ${reasonOf(cause)}.`), { hint: obstacle.hint, details, cause: withoutConnection(error) });
}
