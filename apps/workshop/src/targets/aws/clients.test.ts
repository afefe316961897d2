import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { awsClients, awsNow } from './clients.ts';

const DAY = 24 * 3_600_000;

/** Days that this machine is ahead, by what is said of the moment after an answer of a service whose clock is off by so many days. */
async function daysAhead(days: number): Promise<number> {
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(Date.now() - days * DAY).toUTCString());
    response.setHeader('content-type', 'text/xml');
    response.end('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    using clients = awsClients({ region: 'eu-central-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'none' }) });
    await clients.sts.send(new GetCallerIdentityCommand({}));
    return Math.round((Date.now() - awsNow(clients).getTime()) / DAY);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

it.each([0, 3, -3])('tells the moment by the clock of AWS, %i days behind this machine’s', async (days) => {
  expect(await daysAhead(days)).toBe(days);
});
