import type { HuntView } from '@podscope/console/api';
import type { Shipping } from '../targets/embedded/shippers/choose.ts';
import type { ControlClient, PartState } from './api.ts';

/** What became of one fault that an earlier run left behind. */
export interface RecoveredLeftover {
  readonly id: string;
  /** `reset`: it could not be read, so the system's baseline was restored instead. `changed`, `failed`, `unreadable`: it is still there. */
  readonly outcome: 'reverted' | 'reset' | 'changed' | 'failed' | 'unreadable';
  /** One line: why, and what to do. */
  readonly message: string;
}

/** What the hunts and faults do behind the control socket. Made by `createHuntService` in `hunts/service.ts`. */
export interface HuntControl {
  hunts(): Promise<readonly HuntView[]>;
  startHunt(id: string, seed?: string): Promise<HuntView>;
  takeHint(id: string): Promise<HuntView>;
  answerHunt(id: string, answers: Readonly<Record<string, string>>): Promise<HuntView>;
  submitHunt(id: string): Promise<HuntView>;
  stopHunt(id: string): Promise<HuntView>;
  /** GET /v1/faults: the kinds that exist, and what is injected; a running hunt's fault shows its opaque id only. */
  listFaults(): Promise<unknown>;
  /** POST /v1/faults/inject */
  injectFault(request: { readonly kind: string; readonly seed?: string; readonly dryRun: boolean }): Promise<unknown>;
  /** POST /v1/faults/verify */
  verifyFault(id: string): Promise<unknown>;
  /** POST /v1/faults/revert */
  revertFault(id: string, force: boolean): Promise<unknown>;
  /** POST /v1/faults/recover: reverts what an earlier run left behind. */
  recoverFaults(): Promise<{ readonly recovered: readonly RecoveredLeftover[] }>;
  /** Reverts every fault that is still there; the system goes down afterwards. */
  close(): Promise<void>;
}

/** Everything that the control socket does: the public verbs, and what only commands need. */
export interface ControlHandlers extends ControlClient {
  readonly faults: Pick<HuntControl, 'listFaults' | 'injectFault' | 'verifyFault' | 'revertFault' | 'recoverFaults'>;
  /** GET /v1/parts: OpenSearch, the web host, the visitors and the reaper. */
  parts(): Promise<readonly PartState[]>;
  /** GET /v1/parts, too: who ships which source. */
  shipping(): Promise<readonly Shipping[]>;
  /** POST /v1/visitors/rate: requests in a second of the ordinary visitors. */
  setVisitorRate(rate: number): Promise<void>;
  /** POST /v1/rollover: drains the collector, rolls every data stream over, and goes on. Gives the new backing indices. */
  rollover(): Promise<{ readonly indices: readonly string[] }>;
}
