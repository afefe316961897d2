import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import { type Component, componentsOf } from '../../targets/kubernetes/components.ts';
import { compareFolder } from './compare.ts';
import { ownFiles, writeFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podscope-manifests-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function components(replicas: number, ...charts: readonly string[]): readonly Component[] {
  const app = new App();
  return componentsOf(charts.map((name) => {
    const chart = new Chart(app, name, { disableResourceNameHashes: true });
    new k8s.KubeDeployment(chart, 'web', { metadata: { name, namespace: 'shop' }, spec: { replicas, selector: {}, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } } });
    new k8s.KubeNamespace(chart, 'space', { metadata: { name: `of-${name}` } });
    return chart;
  }));
}

it('writes a file a component, the namespaces first, and the same bytes again', async () => {
  expect(await writeFolder(folder, components(1, 'web', 'db'))).toEqual({ written: ['00-namespaces.yaml', '10-web.yaml', '10-db.yaml'], unchanged: [], removed: [] });
  const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(await writeFolder(folder, components(1, 'web', 'db'))).toMatchObject({ written: [], removed: [] });
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
  expect(before[0]).toMatch(/^# Written by .*\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n {2}name: of-db\n---\n/);
});

it('removes what it wrote and no longer makes, and nothing of others', async () => {
  await writeFolder(folder, components(1, 'web', 'db'));
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources: []\n');
  writeFileSync(join(folder, '10-mine.yaml'), 'kind: ConfigMap\n');
  expect(await writeFolder(folder, components(1, 'web'))).toMatchObject({ written: ['00-namespaces.yaml'], removed: ['10-db.yaml'] });
  expect(readdirSync(folder).toSorted()).toEqual(['00-namespaces.yaml', '10-mine.yaml', '10-web.yaml', 'kustomization.yaml']);
});

it('writes nothing at all where a file of another is in the way, whatever kind of file that is', async () => {
  writeFileSync(join(folder, '10-web.yaml'), 'kind: Deployment\n');
  await expect(writeFolder(folder, components(1, 'web'))).rejects.toMatchObject({ code: 'MANIFESTS_NOT_OURS', message: expect.stringContaining('10-web.yaml') });
  expect(readdirSync(folder)).toEqual(['10-web.yaml']);
  rmSync(join(folder, '10-web.yaml'));
  mkdirSync(join(folder, '10-web.yaml'));
  await expect(writeFolder(folder, components(1, 'web'))).rejects.toMatchObject({ code: 'MANIFESTS_NOT_OURS' });
  rmSync(join(folder, '10-web.yaml'), { recursive: true });
  symlinkSync('nowhere', join(folder, '10-web.yaml'));
  await expect(writeFolder(folder, components(1, 'web'))).rejects.toMatchObject({ code: 'MANIFESTS_NOT_OURS' });
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  await expect(writeFolder(join(folder, '10-web.yaml', 'deeper'), components(1, 'web'))).rejects.toMatchObject({ code: 'MANIFESTS_UNWRITABLE' });
});

it('says which objects differ, and where', async () => {
  expect(compareFolder(await ownFiles(join(folder, 'none')), components(1, 'web')).map(({ file, change }) => [file, change])).toEqual([['00-namespaces.yaml', 'added'], ['10-web.yaml', 'added']]);
  await writeFolder(folder, components(1, 'web', 'db'));
  expect(compareFolder(await ownFiles(folder), components(1, 'web', 'db'))).toEqual([]);
  const differences = compareFolder(await ownFiles(folder), components(3, 'web'));
  expect(differences).toEqual([
    { file: '00-namespaces.yaml', change: 'changed', objects: [{ object: 'Namespace of-db', change: 'removed', paths: [] }] },
    { file: '10-db.yaml', change: 'removed', objects: [{ object: 'Deployment shop/db', change: 'removed', paths: [] }] },
    { file: '10-web.yaml', change: 'changed', objects: [{ object: 'Deployment shop/web', change: 'changed', paths: ['spec.replicas'] }] },
  ]);
});

it('bears what somebody made of a file: it differs', async () => {
  await writeFolder(folder, components(1, 'web'));
  const path = join(folder, '10-web.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, `${text}# a comment\n`);
  expect(compareFolder(await ownFiles(folder), components(1, 'web'))).toEqual([{ file: '10-web.yaml', change: 'changed', objects: [] }]);
  for (const broken of ['---\n: [', '---\n- 1\n---\nnull\n', `---\na: &a [${'x, '.repeat(9)}]\nb: &b [${'*a, '.repeat(9)}]\nc: &c [${'*b, '.repeat(9)}]\nd: [${'*c, '.repeat(9)}]\n`]) {
    writeFileSync(path, `${text.split('\n')[0]}\n${broken}`);
    expect(compareFolder(await ownFiles(folder), components(1, 'web'))).toMatchObject([{ file: '10-web.yaml', change: 'changed', objects: [{ object: 'Deployment shop/web', change: 'added' }] }]);
  }
});
