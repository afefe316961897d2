import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@opensearch-project/opensearch';
import { expect, it } from 'vitest';
import { grantDomainAccess, mappingOf, PRESENTER_ROLE } from './grants.ts';
import { principalOf } from './arns.ts';

const ARN = 'arn:aws:iam::123456789012';

it('maps roles of IAM as backend roles, with and without their path, and users as users', () => {
  expect(mappingOf([`${ARN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0`, `${ARN}:role/plain`, `${ARN}:user/carla`])).toEqual({
    backend_roles: [`${ARN}:role/AWSReservedSSO_Admin_0`, `${ARN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0`, `${ARN}:role/plain`],
    users: [`${ARN}:user/carla`],
  });
  expect(() => mappingOf(['carla'])).toThrow(expect.objectContaining({ code: 'AWS_DOMAIN_ACCESS' }));
});

it('gives presenters nothing of the security plugin, and no other index to write to', () => {
  expect(PRESENTER_ROLE.cluster_permissions).not.toContain('*');
  expect(PRESENTER_ROLE.cluster_permissions.join()).not.toMatch(/security|cluster_all|settings/u);
  for (const { index_patterns: patterns, allowed_actions: actions } of PRESENTER_ROLE.index_permissions) if (patterns.includes('*')) expect(actions.join()).not.toMatch(/write|delete|create|put|update|read|\*$|indices_all/u);
});

it('finds the role behind a session, with its path where it may read it', async () => {
  const session = 'arn:aws:sts::123456789012:assumed-role/maker/carla@example.com';
  const iam = (send: () => Promise<unknown>) => ({ iam: { send } as never });
  expect(await principalOf(iam(async () => ({ Role: { Arn: `${ARN}:role/admins/maker` } })), session)).toBe(`${ARN}:role/admins/maker`);
  const refused = (name: string) => iam(async () => Promise.reject(Object.assign(new Error('no'), { name, $metadata: {} })));
  expect(await principalOf(refused('AccessDenied'), session)).toBe(`${ARN}:role/maker`);
  // A wrong answer would be the master of a domain, and nobody could change it.
  await expect(principalOf(refused('Throttling'), session)).rejects.toMatchObject({ code: 'AWS_THROTTLED' });
  await expect(principalOf(refused('AccessDenied'), 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/carla')).rejects.toMatchObject({ code: 'AWS_DENIED' });
  expect(await principalOf(iam(async () => expect.fail()), `${ARN}:user/carla`)).toBe(`${ARN}:user/carla`);
  await expect(principalOf(iam(async () => expect.fail()), 'carla')).rejects.toMatchObject({ code: 'AWS_DOMAIN_ACCESS' });
});

it('waits for a security plugin that has only just started, and says so of one that does not', async () => {
  const answers = [503, 502, 201, 200, 503, 201, 200];
  // In the place of a domain: what its plugin and its front say in the first minute.
  const server = createServer((_incoming, outgoing) => void outgoing.writeHead(answers.shift() ?? 503, { 'content-type': 'text/plain' }).end('OpenSearch Security not initialized.'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new Client({ node: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, maxRetries: 0 });
  const access = { shippers: [`${ARN}:role/shippers`], presenters: [] };
  await grantDomainAccess(client, access, { intervalMs: 1 });
  expect(answers).toEqual([]);
  await expect(grantDomainAccess(client, access, { tries: 3, intervalMs: 1 })).rejects.toMatchObject({ code: 'AWS_DOMAIN_ACCESS', message: expect.stringContaining('(503)') });
  await client.close();
  server.close();
});

it('asks again where no answer came, and says so of a domain that never gives one', async () => {
  let silent = 1;
  const server = createServer((incoming, outgoing) => ((silent -= 1) >= 0 ? incoming.socket.destroy() : outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new Client({ node: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, maxRetries: 0 });
  const access = { shippers: [`${ARN}:role/shippers`], presenters: [] };
  await grantDomainAccess(client, access, { intervalMs: 1 });
  expect(silent).toBe(-4);
  silent = 2;
  await expect(grantDomainAccess(client, access, { tries: 2, intervalMs: 1 })).rejects.toMatchObject({ code: 'AWS_DOMAIN_ACCESS', message: expect.stringContaining('(504') });
  await client.close();
  server.close();
});
