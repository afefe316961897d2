import { PodscopeError } from '@podscope/core';
import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forward } from '../../destinations/builders.ts';
import { containerLogs, fromShippers } from '../../sources/sources.ts';
import { FluentBitDaemonSet, FluentBitDeployment, type FluentBitDaemonSetProps, FluentdAggregator } from '../index.ts';
import { filesOf } from '../testing/files.ts';
import { type Manifest, podsOf } from '../testing/variants.ts';

const LABEL = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Mostly what Kubernetes takes, now and then what it doesn't. */
const text = fc.oneof({ weight: 6, arbitrary: fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 70 }) });
const shared = {
  name: text,
  labels: fc.dictionary(text, text, { maxKeys: 3 }),
  podAnnotations: fc.dictionary(text, fc.string(), { maxKeys: 2 }),
  namespace: text,
  resources: fc.record({ memory: fc.record({ limit: fc.constantFrom('64Mi', '1Gi', '64MB', '5 M', 100_000_000) }) }) as fc.Arbitrary<NonNullable<FluentBitDaemonSetProps['resources']>>,
  terminationGracePeriodSeconds: fc.integer({ min: -1, max: 600 }),
  stateDirectory: fc.constantFrom('/var/lib/podscope', '/data/state', '/tmp', '/etc/podscope', 'relative', '/', '/a/../b', '/with:colon'),
  config: fc.dictionary(text, fc.string({ unit: 'binary' }), { maxKeys: 3 }).map((files) => filesOf('', { files })),
  kubernetesVersion: fc.constantFrom('1.25', '1.28', '1.33', '1.20') as fc.Arbitrary<'1.33'>,
};
const props = fc.record(shared, { requiredKeys: ['config'] });

/** What was made; undefined where the props were refused, which must be with an error that says so. */
function made(build: (chart: Chart) => void): Manifest[] | undefined {
  const chart = new Chart(new App(), 'chart', { namespace: 'logging' });
  try {
    build(chart);
  } catch (error) {
    expect(error).toBeInstanceOf(PodscopeError);
    expect((error as PodscopeError).code).toMatch(/^SHIPPER_BAD_(NAME|VALUE)$/);
    return undefined;
  }
  return chart.toJson() as Manifest[];
}

function requireSound(manifests: readonly Manifest[]): void {
  const configMaps = manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
  for (const { metadata } of manifests) {
    expect(metadata.name).toMatch(NAME);
    expect(metadata.name.length).toBeLessThan(254);
    for (const value of Object.values(metadata.labels ?? {})) expect(value).toMatch(LABEL);
  }
  for (const manifest of manifests) {
    const spec = manifest['spec'] as { selector?: { matchLabels?: Record<string, string> }; template?: { metadata: { labels: Record<string, string> } } } | undefined;
    if (spec?.template !== undefined) expect(spec.template.metadata.labels).toMatchObject(spec.selector?.matchLabels ?? { none: '' });
  }
  for (const pod of podsOf(manifests)) {
    const { volumes, containers } = pod['spec'] as { volumes: { name: string; configMap?: { name: string } }[]; containers: { volumeMounts: { name: string; mountPath: string }[] }[] };
    expect(new Set(volumes.map(({ name }) => name)).size).toBe(volumes.length);
    for (const { configMap } of volumes) if (configMap !== undefined) expect(configMaps).toContain(configMap.name);
    for (const { volumeMounts } of containers) {
      expect(volumes.map(({ name }) => name)).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
      expect(new Set(volumeMounts.map(({ mountPath }) => mountPath)).size).toBe(volumeMounts.length);
    }
  }
}

const destination = forward({ host: 'fluentd.logging.svc' });

it.each([
  ['DaemonSet', (chart: Chart, given: object) => new FluentBitDaemonSet(chart, 'a', { sources: [containerLogs()], destination, ...given })],
  ['Deployment', (chart: Chart, given: object) => new FluentBitDeployment(chart, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination, ...given })],
  ['StatefulSet', (chart: Chart, given: object) => new FluentdAggregator(chart, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination, ...given })],
])('refuses props with an error that says why, or makes a %s that holds together', (_, build) => {
  let taken = 0;
  fc.assert(
    fc.property(props, (given) => {
      const manifests = made((chart) => void build(chart, given));
      if (manifests === undefined) return;
      taken += 1;
      requireSound(manifests);
    }),
    { numRuns: 300 },
  );
  expect(taken).toBeGreaterThan(10);
});
