import { PodscopeError } from '../errors.ts';
import type { AnyField, Fields } from './field.ts';
import type { ContainerType } from './fieldTypes.ts';

const CONTAINERS: ReadonlySet<string> = new Set<ContainerType>(['object', 'nested', 'other']);

/** True when fields may stand below this one. */
export function isContainer(field: AnyField): boolean {
  return CONTAINERS.has(field.type);
}

/**
 * Defines the fields of one kind of document. The result types its documents ({@link DocumentOf}), makes its mapping
 * ({@link mappingOf}) and says which fields a dashboard may name.
 *
 * @throws PodscopeError `FIELDS_INVALID` when a name has an empty part, or stands below a field that is no object
 * (`url` beside `url.path`), which no mapping can hold.
 */
export function defineFields<const F extends Fields>(fields: F): F {
  for (const name of Object.keys(fields)) {
    const parts = name.split('.');
    if (parts.some((part) => part === '')) {
      throw new PodscopeError('FIELDS_INVALID', `Field name ${JSON.stringify(name)} has an empty part.`, { hint: 'Write the names of objects and fields with one dot between them.' });
    }
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = parts.slice(0, depth).join('.');
      const above = Object.hasOwn(fields, parent) ? fields[parent] : undefined;
      if (above && !isContainer(above)) {
        throw new PodscopeError('FIELDS_INVALID', `Field ${JSON.stringify(name)} cannot stand beside its parent ${JSON.stringify(parent)}, which is of type ${above.type}.`, {
          hint: 'Remove one of the two, or make the parent object() or nested().',
        });
      }
    }
  }
  return Object.freeze({ ...fields });
}

/**
 * Some fields of a catalogue, to be spread into another: `defineFields({ ...pick(ecs.url, 'url.path') })`.
 *
 * @throws PodscopeError `FIELDS_INVALID` for a name that isn't in the catalogue.
 */
export function pick<F extends Fields, const Name extends keyof F & string>(fields: F, ...names: readonly Name[]): Pick<F, Name> {
  const missing = names.find((name) => !Object.hasOwn(fields, name));
  if (missing !== undefined) {
    throw new PodscopeError('FIELDS_INVALID', `There is no field ${JSON.stringify(missing)} to pick.`, { hint: 'Name fields of the catalogue.' });
  }
  return Object.freeze(Object.fromEntries(names.map((name) => [name, fields[name]]))) as unknown as Pick<F, Name>;
}
