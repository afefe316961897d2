import { awsFailure, awsFailureCode, missingRight } from '../failure.ts';

/** An answer of AWS, or that it may not be asked. */
export type Asked<Value> = { readonly is: 'known'; readonly value: Value } | { readonly is: 'denied'; /** As the service names it. */ readonly action?: string | undefined };

/**
 * Asks AWS something that it is good to know and that not everybody may ask: without the right to, a check says so instead of failing.
 *
 * @param title As in errors: `The quotas of eu-central-1`
 * @throws PodscopeError AWS_… for everything but a missing right
 */
export async function ask<Value>(title: string, question: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { is: 'known', value: await question() };
  } catch (error) {
    if (awsFailureCode(error) === 'AWS_DENIED') return { is: 'denied', action: missingRight(error instanceof Error ? error.message : '')?.action };
    throw awsFailure(error, title);
  }
}
