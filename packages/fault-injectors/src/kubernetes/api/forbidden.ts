import { PodscopeError } from '@podscope/core';
import type { Access } from './types.ts';

/** An access in words: `patch deployments.apps in namespace guestbook`. */
export function accessText({ verb, group, resource, subresource, namespace, name }: Access): string {
  const what = `${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;
  return `${verb} ${what}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? ' in the cluster' : ` in namespace ${namespace}`}`;
}

/** The rule of RBAC that allows an access, in one line. */
export function ruleText({ verb, group, resource, subresource, namespace }: Access): string {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  return `a ${namespace === undefined ? 'ClusterRole' : `Role in namespace ${namespace}`} with apiGroups ["${group}"], resources ["${what}"], verbs ["${verb}"]`;
}

/** What the authorizer of the server says: `User "x" cannot patch resource "deployments" in API group "apps" in the namespace "guestbook"`. */
const REFUSAL = /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;
const PATH = /User "([^"]*)" cannot (\S+) path "([^"]+)"/;

/** The access that an answer of the authorizer names, or undefined. */
export function accessIn(message: string): (Access & { readonly user: string }) | undefined {
  const [, user, verb, resource = '', group, namespace] = REFUSAL.exec(message) ?? [];
  if (user === undefined || verb === undefined || group === undefined) return undefined;
  const [plural = '', subresource] = resource.split('/');
  return { user, verb, group, resource: plural, ...(subresource === undefined ? {} : { subresource }), ...(namespace === undefined ? {} : { namespace }) };
}

/** What may not be done, and which rule is missing. */
export function forbidden(title: string, message: string): PodscopeError {
  const access = accessIn(message);
  if (access !== undefined) return new PodscopeError('KUBE_FORBIDDEN', `${title}: user ${access.user} may not ${accessText(access)}.`, { hint: `Missing: ${ruleText(access)}.` });
  const [, user, verb, path] = PATH.exec(message) ?? [];
  if (path !== undefined) return new PodscopeError('KUBE_FORBIDDEN', `${title}: user ${user} may not ${verb} the path ${path}.`, { hint: `Missing: a ClusterRole with nonResourceURLs ["${path}"], verbs ["${verb}"].` });
  return new PodscopeError('KUBE_FORBIDDEN', `${title}: ${message === '' ? 'the API server allows it to nobody like this user' : message}`, { hint: 'Ask as another user, or have a Role made that allows it.' });
}
