import { isIPv4 } from 'node:net';
import { PodscopeError } from '@podscope/core';
import { estimate } from './estimate/estimate.ts';
import { inCluster, type InClusterChoice } from './inCluster.ts';
import type { AwsParts } from './parts.ts';
import { preflight } from './preflight/preflight.ts';
import { lookForRoom } from './preflight/room.ts';

/** The rooms as the command line takes them. */
export function awsParts(choice: InClusterChoice): AwsParts {
  return { estimate, preflight: async (clients, settings, signal) => [...(await preflight(clients, settings, signal)), ...(await lookForRoom(clients, settings, choice, signal))], inCluster: inCluster(choice), ownCidr: (signal) => ownCidr(signal, choice.note) };
}

/** AWS's own answer to "what is my address": https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-security-groups.html names it. */
const OWN_ADDRESS = 'https://checkip.amazonaws.com/';
/** Before that, it is taken for silent. */
const PATIENCE_MS = 10_000;

/** @throws PodscopeError AWS_OWN_ADDRESS */
async function ownCidr(signal: AbortSignal, note: (line: string) => void): Promise<string> {
  note(`${new URL(OWN_ADDRESS).host} is asked for the address of this machine, for ${PATIENCE_MS / 1_000} s at most; --api-cidr spares that.`);
  const address = await fetch(OWN_ADDRESS, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) }).then(
    async (answer) => (answer.ok ? (await answer.text()).trim() : ''),
    () => '',
  );
  signal.throwIfAborted();
  if (isIPv4(address)) {
    note(`The API of the cluster is to be open to ${address} only.`);
    return `${address}/32`;
  }
  throw new PodscopeError('AWS_OWN_ADDRESS', 'The address that this machine has in the internet could not be asked for; only from there the cluster’s API is to be reached.', { hint: 'Give it with --api-cidr, such as 203.0.113.7/32. Nothing was made.' });
}
