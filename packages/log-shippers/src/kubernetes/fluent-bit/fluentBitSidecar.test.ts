import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Cpu, Deployment, k8s } from 'cdk8s-plus-33';
import { describe, expect, it } from 'vitest';
import { forward } from '../../destinations/builders.ts';
import { fromSecret } from '../../secrets/secretReference.ts';
import { containerLogs, redisInfo } from '../../sources/sources.ts';
import { filesOf } from '../testing/files.ts';
import { FluentBitSidecar, type FluentBitSidecarProps } from './fluentBitSidecar.ts';

const destination = forward({ host: 'fluentd.logging.svc' });
const template: k8s.PodTemplateSpec = {
  metadata: { labels: { app: 'redis' } },
  spec: { initContainers: [{ name: 'init' }], containers: [{ name: 'redis', image: 'docker.io/library/redis:7' }], volumes: [{ name: 'data', emptyDir: {} }] },
};

function sidecar(more: Partial<FluentBitSidecarProps<'5.1'>> = {}, chart = new Chart(new App(), 'chart', { namespace: 'guestbook' })): FluentBitSidecar {
  return new FluentBitSidecar(chart, 'sidecar', { name: 'redis-logs', sources: [redisInfo()], destination, ...more });
}

const names = (all: readonly { readonly name: string }[] | undefined): string[] => (all ?? []).map(({ name }) => name);

describe('a sidecar', () => {
  it('is native from Kubernetes 1.29, first of the init containers, and ordinary before', () => {
    const native = sidecar({ kubernetesVersion: '1.29' }).addTo(template).spec;
    expect(names(native?.initContainers)).toEqual(['redis-logs', 'init']);
    expect(native?.initContainers?.[0]?.restartPolicy).toBe('Always');
    const ordinary = sidecar({ kubernetesVersion: '1.28' }).addTo(template).spec;
    expect(names(ordinary?.containers)).toEqual(['redis', 'redis-logs', 'redis-logs-writer']);
    expect(ordinary?.containers[1]).not.toHaveProperty('restartPolicy');
    expect(names(ordinary?.initContainers)).toEqual(['init']);
  });

  it('leaves the given template as it is, and keeps all of it', () => {
    const before = structuredClone(template);
    const after = sidecar().addTo(template);
    expect(template).toEqual(before);
    expect(after.metadata?.labels).toEqual({ app: 'redis', 'podscope.dev/ships-to': 'forward' });
    expect(names(after.spec?.volumes)).toEqual(['data', 'redis-logs-config', 'redis-logs-state', 'redis-logs-shared']);
  });

  it('does not hold back or take out the application', () => {
    const { container } = sidecar().parts;
    expect(container.livenessProbe?.httpGet?.path).toBe('/');
    expect(container).not.toHaveProperty('startupProbe');
    expect(container).not.toHaveProperty('readinessProbe');
  });

  it('shares the folder of INFO with the container that writes it', () => {
    const { container, writers } = sidecar({ sources: [redisInfo({ path: '/var/run/redis-info/info.log' })], redisInfoWriter: { password: fromSecret('redis', 'password'), periodSeconds: 5 } }).parts;
    expect(container.volumeMounts).toContainEqual({ name: 'redis-logs-shared', mountPath: '/var/run/redis-info', readOnly: true });
    expect(writers[0]?.volumeMounts).toEqual([{ name: 'redis-logs-shared', mountPath: '/var/run/redis-info' }]);
    expect(writers[0]?.env).toContainEqual({ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: 'redis', key: 'password' } } });
    expect(sidecar({ redisInfoWriter: false }).parts.writers).toEqual([]);
  });

  it('can be two in one pod', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'guestbook' });
    const second = new FluentBitSidecar(chart, 'second', { name: 'other', sources: [containerLogs({ metadata: 'file-name', directory: '/shared/logs' })], sharedFolders: ['/shared/logs'], destination, config: filesOf('') });
    const both = second.addTo(sidecar({}, chart).addTo(template)).spec;
    expect(names(both?.initContainers)).toEqual(['other', 'redis-logs', 'init']);
    expect(new Set(names(both?.volumes)).size).toBe(both?.volumes?.length);
    expect(() => second.addTo(second.addTo(template))).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });

  it('asks the API server for nothing', () => {
    expect(() => sidecar({ sources: [containerLogs()] })).toThrow(expect.objectContaining({ hint: expect.stringContaining('file-name') }));
  });

  it('can be changed by a typed transform', () => {
    const { parts } = sidecar({ transform: (all) => ({ ...all, annotations: { team: 'observability' } }) });
    expect(parts.annotations).toEqual({ team: 'observability' });
  });
});

describe('a workload of cdk8s-plus', () => {
  it('gets it by patches', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'guestbook' });
    const deployment = new Deployment(chart, 'redis', { containers: [{ name: 'redis', image: 'docker.io/library/redis:7', resources: { cpu: { request: Cpu.millis(100) } } }] });
    sidecar({}, chart).attachTo(deployment);
    const { spec } = (Testing.synth(chart) as { kind: string; spec: { template: { spec: k8s.PodSpec } } }[]).find(({ kind }) => kind === 'Deployment')?.spec.template ?? {};
    expect(names(spec?.initContainers)).toEqual(['redis-logs']);
    expect(names(spec?.containers)).toEqual(['redis', 'redis-logs-writer']);
    expect(spec?.containers[0]?.resources?.requests).toEqual({ cpu: '100m' });
    expect(spec?.initContainers?.[0]?.resources?.limits).toEqual({ memory: '256Mi' });
    expect(spec?.initContainers?.[0]?.livenessProbe?.httpGet?.port).toBe(2020);
  });

  it('may be a plain object', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'guestbook' });
    const plain = new ApiObject(chart, 'redis', { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { template: { spec: { containers: [{ name: 'redis', resources: { requests: { cpu: '100m' } } }] } } } });
    sidecar({}, chart).attachTo(plain);
    const { spec } = (plain.toJson() as { spec: { template: { spec: k8s.PodSpec } } }).spec.template;
    expect(spec.containers[0]?.resources?.requests).toEqual({ cpu: '100m' });
    expect(spec.initContainers?.[0]?.resources?.limits).toEqual({ memory: '256Mi' });
  });

  it('must have pods', () => {
    const chart = new Chart(new App(), 'chart');
    const map = new k8s.KubeConfigMap(chart, 'map', {});
    expect(() => sidecar({}, chart).attachTo(map)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });
});
