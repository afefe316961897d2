import { describe, expect, it } from 'vitest';
import { failureOf } from './failure.ts';
import { accessText, ruleText } from './forbidden.ts';
import { accessesOf, pluralOf, refOf, titleOf } from './refs.ts';
import { unreachable } from './unreachable.ts';

const asker = { context: 'kind-one', user: 'alice' };
const failed = (status: number, message: string, more: object = {}) => failureOf('Deployment guestbook/frontend', { status, body: { kind: 'Status', message, ...more } }, asker);

// What servers say is taken from real ones; api.kubernetes.test.ts asks one.
describe('an answer of the API server', () => {
  it.each([
    [401, 'Unauthorized', { reason: 'Unauthorized' }, 'KUBE_UNAUTHORIZED', 'context kind-one does not know user alice'],
    [403, 'deployments.apps "frontend" is forbidden: User "alice" cannot patch resource "deployments" in API group "apps" in the namespace "guestbook"', { reason: 'Forbidden' }, 'KUBE_FORBIDDEN', 'user alice may not patch deployments.apps in namespace guestbook'],
    [403, 'pods "a" is forbidden: User "alice" cannot create resource "pods/eviction" in API group "" in the namespace "guestbook"', {}, 'KUBE_FORBIDDEN', 'create pods/eviction in namespace guestbook'],
    [403, 'nodes is forbidden: User "alice" cannot list resource "nodes" in API group "" at the cluster scope', {}, 'KUBE_FORBIDDEN', 'list nodes in the cluster'],
    [403, 'forbidden: User "alice" cannot get path "/metrics"', {}, 'KUBE_FORBIDDEN', 'get the path /metrics'],
    [403, 'pods "a" is forbidden: violates PodSecurity "restricted:latest": hostPath', {}, 'KUBE_REFUSED', 'violates PodSecurity'],
    [403, 'pods "a" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=3, limited: pods=3', {}, 'KUBE_REFUSED', 'exceeded quota'],
    [403, 'deployments.apps "a" is forbidden: unable to create new content in namespace guestbook because it is being terminated', { details: { causes: [{ reason: 'NamespaceTerminating' }] } }, 'KUBE_NAMESPACE_ENDING', 'its namespace is being deleted'],
    [404, 'deployments.apps "frontend" not found', { reason: 'NotFound' }, 'KUBE_NOT_FOUND', 'not found'],
    [409, 'deployments.apps "frontend" already exists', { reason: 'AlreadyExists' }, 'KUBE_CONFLICT', 'it is there already'],
    [409, 'Operation cannot be fulfilled', { reason: 'Conflict' }, 'KUBE_CONFLICT', 'Operation cannot be fulfilled'],
    [422, 'spec.replicas: Invalid value: -1', { reason: 'Invalid' }, 'KUBE_REFUSED', 'spec.replicas'],
    [429, 'Cannot evict pod', { details: { causes: [{ reason: 'DisruptionBudget', message: 'needs 2 healthy pods and has 2 currently' }] } }, 'KUBE_DISRUPTION_REFUSED', 'PodDisruptionBudget'],
    [500, 'failed to create typed patch object: .spec.replica: field not declared in schema', {}, 'KUBE_UNKNOWN_FIELD', 'no field spec.replica.'],
    [400, 'strict decoding error: unknown field "spec.replica", unknown field "spec.x"', {}, 'KUBE_UNKNOWN_FIELD', 'no field spec.replica, spec.x.'],
  ])('%i %s becomes an error of its own', (status, message, more, code, says) => {
    expect(failed(status, message, more)).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(failed(status, message, more).message).toMatch(/^Deployment guestbook\/frontend: /);
  });

  it('that forbids something says which rule is missing', () => {
    const { hint } = failed(403, 'x is forbidden: User "alice" cannot update resource "deployments/scale" in API group "apps" in the namespace "guestbook"');
    expect(hint).toBe('Missing: a Role in namespace guestbook with apiGroups ["apps"], resources ["deployments/scale"], verbs ["update"].');
  });

  it('never tells a value of a Secret, nor a credential', () => {
    const secret = failureOf('Secret guestbook/redis', { status: 500, body: { message: '.data.password: expected string, got &value.valueUnstructured{Value:4711}' } }, asker);
    expect(JSON.stringify(secret)).not.toContain('4711');
    expect(failed(500, 'dial https://me:hunter2@proxy.test, Bearer abcdefghijkl').message).not.toMatch(/hunter2|abcdefghijkl/);
  });

  it('that is no status is told as far as it can be', () => {
    expect(failureOf('x', { status: 502, body: '<html>Bad Gateway</html>' }, asker)).toMatchObject({ code: 'KUBE_REFUSED', message: 'x: <html>Bad Gateway</html>' });
    expect(failureOf('x', { status: 503, body: undefined }, asker)).toMatchObject({ message: 'x: the API server answered 503' });
  });
});

describe('a connection that fails', () => {
  const to = { server: 'https://api.test:6443', context: 'kind-one' };
  const error = (code: string): Error => Object.assign(new Error('secret detail'), { code });
  it.each([
    ['ECONNREFUSED', 'KUBE_UNREACHABLE', 'nobody listens there'],
    ['ENOTFOUND', 'KUBE_UNREACHABLE', 'its name is not known'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'KUBE_CONFIG_INVALID', 'was not signed by the authority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'KUBE_CONFIG_INVALID', 'is for another name'],
    ['ERR_OSSL_PEM_NO_START_LINE', 'KUBE_CONFIG_INVALID', 'certificates of context kind-one'],
  ])('with %s says where it was to go and why it did not', (code, expected, says) => {
    expect(unreachable(error(code), to)).toMatchObject({ code: expected, message: expect.stringContaining(says) });
    expect(unreachable(new AggregateError([error(code), error(code)]), to).code).toBe(expected);
  });

  it('names the proxy', () => {
    expect(unreachable(error('ECONNREFUSED'), { ...to, proxy: 'http://proxy.test:3128' }).message).toContain('through the proxy http://proxy.test:3128');
  });
});

describe('names', () => {
  it('of objects', () => {
    expect(titleOf({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' })).toBe('Deployment guestbook/frontend');
    expect(titleOf({ kind: 'Node', metadata: { name: 'a' } })).toBe('Node a');
    expect(refOf({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', uid: 'x' } as { name: string } })).toEqual({ apiVersion: 'v1', kind: 'Node', name: 'a' });
  });

  it.each([['Deployment', 'deployments'], ['NetworkPolicy', 'networkpolicies'], ['Ingress', 'ingresses'], ['StorageClass', 'storageclasses'], ['Endpoints', 'endpoints'], ['ResourceQuota', 'resourcequotas']])('of the resource of %s', (kind, plural) => {
    expect(pluralOf(kind)).toBe(plural);
  });

  it('of accesses, and of the rules that allow them', () => {
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' };
    const [get, scale, list] = accessesOf(ref, ['get', 'update/scale', 'list']);
    expect(get).toEqual({ verb: 'get', group: 'apps', resource: 'deployments', namespace: 'guestbook', name: 'frontend' });
    expect(scale).toMatchObject({ verb: 'update', subresource: 'scale' });
    expect(list).not.toHaveProperty('name');
    expect(scale && accessText(scale)).toBe('update deployments/scale.apps frontend in namespace guestbook');
    expect(scale && ruleText(scale)).toBe('a Role in namespace guestbook with apiGroups ["apps"], resources ["deployments/scale"], verbs ["update"]');
  });
});
