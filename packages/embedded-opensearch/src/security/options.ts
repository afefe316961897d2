import { PodscopeError } from '@podscope/core';

/** A role of the security plugin, in the words of its own API. */
export interface SecurityRole {
  /** Actions and action groups that concern the whole cluster, such as `cluster_monitor`. */
  readonly cluster_permissions?: readonly string[];
  readonly index_permissions?: readonly IndexPermission[];
}

/** What a role may do with some indices. */
export interface IndexPermission {
  readonly index_patterns: readonly string[];
  /** Actions and action groups, such as `read` or `indices:admin/create`. */
  readonly allowed_actions: readonly string[];
  /** A query, as JSON, that every visible document meets. */
  readonly dls?: string;
  /** The visible fields. */
  readonly fls?: readonly string[];
  readonly masked_fields?: readonly string[];
}

/** Somebody who may log in. */
export interface SecurityUser<Name extends string = string> {
  readonly name: Name;
  /** @default a random one; {@link SecuredOpenSearch.clientOptions} has it */
  readonly password?: string | undefined;
  /** Names of roles: your own, or the plugin's, such as `all_access` and `readall`. */
  readonly roles: readonly string[];
}

/** How a server with the security plugin is set up: over TLS, with an administrator and these users. */
export interface SecurityOptions<Name extends string = string> {
  /** The password of the user `admin`, who may do everything. @default a random one */
  readonly adminPassword?: string | undefined;
  readonly users?: readonly SecurityUser<Name>[] | undefined;
  /** Your own roles by their names. */
  readonly roles?: Readonly<Record<string, SecurityRole>> | undefined;
}

/** The name of the user who may do everything. */
export const ADMIN = 'admin';

/**
 * Makes sure that every user can be told from the others.
 *
 * @throws PodscopeError `OPENSEARCH_SECURITY_REFUSED`.
 */
export function requireDistinctUsers({ users = [] }: SecurityOptions): void {
  const seen = new Set<string>([ADMIN]);
  for (const { name } of users) {
    if (name !== '' && !seen.has(name)) {
      seen.add(name);
      continue;
    }
    throw new PodscopeError('OPENSEARCH_SECURITY_REFUSED', `security.users names "${name}" ${name === '' ? 'as a user' : 'twice'}.`, {
      hint: `Give every user a name of its own; "${ADMIN}" is there anyway.`,
    });
  }
}
