import { expect, it } from 'vitest';
import { z } from 'zod';
import { sampleFault } from '../testing/sampleFault.ts';
import { checkParameters, parametersOf } from './parameters.ts';

const schema = z.object({
  deployment: z.string().min(1).max(63).describe('the Deployment'),
  replicas: z.int().min(0).max(100).default(3).describe('how many'),
  mode: z.enum(['slow', 'fast']).optional(),
  share: z.number().gt(0).max(1).optional(),
  path: z.string().regex(/^\//, 'begins with a slash').optional(),
  client: z.strictObject({ paths: z.array(z.string()).min(1), loud: z.boolean().default(false) }).optional(),
});

const wrongs = (params: unknown): readonly string[] => {
  try {
    checkParameters('sample', schema, params);
  } catch (error) {
    expect(error).toMatchObject({ code: 'FAULT_BAD_PARAMETERS', hint: expect.stringContaining('deployment, replicas, mode') });
    return (error as { details: readonly string[] }).details;
  }
  return [];
};

it('fills in defaults', () => {
  expect(checkParameters('sample', schema, { deployment: 'web', client: { paths: ['/'] } })).toEqual({ deployment: 'web', replicas: 3, client: { paths: ['/'], loud: false } });
});

it.each([
  [{}, ['deployment: must be a text with a length from 1 to 63 (the Deployment)']],
  [{ deployment: '' }, ['deployment: must be a text with a length from 1 to 63 (the Deployment)']],
  [{ deployment: 'web', replicas: 101 }, ['replicas: must be a whole number from 0 to 100 (how many)']],
  [{ deployment: 'web', replicas: 1.5, mode: 'sideways' }, ['replicas: must be a whole number from 0 to 100 (how many)', 'mode: must be one of "slow", "fast"']],
  [{ deployment: 'web', replica: 2 }, ['replica: there is no such parameter; did you mean "replicas"?']],
  [{ deployment: 'web', colour: 'red' }, ['colour: there is no such parameter; there are deployment, replicas, mode, share, path, client']],
  [{ deployment: 'web', path: 'x' }, ['path: begins with a slash']],
  [{ deployment: 'web', client: { paths: [], lowd: true } }, ['client.paths: must be a list with a length of 1 or more, each a text', 'client.lowd: there is no such parameter; did you mean "loud"?']],
  [null, ['the parameters: must be an object of deployment, replicas, mode, share, path, client']],
])('says of %j what is wrong', (params, lines) => {
  expect(wrongs(params)).toEqual(lines);
});

it('tells of alternatives what each may be', () => {
  const either = z.object({ status: z.union([z.literal(500), z.literal('none')]), where: z.union([z.int().min(1).max(9), z.enum(['all', 'some'])]) });
  expect(parametersOf(either).map(({ allowed }) => allowed)).toEqual(['one of 500, "none"', 'a whole number from 1 to 9, or one of "all", "some"']);
  expect(() => checkParameters('sample', either, { status: 404, where: 3 })).toThrow(expect.objectContaining({ details: ['status: must be one of 500, "none"'] }));
});

it('does not repeat what was given, which may be a secret', () => {
  expect(() => sampleFault({ replicas: 'hunter2' as unknown as number })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
});

it('tells what the parameters may be', () => {
  expect(parametersOf(schema).slice(0, 4)).toEqual([
    { name: 'deployment', allowed: 'a text with a length from 1 to 63', required: true, description: 'the Deployment' },
    { name: 'replicas', allowed: 'a whole number from 0 to 100', required: false, default: 3, description: 'how many' },
    { name: 'mode', allowed: 'one of "slow", "fast"', required: false, description: '' },
    { name: 'share', allowed: 'a number above 0, of 1 or less', required: false, description: '' },
  ]);
});
