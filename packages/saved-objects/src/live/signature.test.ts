import { inspect } from 'node:util';
import { date, defineFields } from '@podscope/core';
import { afterEach, describe, expect, it } from 'vitest';
import { bundle, count, dashboard, dataView, dateHistogram, line, row } from '../index.ts';
import type { DashboardsAuth } from './auth.ts';
import { exportSavedObjects } from './exportSavedObjects.ts';
import { signatureProblem, type Signer } from './fixtures/signature.ts';
import { type StandIn, startStandIn } from './fixtures/standIn.ts';
import { importSavedObjects } from './importSavedObjects.ts';

const view = dataView('podscope-signed-*', { fields: defineFields({ '@timestamp': date() }) });
const set = bundle(dashboard('podscope-signed', 'Sígned ☂', [row(line('podscope-signed-line', 'Requests', view, { x: dateHistogram('@timestamp'), y: count() }))]));
const signer: Signer = { region: 'eu-central-1', service: 'es', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

let standIn: StandIn | undefined;
afterEach(async () => {
  await standIn?.[Symbol.asyncDispose]();
  standIn = undefined;
});
async function start(wanted: Signer = signer): Promise<StandIn> {
  standIn = await startStandIn({ workspaces: ['w 1'], signatureProblem: (request) => signatureProblem(request, wanted) });
  return standIn;
}
const auth = ({ region, service, ...credentials }: Signer): DashboardsAuth => ({ sigv4: { region, ...(service === 'es' ? {} : { service: 'aoss' as const }), credentials } });

describe('requests that are signed for Amazon OpenSearch Service', () => {
  it('are taken: forms, JSON, queries, and paths of any characters', async () => {
    const { url, objects } = await start();
    const connection = { url, auth: auth(signer), workspace: 'w 1' };
    expect(await importSavedObjects(connection, set, { overwrite: true })).toMatchObject({ imported: 3 });
    expect(objects('w/w%201')).toHaveLength(3);
    expect(await exportSavedObjects(connection, { types: ['dashboard'] })).toHaveLength(3);
  });

  it('carry a session token, and a serverless collection’s service', async () => {
    const temporary: Signer = { ...signer, service: 'aoss', sessionToken: 'token-of-an-hour' };
    const { url } = await start(temporary);
    expect(await importSavedObjects({ url, auth: auth(temporary) }, set)).toMatchObject({ imported: 3 });
  });

  it('ask for their credentials each time, so that they can be renewed', async () => {
    const { url } = await start();
    let asked = 0;
    await importSavedObjects({ url, auth: { sigv4: { region: signer.region, credentials: async () => ((asked += 1), signer) } } }, set);
    expect(asked).toBe(4);
  });

  it('are refused when anything is wrong, and no error has a secret in it', async () => {
    const { url } = await start();
    for (const wrong of [{ ...signer, secretAccessKey: 'another-secret-key' }, { ...signer, region: 'us-east-1' }, { ...signer, sessionToken: 'an-old-token' }]) {
      const error: unknown = await importSavedObjects({ url, auth: auth(wrong) }, set).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'SAVED_OBJECT_SERVER_REFUSED', message: expect.stringContaining('403') as string, hint: expect.stringContaining('region, service and keys') as string });
      for (const secret of [wrong.secretAccessKey, 'an-old-token']) expect(inspect(error, { depth: 9 })).not.toContain(secret);
    }
  });
});

it('a server that says a password back does not bring it into an error', async () => {
  const fetch: typeof globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify({ message: 'no user with hunter2secret' }), { status: 400 }));
  const error: unknown = await importSavedObjects({ url: 'http://127.0.0.1:1', auth: { username: 'me', password: 'hunter2secret' }, fetch }, set).catch((thrown: unknown) => thrown);
  expect(inspect(error)).toContain('[redacted]');
  expect(inspect(error)).not.toContain('hunter2secret');
});
