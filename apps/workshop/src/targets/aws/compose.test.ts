import { afterEach, expect, it, vi } from 'vitest';
import { awsParts } from './compose.ts';

afterEach(() => void vi.unstubAllGlobals());

// A mock: what tells the address is in the internet, which no test asks.
function answering(body: string, status = 200) {
  const order: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    order.push(url);
    return new Response(body, { status });
  });
  return { order, own: (signal = new AbortController().signal) => awsParts({ note: (line) => order.push(line) }).ownCidr(signal) };
}

it('says whom it asks for the address of this machine before it does, and what came of it', async () => {
  const { order, own } = answering('203.0.113.7\n');
  expect(await own()).toBe('203.0.113.7/32');
  expect(order).toEqual([expect.stringMatching(/^checkip\.amazonaws\.com .*--api-cidr/u), 'https://checkip.amazonaws.com/', expect.stringContaining('203.0.113.7')]);
});

it.each([['a page to sign in on', 200], ['203.0.113.7', 503], ['999.1.1.1', 200], ['2001:db8::7', 200]])('takes %j with status %i for no address', async (body, status) => {
  await expect(answering(body, status).own()).rejects.toMatchObject({ code: 'AWS_OWN_ADDRESS', hint: expect.stringContaining('--api-cidr') as string });
});

it('is interrupted while it asks', async () => {
  await expect(answering('203.0.113.7').own(AbortSignal.abort(new Error('Ctrl-C')))).rejects.toThrow('Ctrl-C');
});
