import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../kubernetes/components.ts';
import { synthTarget } from '../../kubernetes/target.ts';
import { awsTargetOptions, EBS_CLASS } from './options.ts';
import { irsaAccounts } from './shippers.ts';

const HOST = 'vpc-podscope-abc.eu-central-1.es.amazonaws.com';
const ROLE = 'arn:aws:iam::123456789012:role/podscope-shippers';
const settings = { event: 'podscope', region: 'eu-central-1', egress: 'nat' } as const;
const place = { endpoint: HOST, shipperRole: ROLE };

const named = (objects: readonly KubernetesObject[], kind: string): readonly (KubernetesObject & Readonly<Record<string, unknown>>)[] => objects.filter((object) => object.kind === kind) as never;

it('ships to the domain with signatures, and with no key and no password', () => {
  const { objects, shipping, trusting, opensearch } = synthTarget(awsTargetOptions(settings, place), '1.35');
  const text = JSON.stringify(objects);
  expect([shipping, trusting, opensearch]).toEqual([[], [], []]);
  expect(named(objects, 'Secret')).toEqual([]);
  expect(text).not.toMatch(/secretKeyRef[^}]*podscope-opensearch/u);
  expect(text).not.toMatch(/AWS_SECRET_ACCESS_KEY"|aws_secret|AKIA/u);
  const configs = named(objects, 'ConfigMap').map((config) => JSON.stringify(config['data']));
  const logstash = configs.filter((config) => config.includes(HOST) && config.includes('aws_iam'));
  const fluentd = configs.filter((config) => config.includes(HOST) && config.includes('aws_service_name es'));
  expect([logstash.length, fluentd.length].every((number) => number > 0)).toBe(true);
  // Dashboards are the domain's own.
  expect(objects.some(({ metadata }) => metadata.name === 'opensearch-dashboards')).toBe(false);
});

it('gives volumes a class of its own, encrypted and tagged, of which nothing changes for an event', () => {
  const { objects } = synthTarget(awsTargetOptions(settings, place), '1.35');
  expect(named(objects, 'StorageClass')).toEqual([
    expect.objectContaining({
      apiVersion: 'storage.k8s.io/v1', provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Delete',
      metadata: expect.objectContaining({ name: EBS_CLASS }),
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4', tagSpecification_1: 'podscope:event=podscope' },
    }),
  ]);
  const classes = [...JSON.stringify(objects).matchAll(/"storageClassName":"([^"]+)"/gu)].map(([, name]) => name);
  expect(classes.length).toBeGreaterThan(0);
  expect(new Set(classes)).toEqual(new Set([EBS_CLASS]));
});

it('names the accounts that take on the shippers’ role, of each pattern', () => {
  const names = (pattern: 'workshop' | 'ant332' | 'direct' | 'otel'): readonly string[] => irsaAccounts(pattern).map(({ namespace, name }) => `${namespace}/${name}`).toSorted();
  // docs/guide/shippers-on-kubernetes.md, "Secrets"; with IRSA the Redis pods get an account of their own.
  expect(names('workshop')).toEqual(['logging/fluentd', 'logging/logstash']);
  expect(names('ant332')).toEqual(['logging/fluentd', 'logging/logstash']);
  expect(names('direct')).toEqual(expect.arrayContaining(['logging/fluent-bit-events', 'node-agents/fluent-bit']));
  expect(names('otel')).toEqual(expect.arrayContaining(['logging/fluent-bit-otlp']));
  const moved = irsaAccounts('workshop', { logging: 'mine', agents: 'agents', guestbook: 'book', opensearch: 'search' });
  expect(new Set(moved.map(({ namespace }) => namespace))).toEqual(new Set(['mine']));
});

it('every account that signs is annotated with the role, and no other', () => {
  const { objects } = synthTarget(awsTargetOptions(settings, place), '1.35');
  const roles = named(objects, 'ServiceAccount').map(({ metadata }) => [metadata.name, (metadata as { readonly annotations?: Readonly<Record<string, string>> }).annotations?.['eks.amazonaws.com/role-arn']]);
  expect(Object.fromEntries(roles.filter(([, role]) => role !== undefined))).toEqual({ logstash: ROLE, fluentd: ROLE });
});

it('wants a registry of AWS where nodes reach nothing else', () => {
  const closed = { ...settings, egress: 'endpoints' } as const;
  expect(() => awsTargetOptions(closed, place)).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
  const mirror = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const text = JSON.stringify(synthTarget(awsTargetOptions(closed, place, { imageMirror: mirror, guestbookImage: `${mirror}/guestbook:1` }), '1.35').objects);
  const images = [...text.matchAll(/"image":"([^"]+)"/gu)].map(([, image]) => image ?? '');
  expect(images.filter((image) => !image.startsWith(`${mirror}/`))).toEqual([]);
});
