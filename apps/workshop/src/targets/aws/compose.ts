import { PodscopeError } from '@podscope/core';
import { estimate } from './estimate/estimate.ts';
import { inCluster, type InClusterChoice } from './inCluster.ts';
import type { AwsParts } from './parts.ts';
import { preflight } from './preflight/preflight.ts';

/** The rooms as the command line takes them. */
export function awsParts(choice: InClusterChoice): AwsParts {
  return { estimate, preflight, inCluster: inCluster(choice), ownCidr };
}

/** AWS's own answer to "what is my address": https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-security-groups.html names it. */
const OWN_ADDRESS = 'https://checkip.amazonaws.com/';

/** Says that it asks, as nobody has asked for that. @throws PodscopeError AWS_OWN_ADDRESS */
async function ownCidr(signal: AbortSignal, tell: (message: string) => void): Promise<string> {
  tell(`asking ${OWN_ADDRESS} for this machine's address in the internet (--api-cidr gives it instead)`);
  const address = await fetch(OWN_ADDRESS, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) }).then(
    async (answer) => (answer.ok ? (await answer.text()).trim() : ''),
    () => '',
  );
  signal.throwIfAborted();
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/u.test(address)) return `${address}/32`;
  throw new PodscopeError('AWS_OWN_ADDRESS', 'The address that this machine has in the internet could not be asked for; only from there the cluster’s API is to be reached.', { hint: 'Give it with --api-cidr, such as 203.0.113.7/32. Nothing was made.' });
}
