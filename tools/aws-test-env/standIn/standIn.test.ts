import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createFaults } from '../front/faults.ts';
import type { StandInContext } from './context.ts';
import { createStandIn } from './standIn.ts';

const nobody = (): never => {
  throw new Error('Nothing is asked of moto here.');
};
const context: StandInContext = { account: '123456789012', moto: nobody, forward: nobody, faults: createFaults(), polls: { domain: 0, cluster: 0, stack: 0, interfaces: 0 }, stackTypes: new Set() };

it('is on the page of what has not met the real service, call by call and type by type, with nothing else', async () => {
  const page = await readFile(new URL('../../../docs/guide/aws-target.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## What was not run against the real service'));
  const { calls, types } = createStandIn(context);
  const rows = [...section.matchAll(/^\| `([a-z0-9]+)` \| (.*) \|$/gmu)].flatMap(([, service = '', cell = '']) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, action = '']) => `${service}:${action}`));
  expect(rows.toSorted()).toEqual(calls);
  expect([...new Set(section.match(/AWS::\w+::\w+/gu) ?? [])].toSorted()).toEqual(types);
});
