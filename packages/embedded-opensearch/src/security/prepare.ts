import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { Installation } from '../locate/locate.ts';
import { makeCertificates, type Certificates } from './certificates.ts';
import { ADMIN, requireDistinctUsers, type SecurityOptions, type SecurityRole } from './options.ts';
import { hashPassword, randomPassword } from './password.ts';

/** A user as the security plugin's API takes one: the password only as its hash. */
export interface HashedUser {
  readonly hash: string;
  readonly opendistro_security_roles: readonly string[];
}

/** What a start with security needs, all of it made before the server runs. */
export interface Security {
  readonly certificates: Certificates;
  readonly passwords: ReadonlyMap<string, string>;
  readonly roles: Readonly<Record<string, SecurityRole>>;
  readonly users: Readonly<Record<string, HashedUser>>;
}

/**
 * Makes certificates, passwords and hashes.
 *
 * @throws PodscopeError `OPENSEARCH_NO_SECURITY_PLUGIN`, `OPENSEARCH_SECURITY_REFUSED`.
 */
export async function prepareSecurity(options: SecurityOptions, installation: Pick<Installation, 'home' | 'version'>): Promise<Security> {
  if (!existsSync(join(installation.home, 'plugins/opensearch-security'))) {
    throw new PodscopeError('OPENSEARCH_NO_SECURITY_PLUGIN', `The server ${installation.version} in ${installation.home} has no security plugin.`, {
      hint: 'Take version 2.19.4 or 3.4.0, or name a full distribution by home.',
    });
  }
  requireDistinctUsers(options);
  const all = [{ name: ADMIN, password: options.adminPassword, roles: ['all_access'] }, ...(options.users ?? [])];
  const passwords = new Map(all.map(({ name, password }) => [name, password ?? randomPassword()]));
  const users = await Promise.all(
    all.map(async ({ name, roles }): Promise<[string, HashedUser]> => [
      name,
      { hash: await hashPassword(passwords.get(name) ?? ''), opendistro_security_roles: roles },
    ]),
  );
  return { certificates: await makeCertificates(), passwords, roles: options.roles ?? {}, users: Object.fromEntries(users) };
}
