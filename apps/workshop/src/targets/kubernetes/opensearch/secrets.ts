import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { AUTHORITY_SECRET, DASHBOARDS, hasAuthority, isSecured, OPENSEARCH, SHIPPER_SECRET, type TargetOptions } from '../options.ts';
import type { Identity } from './access.ts';
import { CERTIFICATES_SECRET, SECURITY_SECRET } from './builtIn.ts';
import { makeCertificates } from './certificates.ts';
import { OPERATOR_ADMIN_SECRET, OPERATOR_AUTHORITY } from './operator.ts';
import { hashPassword, randomPassword } from './passwords.ts';
import { READER, SHIPPER } from './roles.ts';
import { readSecret, secretObject, type SecretValues } from './secretValues.ts';
import { ADMIN, DASHBOARDS_USER, type Hashes, securityFiles } from './securityFiles.ts';

/** The Secret with the passwords of a server in the cluster, by user. */
export const USERS_SECRET = 'opensearch-users';

/** What is known of a target when its Secrets are made. */
export interface SecretsContext {
  readonly options: TargetOptions;
  readonly shipping: readonly string[];
  readonly trusting: readonly string[];
  /** Who asks a server that was there before, and its authority. */
  readonly given: Identity;
  /** Who ships to a server that was there before. */
  readonly shipper?: { readonly username: string; readonly password: string } | undefined;
}

/** Secrets as they are to be. */
export interface WantedSecrets {
  readonly objects: readonly ObjectToWrite[];
  /** Those whose values aren't there yet: `opensearch/opensearch-users`. With `make`, they are in {@link objects}, and the list says which are new. */
  readonly fresh: readonly string[];
}

/**
 * The Secrets of a target. What is there keeps its values, since data on volumes and running pods go by them; what isn't is drawn with
 * `make`, and without it left empty: a plan has no use for values.
 *
 * @throws PodscopeError what the API throws
 */
export async function wantedSecrets(api: KubernetesApi, context: SecretsContext, make: boolean): Promise<WantedSecrets> {
  const { options: { opensearch, namespaces, dashboards }, shipping, trusting, given } = context;
  const { opensearch: namespace } = namespaces;
  const fresh: string[] = [];
  const objects: ObjectToWrite[] = [];
  const keep = async (name: string, draw: () => Promise<SecretValues | undefined> | SecretValues | undefined, has: readonly string[], where = namespace): Promise<SecretValues | undefined> => {
    const there = await readSecret(api, where, name);
    const complete = there !== undefined && has.every((key) => there[key] !== undefined);
    const drawn = complete ? undefined : make ? await draw() : undefined;
    if (!complete) fresh.push(`${where}/${name}`);
    const values = complete ? there : drawn === undefined ? undefined : { ...drawn, ...there };
    objects.push(secretObject(where, name, values));
    return values;
  };

  let shipper = opensearch.how === 'url' ? context.shipper : undefined;
  let ca = given.ca;
  let dashboardsUser = given.user;
  if (opensearch.how !== 'url') {
    const users = await keep(USERS_SECRET, drawUsers, USERS);
    shipper = users === undefined ? undefined : { username: SHIPPER, password: users[SHIPPER] ?? '' };
    if (opensearch.how === 'built-in') {
      const certificates = await keep(CERTIFICATES_SECRET, () => drawCertificates(namespace), ['ca.crt', 'node.crt', 'node.key']);
      ca = certificates?.['ca.crt'];
      await keep(SECURITY_SECRET, async () => (users === undefined ? undefined : securityFiles(await hashesOf(users))), ['config.yml', 'internal_users.yml', 'roles.yml', 'roles_mapping.yml']);
      dashboardsUser = users === undefined ? undefined : { username: DASHBOARDS_USER, password: users[DASHBOARDS_USER] ?? '' };
    } else {
      await keep(OPERATOR_ADMIN_SECRET, () => (users === undefined ? undefined : { username: ADMIN, password: users[ADMIN] ?? '' }), ['username', 'password']);
      // Made by the operator, some time after its custom resource.
      ca = (await readSecret(api, namespace, OPERATOR_AUTHORITY))?.['ca.crt'];
    }
  }
  /** Follows from the values above; where they aren't known, what is there stays. */
  const follow = async (where: string, name: string, values: SecretValues | undefined): Promise<void> => {
    objects.push(secretObject(where, name, values ?? (await readSecret(api, where, name))));
  };
  if (isSecured(opensearch)) for (const where of shipping) await follow(where, SHIPPER_SECRET, shipper && { username: shipper.username, password: shipper.password });
  if (hasAuthority(opensearch)) for (const where of trusting) await follow(where, AUTHORITY_SECRET, ca === undefined ? undefined : { 'ca.crt': ca });
  if (dashboards && opensearch.how !== 'operator' && isSecured(opensearch)) await follow(namespace, DASHBOARDS, dashboardsUser && { username: dashboardsUser.username, password: dashboardsUser.password });
  return { objects, fresh };
}

const USERS = [ADMIN, DASHBOARDS_USER, SHIPPER, READER] as const;

function drawUsers(): SecretValues {
  return Object.fromEntries(USERS.map((name) => [name, randomPassword()]));
}

async function drawCertificates(namespace: string): Promise<SecretValues> {
  const { ca, node, admin } = await makeCertificates(OPENSEARCH, namespace);
  return { 'ca.crt': ca, 'node.crt': node.cert, 'node.key': node.key, 'admin.crt': admin.cert, 'admin.key': admin.key };
}

async function hashesOf(users: SecretValues): Promise<Hashes> {
  return Object.fromEntries(await Promise.all(USERS.map(async (name) => [name, await hashPassword(users[name] ?? '')]))) as Hashes;
}
