import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { awsClients } from '../clients.ts';
import { quickUp } from '../testing/quickly.ts';

let aws: StartedAws;
let runDir: string;
beforeAll(async () => {
  aws = await startAws();
  runDir = await mkdtemp(join(tmpdir(), 'podscope-creator-'));
});
afterAll(async () => {
  await aws?.stop();
  await rm(runDir, { recursive: true, force: true });
});

it('lets nobody else go on making an event, who would take its maker’s access away and give no rights in its domain', async () => {
  using clients = aws.clients();
  const presenter = `arn:aws:iam::${aws.account}:user/carla`;
  await quickUp({ clients, runDir }, { event: 'ours', presenters: [presenter] });
  await clients.iam.send(new CreateUserCommand({ UserName: 'carla' }));
  const { AccessKey: key } = await clients.iam.send(new CreateAccessKeyCommand({ UserName: 'carla' }));
  using hers = awsClients({ region: aws.region, endpoint: aws.endpoint, credentials: async () => ({ accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' }) });
  const before = aws.calls().length;
  await expect(quickUp({ clients: hers, runDir }, { event: 'ours', presenters: [presenter] })).rejects.toMatchObject({ code: 'AWS_EVENT_DIFFERS', message: expect.stringContaining('user/carla') });
  expect(aws.calls().slice(before).filter(({ action }) => !/^(?:Get|Describe|List)/u.test(action))).toEqual([]);
  // The maker goes on, also without a presenter: who stays keeps the access that there is.
  expect((await quickUp({ clients, runDir }, { event: 'ours', presenters: [] })).stacks).toMatchObject({ cluster: 'updated' });
});
