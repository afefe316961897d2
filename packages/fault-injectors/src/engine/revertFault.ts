import { isPodscopeError, PodscopeError } from '@podscope/core';
import { nameMyself } from './alive.ts';
import { type RecoveredFault, type RecoverOptions, recoverFaults } from './recover.ts';
import { revertRecord } from './revert.ts';

const ID = /^[0-9a-f]{16}$/;

/** What {@link revertFault} takes. */
export type RevertFaultOptions = Omit<RecoverOptions, 'except' | 'graceMs'>;

/** What {@link abortAll} takes. */
export interface AbortOptions extends Omit<RecoverOptions, 'except' | 'graceMs' | 'force'> {
  /** Who aborts, for people. @default host, process and user */
  readonly by?: string;
}

function notFound(id: string): PodscopeError<'FAULT_NOT_FOUND'> {
  const message = ID.test(id) ? `There is no fault ${id} in the store.` : 'A fault id is 16 hexadecimal digits.';
  return new PodscopeError('FAULT_NOT_FOUND', message, { hint: 'List the faults to see their ids. Nothing was changed.' });
}

/**
 * Reverts one fault by its id, whoever injected it and wherever.
 *
 * @throws PodscopeError FAULT_NOT_FOUND, FAULT_RECORD_UNREADABLE, FAULT_UNKNOWN (its kind is not among `faults`), FAULT_TARGET_UNFIT (it is in another target),
 *   FAULT_TARGET_CHANGED (details: the diff), FAULT_REVERT_FAILED
 */
export async function revertFault(id: string, options: RevertFaultOptions): Promise<void> {
  const record = ID.test(id) ? await options.store.read(id) : undefined;
  if (!record) throw notFound(id);
  if (record.target.id !== options.target.id) {
    throw new PodscopeError('FAULT_TARGET_UNFIT', `Fault ${id} is in the target ${record.target.id}, not in ${options.target.id}.`, { hint: 'Revert it there. Nothing was changed.' });
  }
  const kind = options.faults.find((each) => each.id === record.fault);
  if (!kind) {
    throw new PodscopeError('FAULT_UNKNOWN', `The kind of fault ${id} is not installed here.`, { hint: 'Revert it with the configuration that injected it. Nothing was changed.' });
  }
  await revertRecord(kind.from(record.params), id, { ...options, myself: nameMyself() }, options);
}

/**
 * The kill switch: refuses new faults, makes injectors that run revert theirs, and reverts everything that is there by force, whether its
 * injector lives or not. Stays on until the store's `resume`.
 *
 * @throws what turning it on throws, such as KUBE_NAMESPACE_ENDING, but only after everything was reverted that could be (details: each)
 */
export async function abortAll(options: AbortOptions): Promise<readonly RecoveredFault[]> {
  const failures: unknown[] = [];
  await options.store.stop(options.by ?? nameMyself()).catch((error: unknown) => failures.push(error));
  const recovered = await recoverFaults({ ...options, force: true, graceMs: 0 });
  for (const failure of failures) {
    if (!isPodscopeError(failure)) throw failure;
    throw new PodscopeError(failure.code, `New faults could not be kept out: ${failure.message}`, {
      hint: 'Those that were there are below. Abort again when the store can be written to.',
      details: recovered.map(({ id, outcome, message }) => `${id}: ${outcome}. ${message}`),
      cause: failure,
    });
  }
  return recovered;
}
