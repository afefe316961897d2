import type { AwsClients } from '../clients.ts';
import type { AwsCheck } from '../parts.ts';
import type { AwsSettings } from '../settings.ts';
import { accountChecks } from './checks.ts';
import { observeAccount } from './observe.ts';

/**
 * Looks at account and region before anything is made: who asks, whether region, types, versions and names are there to be had, and
 * whether quotas are large enough. Nothing is changed.
 *
 * @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_UNREACHABLE, AWS_…
 */
export async function preflight(clients: AwsClients, settings: AwsSettings, signal: AbortSignal): Promise<readonly AwsCheck[]> {
  return accountChecks(settings, await observeAccount(clients, settings, signal));
}
