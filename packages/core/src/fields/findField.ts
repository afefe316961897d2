import type { AnyField, Field, Fields } from './field.ts';

/** The field or multi-field that a search of that name reads, or undefined. An alias leads to its field. */
export function findField(fields: Fields, name: string): AnyField | Field | undefined {
  const direct = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (direct) {
    // The server lets no alias lead to an alias, so one step is all there is.
    const path = direct.type === 'alias' ? direct.parameters['path'] : undefined;
    const target = typeof path === 'string' ? withMulti(fields, path) : undefined;
    return target && target.type !== 'alias' ? target : direct;
  }
  return withMulti(fields, name);
}

/** The nested field that `name` stands below, the innermost one; a plain search of `name` finds nothing then. */
export function nestedAbove(fields: Fields, name: string): string | undefined {
  const parts = name.split('.');
  for (let depth = parts.length - 1; depth > 0; depth--) {
    const parent = parts.slice(0, depth).join('.');
    if (Object.hasOwn(fields, parent) && fields[parent]?.type === 'nested') return parent;
  }
  return undefined;
}

function withMulti(fields: Fields, name: string): AnyField | Field | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  const parent = name.slice(0, dot);
  const multi = Object.hasOwn(fields, parent) ? (fields[parent]?.multi ?? {}) : {};
  const sub = name.slice(dot + 1);
  return Object.hasOwn(multi, sub) ? (multi as Readonly<Record<string, Field>>)[sub] : undefined;
}
