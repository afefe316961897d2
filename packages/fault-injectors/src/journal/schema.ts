import { z } from 'zod';

const states = ['planned', 'injecting', 'injected', 'injected-unverified', 'partial', 'not-injected', 'reverting', 'reverted', 'refused'] as const;

/** One line of a journal of faults. docs/guide/fault-journal.md shows it. */
export const journalEventSchema = z
  .strictObject({
    time: z.iso.datetime().describe('when it happened, by the clock of the process that tells it'),
    id: z.string().regex(/^[0-9a-f]{16}$/).describe('the fault'),
    fault: z.string().describe('its kind, such as replica-storm'),
    target: z.string().describe('where: the uid of the namespace kube-system, or the name of a system'),
    state: z.enum(states).describe('the state that the fault is in with this line'),
    step: z.string().optional().describe('a write to the target, such as scale; without it, the line tells of a new state, or of what was found'),
    phase: z.enum(['begin', 'done', 'failed']).optional().describe('of the step'),
    findings: z.array(z.string()).readonly().optional().describe('what was seen, one line each, with figures'),
    error: z.object({ code: z.string().describe('explained in docs/errors'), message: z.string() }).readonly().optional().describe('why it was refused, or failed'),
  })
  .readonly()
  .describe('One line of a journal of faults: JSON, UTF-8, one object a line. Never holds the value of a Secret, a password or a token.');

/** JSON Schema (2020-12) of one line. */
export function journalJsonSchema(): object {
  return z.toJSONSchema(journalEventSchema);
}
