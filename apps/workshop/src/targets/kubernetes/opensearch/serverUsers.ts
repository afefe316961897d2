import type { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { SHIPPER_SECRET } from '../options.ts';
import { randomPassword } from './passwords.ts';
import { READER, READER_ROLE, type SecurityRole, SHIPPER, SHIPPER_ROLE } from './roles.ts';
import { readSecret } from './secretValues.ts';

/** Who ships, and who that is on the server. */
export interface ShipperUser {
  readonly username: string;
  readonly password: string;
  /** False where the server would not make a user of its own: then it is the one that was given, with all of its rights. */
  readonly own: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One request, whatever its answer. */
async function ask(client: Client, method: 'PUT' | 'DELETE' | 'GET', path: string, body?: object): Promise<Answer> {
  const { statusCode, body: answer } = await client.transport.request({ method, path, ...(body === undefined ? {} : { body }) }, { ignore: [400, 401, 403, 404, 405] });
  return { status: statusCode ?? 0, body: answer };
}

/**
 * Makes the shippers' user with the least rights on a server that has the security plugin, or takes the given one where that isn't
 * allowed. A password that pods have already is kept.
 */
export async function shipperUser(api: KubernetesApi, client: Client, { shipping, given }: { readonly shipping: readonly string[]; readonly given: { readonly username: string; readonly password: string } }): Promise<ShipperUser> {
  const there = await Promise.all(shipping.map((namespace) => readSecret(api, namespace, SHIPPER_SECRET)));
  const kept = there.find((values) => values?.['username'] === SHIPPER)?.['password'];
  const password = kept ?? randomPassword();
  const made = await putUser(client, SHIPPER, SHIPPER_ROLE, password);
  return made ? { username: SHIPPER, password, own: true } : { ...given, own: false };
}

/** The user that reads for the console, on a server that an operator made. @throws PodscopeError OPENSEARCH_SECURITY_REFUSED */
export async function putReader(client: Client, password: string): Promise<void> {
  if (!(await putUser(client, READER, READER_ROLE, password))) throw refused(READER);
}

/** The user of the shippers on a server in the cluster that has no users from files. @throws PodscopeError OPENSEARCH_SECURITY_REFUSED */
export async function putShipper(client: Client, password: string): Promise<void> {
  if (!(await putUser(client, SHIPPER, SHIPPER_ROLE, password))) throw refused(SHIPPER);
}

function refused(name: string): PodscopeError<'OPENSEARCH_SECURITY_REFUSED'> {
  return new PodscopeError('OPENSEARCH_SECURITY_REFUSED', `The server did not take the user ${name} and its role.`, { hint: 'The administrator needs the right to use the API of the security plugin (plugins.security.restapi.roles_enabled).' });
}

/** A user with a role of the same name. False where the server doesn't let that be done. */
async function putUser(client: Client, name: string, role: SecurityRole, password: string): Promise<boolean> {
  const api = '/_plugins/_security/api';
  const made = await ask(client, 'PUT', `${api}/roles/${name}`, role);
  if (made.status >= 300) return false;
  const user = await ask(client, 'PUT', `${api}/internalusers/${name}`, { password, opendistro_security_roles: [name] });
  return user.status < 300;
}

/** Takes the shippers' user and its role away again. True when they are gone. */
export async function removeShipperUser(client: Client): Promise<boolean> {
  const api = '/_plugins/_security/api';
  const [user, role] = [await ask(client, 'DELETE', `${api}/internalusers/${SHIPPER}`), await ask(client, 'DELETE', `${api}/roles/${SHIPPER}`)];
  return [user, role].every(({ status }) => status < 300 || status === 404);
}
