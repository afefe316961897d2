import { PodscopeError } from '../errors.ts';

/** An object of a mapping, as JSON has it. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for what JSON calls an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error for a mapping that no server would give. */
export function invalidMapping(where: string, what: string): PodscopeError<'MAPPING_INVALID'> {
  return new PodscopeError('MAPPING_INVALID', `The mapping is wrong at ${where === '' ? 'its top' : JSON.stringify(where)}: ${what}.`, {
    hint: 'Pass the mapping of one index: `mappings` of what GET <index>/_mapping answers under the index’s name.',
  });
}
