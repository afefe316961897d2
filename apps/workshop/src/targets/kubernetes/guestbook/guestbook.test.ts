import { App } from 'cdk8s';
import { expect, it } from 'vitest';
import { GuestbookChart, type GuestbookChartProps } from './index.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
}
interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[]; readonly securityContext?: Readonly<Record<string, unknown>>; readonly volumes?: readonly Readonly<Record<string, unknown>>[] } };
    readonly podSelector?: object;
    readonly ingress?: readonly { readonly from?: readonly { readonly podSelector: { readonly matchExpressions: readonly { readonly values: readonly string[] }[] } }[]; readonly ports?: readonly { readonly port: number }[] }[];
    readonly egress?: readonly object[];
  };
}

const made = (props: GuestbookChartProps = {}): readonly Made[] => new GuestbookChart(new App(), 'guestbook', props).toJson() as readonly Made[];
const named = (all: readonly Made[], kind: string, name: string): Made => {
  const found = all.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const workloads = (all: readonly Made[]): readonly Made[] => all.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));

it('is fit for a namespace that enforces restricted', () => {
  const all = made();
  expect(named(all, 'Namespace', 'guestbook').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  expect(workloads(all)).toHaveLength(3);
  for (const { spec } of workloads(all)) {
    const { containers, securityContext, volumes = [] } = spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of containers) expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(volumes.filter((volume) => 'hostPath' in volume)).toEqual([]);
  }
});

it('tells the web pods of every Redis instance, and lets only them and Redis talk to Redis', () => {
  const all = made({ readReplicas: 3, webPods: 5, image: 'registry.example.com/guestbook:7' });
  const [web] = named(all, 'Deployment', 'frontend').spec.template.spec.containers;
  expect(named(all, 'Deployment', 'frontend').spec.replicas).toBe(5);
  expect(web?.image).toBe('registry.example.com/guestbook:7');
  expect(web?.args?.filter((arg) => arg.endsWith(':6379'))).toEqual(['redis-primary-0.redis-primary:6379', ...[0, 1, 2].map((index) => `redis-replica-${index}.redis-replica:6379`)]);
  expect(named(all, 'StatefulSet', 'redis-replica').spec.replicas).toBe(3);
  expect(named(all, 'NetworkPolicy', 'redis-in').spec.ingress?.flatMap(({ from = [] }) => from.flatMap(({ podSelector }) => podSelector.matchExpressions.flatMap(({ values }) => values)))).toEqual(['frontend', 'redis-primary', 'redis-replica']);
  expect(named(all, 'NetworkPolicy', 'deny-all').spec).toMatchObject({ podSelector: {} });
  expect(all.some(({ metadata }) => metadata.name === 'shippers-out')).toBe(false);
  expect(named(made({ shippersTo: ['logging'] }), 'NetworkPolicy', 'shippers-out').spec.egress).toHaveLength(1);
});

it('gives the web pods their switch where it is asked for, and nobody a way to it', () => {
  const argsOf = (all: readonly Made[]) => named(all, 'Deployment', 'frontend').spec.template.spec.containers[0]?.args ?? [];
  expect(argsOf(made())).not.toContain('--admin-port');
  const all = made({ adminPort: 8081 });
  expect(argsOf(all).slice(-2)).toEqual(['--admin-port', '8081']);
  expect(JSON.stringify(all.filter(({ kind }) => kind !== 'Deployment'))).not.toContain('8081');
});

it('has the public PHP image as a variant: on amd64, as root, under the names that are written into it', () => {
  const all = made({ variant: 'php' });
  expect(named(all, 'Namespace', 'guestbook').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'baseline' });
  expect(named(all, 'Deployment', 'frontend').spec.template.spec).toMatchObject({ nodeSelector: { 'kubernetes.io/arch': 'amd64' }, containers: [{ image: expect.stringContaining('gb-frontend:v5') }] });
  expect(all.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name).toSorted()).toEqual(['frontend', 'redis-follower', 'redis-leader', 'redis-primary', 'redis-replica']);
  expect(named(all, 'NetworkPolicy', 'frontend-in').spec.ingress?.[0]?.ports?.[0]?.port).toBe(80);
});
