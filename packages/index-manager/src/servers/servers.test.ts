import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CLUSTER_SETTINGS_OF_AMAZON, OPERATIONS_OF_AMAZON } from './amazon.ts';
import { type IndexDuty, OPTIONAL_PERMISSIONS, REQUIRED_PERMISSIONS, requiredRole } from './permissions.ts';
import { REQUESTS } from './requests.ts';

const page = new URL('../../../../docs/guide/index-servers.md', import.meta.url);
const ALL = Object.keys(REQUESTS) as IndexDuty[];

describe('the role for some duties', () => {
  it('has their permissions only, on the patterns and on the store', () => {
    const role = requiredRole(['drift'], ['shop-*', 'ring-*']);
    expect(role.index_permissions.map(({ index_patterns: patterns }) => patterns)).toEqual([['shop-*', 'ring-*'], ['podscope-index-manager']]);
    const given = [...role.cluster_permissions, ...role.index_permissions.flatMap(({ allowed_actions: actions }) => actions)];
    expect(given.filter((permission) => /put|update|write|delete|create|rollover/u.test(permission))).toEqual([]);
  });

  it('grows by each duty, and is never without patterns or wider than they are', () => {
    const sizes = ALL.map((_, count) => JSON.stringify(requiredRole(ALL.slice(0, count + 1), ['shop-*'])).length);
    expect([...sizes].sort((one, other) => one - other)).toEqual(sizes);
    // To export is to read all names there are.
    expect(JSON.stringify(requiredRole(ALL.filter((duty) => duty !== 'export'), ['shop-*']))).not.toMatch(/"(?:\*|indices:\*|cluster:\*|indices_all|cluster_all)"/u);
    expect(() => requiredRole(['plan'], [])).toThrow(TypeError);
    expect(() => requiredRole(['plan'], [''])).toThrow(TypeError);
  });

  it('has what is optional only when that is wanted', () => {
    const [plain, more] = [false, true].map((optional) => requiredRole(['lifecycle'], ['shop-*'], { optional }).cluster_permissions);
    expect(plain).toEqual([]);
    expect(more).toEqual(['cluster:monitor/state', 'cluster:monitor/nodes/stats']);
  });

  it('names each permission once for each place', () => {
    const keys = REQUIRED_PERMISSIONS.map(({ on, permission }) => `${on} ${permission}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what Amazon OpenSearch Service lets through', () => {
  it.each(ALL)('has all requests of "%s"', (duty) => {
    const paths = REQUESTS[duty].map((request) => request.slice(request.indexOf('/')));
    const listed = (path: string) => path === '/' || path.startsWith('/<name>') || Object.keys(OPERATIONS_OF_AMAZON).some((operation) => path === operation || path.startsWith(`${operation}/`));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !listed(path))).toEqual([]);
  });
});

describe('the page about servers and permissions', () => {
  it('lists the same permissions, for the same duties', async () => {
    const text = await readFile(page, 'utf8');
    const optional = [...text.matchAll(/^\| `(\S+:\S+)` \| ((?!the |every )[a-z, ]+) \| (.+) \|$/gmu)].map(([, ...cells]) => cells);
    expect(optional).toEqual(OPTIONAL_PERMISSIONS.map(({ permission, duties, without }) => [permission, duties.join(', '), without]));
    expect(OPTIONAL_PERMISSIONS.filter(({ on }) => on !== 'cluster')).toEqual([]);
    const rows = [...text.matchAll(/^\| `(\S+:\S+)` \| (the cluster|the setup's indices|the store|every index) \| ([a-z, ]+) \| (.+) \|$/gmu)].map(([, ...cells]) => cells);
    const where = { cluster: 'the cluster', indices: "the setup's indices", store: 'the store', all: 'every index' } as const;
    expect(rows).toEqual(REQUIRED_PERMISSIONS.map(({ permission, on, duties, why }) => [permission, where[on], duties.join(', '), why]));
  });

  it('lists the same requests and settings', async () => {
    const text = await readFile(page, 'utf8');
    const rows = [...text.matchAll(/^\| `((?:GET|PUT|POST|DELETE) \/\S*)` \| ([a-z, ]+) \|$/gmu)].map(([, request, duties]) => `${request}: ${duties}`);
    const all = [...new Set(Object.values(REQUESTS).flat())].sort((one, other) => compare(one.replace(/^\S+ /u, ''), other.replace(/^\S+ /u, '')) || compare(one, other));
    expect(rows).toEqual(all.map((request) => `${request}: ${ALL.filter((duty) => REQUESTS[duty].includes(request)).join(', ')}`));
    for (const setting of CLUSTER_SETTINGS_OF_AMAZON) expect(text).toContain(`\`${setting}\``);
  });
});

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
