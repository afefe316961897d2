import type { AwsClients } from '../clients.ts';
import type { AwsNames } from '../names.ts';

/** What a sweep is about. */
export interface SweepPlace {
  readonly clients: AwsClients;
  readonly names: AwsNames;
  readonly signal: AbortSignal;
}

/** How something was found that is left. */
export type FoundBy = 'ledger' | 'tag' | 'list';

/** Something of an event that is there. */
export interface Left {
  readonly by: FoundBy;
  /** Such as `stack`, `load balancer`, `volume`. */
  readonly kind: string;
  /** Its name, id or ARN. */
  readonly id: string;
  /** What it is doing, or why it is still there, where that is known. */
  readonly why?: string;
}

/** Left as a line. */
export const leftLine = ({ kind, id, why }: Left): string => `${kind} ${id}${why === undefined ? '' : `: ${why}`}`;
