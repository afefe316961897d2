import { PodscopeError } from '@podscope/core';
import type { z } from 'zod';

/** Checks a probe's data. @throws PodscopeError PROBE_INVALID, naming each part that is wrong */
export function readSpec<Schema extends z.ZodType>(schema: Schema, spec: unknown): z.output<Schema> {
  const result = schema.safeParse(spec);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.length === 0 ? 'the probe' : path.join('.')}: ${message}`);
  throw new PodscopeError('PROBE_INVALID', `A probe is wrong: ${issues[0] ?? 'it cannot be read'}.`, { hint: 'Correct it; docs/guide/faults.md shows each kind of probe.', details: issues });
}
