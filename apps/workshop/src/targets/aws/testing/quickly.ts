import type { AwsClients } from '../clients.ts';
import { downAws, type AwsDownRequest, type AwsDownResult } from '../down.ts';
import type { AwsParts, InCluster, Pauses } from '../parts.ts';
import { type AwsSettings, type AwsSettingsInput, awsSettings } from '../settings.ts';
import { upAws, type AwsUpRequest, type AwsUpResult } from '../up.ts';
import { absentCluster } from './absentCluster.ts';

/** The test environment needs no pauses; what does not end in a minute never does. */
export const QUICK: Pauses = { stackMs: 1, lookMs: 1, timeoutMs: 60_000 };

/** The rooms without what needs the internet, or a cluster. */
export function quickParts(inCluster: InCluster = absentCluster()): AwsParts {
  return {
    estimate: () => ({ lines: [{ resource: 'all', quantity: '1', hour: 1, day: 24, event: 8 }], hour: 1, day: 24, event: 8, notes: [] }),
    preflight: async () => [],
    inCluster,
    ownCidr: async () => '203.0.113.7/32',
  };
}

/** Where a run of a test is. */
export interface QuickPlace {
  readonly clients: AwsClients;
  readonly runDir: string;
  readonly signal?: AbortSignal;
  readonly inCluster?: InCluster;
  /** Told of all progress. */
  readonly onLine?: (line: string) => void;
}

const place = ({ clients, runDir, signal = new AbortController().signal, inCluster, onLine = () => undefined }: QuickPlace) => ({
  clients, runDir, signal, parts: quickParts(inCluster), pauses: QUICK, tell: (step: string, message: string) => onLine(`${step}: ${message}`), done: (step: string) => onLine(`${step} done`), confirm: async () => true,
});

export const settingsFor = (given: AwsSettingsInput): AwsSettings => awsSettings.parse(given);

/** `up` of an event, confirmed. */
export async function quickUp(where: QuickPlace, given: AwsSettingsInput, more: Partial<AwsUpRequest> = {}): Promise<AwsUpResult> {
  const settings = settingsFor(given);
  const result = await upAws({ ...place(where), event: settings.event, settings, ...more });
  if (result === undefined) throw new Error('it was not confirmed');
  return result;
}

/** `down` of an event, confirmed. */
export async function quickDown(where: QuickPlace, event: string, more: Partial<AwsDownRequest> = {}): Promise<AwsDownResult> {
  const result = await downAws({ ...place(where), event, ...more });
  if (result === undefined) throw new Error('it was not confirmed');
  return result;
}
