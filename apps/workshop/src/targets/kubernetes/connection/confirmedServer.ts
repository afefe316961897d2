import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { Environment } from '../../../environment.ts';
import { signedBy, type TargetOpenSearch } from '../options.ts';
import { targetFolder, writeWhole } from './confirmed.ts';
import type { Connecting } from './connect.ts';

const FILE = 'servers.json';

/** What {@link confirmServer} needs of a command. */
export interface ConfirmingServer extends Pick<Connecting, 'ask'> {
  readonly environment: Pick<Environment, 'runDir' | 'opensearchUser'>;
  /** The address that a flag says, for who has nobody to ask. */
  readonly named: string | undefined;
}

/**
 * Makes sure that the credentials of the environment may go to the OpenSearch of a record that was found in the cluster: whoever may write a
 * ConfigMap there could have put an address of their own into it. Asks once, and remembers the yes for this run directory.
 *
 * @throws PodscopeError OPENSEARCH_UNCONFIRMED where nobody named or confirmed it
 */
export async function confirmServer(opensearch: TargetOpenSearch, { environment: { runDir, opensearchUser }, named, ask }: ConfirmingServer): Promise<void> {
  if (opensearch.how !== 'url' || signedBy(opensearch) !== undefined || opensearchUser === undefined) return;
  // Where this machine reaches it, when that is another address: that is where they would go.
  const address = opensearch.urlFromHere ?? opensearch.url;
  if (named === undefined && confirmedServers(runDir).includes(address)) return;
  const isIt = named === undefined ? await ask?.(`Send the credentials of PODSCOPE_OPENSEARCH_USERNAME to ${address}, as the record in the cluster says?`) : sameAddress(named, address);
  if (isIt !== true) {
    const why = named !== undefined ? `is not ${named}` : isIt === undefined ? 'was neither named nor confirmed before' : 'was not confirmed';
    throw new PodscopeError('OPENSEARCH_UNCONFIRMED', `The record in the cluster names the OpenSearch ${address}, which ${why}. No credentials were sent.`, {
      hint: `Give --opensearch-url ${address} if it is the one, or unset PODSCOPE_OPENSEARCH_USERNAME.`,
    });
  }
  if (!confirmedServers(runDir).includes(address)) writeWhole(runDir, FILE, [...confirmedServers(runDir), address]);
}

/** The addresses that were confirmed. A file that isn't readable as such confirms nothing. */
function confirmedServers(runDir: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(targetFolder(runDir), FILE), 'utf8'));
    return Array.isArray(parsed) ? parsed.filter((each): each is string => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

/** True for the same address, however it is written. */
function sameAddress(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}
