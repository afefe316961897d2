import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { capacityOf } from './claim.ts';
import { judgeFilled, pvcFull, wroteNothing } from './index.ts';
import { cleaner, fileOf, writer } from './pods.ts';

const pods = { namespace: 'shop', claim: 'data', image: 'busybox:1', mebibytes: 2, partly: true, user: 1000, groups: [2000], node: 'node-1' };
const claim = (status: object, spec: object = {}) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec, status });

/** Runs what a pod of the fault would run, in a folder in place of its volume. */
async function ran(pod: ReturnType<typeof writer>, folder: string): Promise<number> {
  const { command, env } = (pod['spec'] as { readonly containers: readonly [{ readonly command: readonly string[]; readonly env: readonly { readonly name: string; readonly value: string }[] }] }).containers[0];
  const script = (command[2] as string).replaceAll('/claim', folder).replaceAll('/dev/termination-log', join(folder, 'said'));
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  return promisify(execFile)('sh', ['-c', script], { env: { PATH: process.env['PATH'] ?? '', ...variables } }).then(() => 0, (error: { readonly code: number }) => error.code);
}

describe('pvc-full', () => {
  it('writes one file, and takes that one away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podscope-claim-'));
    try {
      expect(await ran(writer('0011223344556677', pods), folder)).toBe(0);
      expect(await readdir(folder)).toEqual([fileOf('0011223344556677'), 'said']);
      expect(await ran(cleaner('0011223344556677', pods), folder)).toBe(0);
      expect(await readdir(folder)).toEqual(['said']);
      expect(await ran(cleaner('0011223344556677', pods), folder)).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('does not call a volume full that has room left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podscope-claim-'));
    try {
      expect(await ran(writer('0011223344556677', { ...pods, partly: false }), folder)).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('runs as the pods that have the claim, and never changes who owns their files', () => {
    expect(writer('id', pods)).toMatchObject({ spec: { securityContext: { runAsUser: 1000, supplementalGroups: [2000] } } });
    expect(JSON.stringify(writer('id', pods))).not.toContain('fsGroup');
    expect(JSON.stringify(writer('id', { ...pods, node: undefined }))).not.toContain('nodeAffinity');
  });

  it('knows how much a claim holds, and which can’t be filled', () => {
    expect(capacityOf(claim({ phase: 'Bound', capacity: { storage: '1Gi' } }))).toBe(1_024);
    expect(capacityOf(claim({ phase: 'Bound', capacity: { storage: '1G' } }))).toBe(954);
    for (const unfit of [claim({ phase: 'Pending' }), claim({ phase: 'Bound', capacity: { storage: '1Gi' } }, { volumeMode: 'Block' }), claim({ phase: 'Bound', capacity: { storage: '1Gi' } }, { accessModes: ['ReadWriteOncePod'] }), claim({ phase: 'Bound' })]) {
      expect(() => capacityOf(unfit)).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
    }
  });

  it('is there when the pod that writes says so, and never on a node that runs nothing', () => {
    const pod = { node: 'node-1', phase: 'Running', unschedulable: undefined, ended: undefined, waiting: undefined };
    expect(judgeFilled({ ...pod, phase: 'Succeeded', ended: { exitCode: 0, message: '100% used, 0 KiB left\n' } }, false)).toMatchObject({ symptom: 'present', findings: ['the pod that writes ended with 0: 100% used, 0 KiB left'] });
    expect(judgeFilled({ ...pod, phase: 'Failed', ended: { exitCode: 1 } }, false)).toMatchObject({ symptom: 'absent', wait: false });
    expect(judgeFilled(pod, false)).toMatchObject({ symptom: 'absent', findings: ['the pod that writes is Running'] });
    expect(judgeFilled({ ...pod, phase: 'Succeeded', ended: { exitCode: 0 } }, true)).toMatchObject({ symptom: 'unverifiable' });
    expect(judgeFilled(undefined, false)).toMatchObject({ symptom: 'absent', wait: false });
  });

  it('has written nothing for sure without a node, or without an image', () => {
    const pod = (node: string | undefined, container: object | undefined) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'fill' }, spec: { nodeName: node }, status: { containerStatuses: container === undefined ? [] : [{ name: 'fault', ...container }] } });
    expect(wroteNothing(pod(undefined, undefined))).toBe(true);
    expect(wroteNothing(pod('node-1', { state: { waiting: { reason: 'ImagePullBackOff' } } }))).toBe(true);
    expect(wroteNothing(pod('node-1', undefined))).toBe(false);
    expect(wroteNothing(pod('node-1', { state: { waiting: { reason: 'ContainerCreating' } } }))).toBe(false);
    expect(wroteNothing(pod('node-1', { state: { running: {} } }))).toBe(false);
    expect(wroteNothing(pod('node-1', { state: { waiting: { reason: 'ErrImagePull' } }, lastState: { terminated: { exitCode: 1 } } }))).toBe(false);
  });

  it.each([{ sizeMiB: 0 }, { image: '' }, { claim: 'Data' }])('refuses %j', (wrong) => {
    expect(() => pvcFull.from({ namespace: 'shop', claim: 'data', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
