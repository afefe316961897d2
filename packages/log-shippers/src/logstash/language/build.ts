import type { LogstashBranch, LogstashCondition, LogstashExpression, LogstashField, LogstashFilter, LogstashInput, LogstashNode, LogstashOperand, LogstashOutput, LogstashPlugin, LogstashSection, LogstashValue } from './model.ts';

type Written<Plugin> = Plugin | LogstashBranch<Plugin>;

/** A pipeline's inputs. */
export const inputs = (...body: readonly Written<LogstashInput>[]): LogstashSection => ({ section: 'input', body: body.map(plain) });
/** A pipeline's filters, in their order. */
export const filters = (...body: readonly Written<LogstashFilter>[]): LogstashSection => ({ section: 'filter', body: body.map(plain) });
/** A pipeline's outputs. */
export const outputs = (...body: readonly Written<LogstashOutput>[]): LogstashSection => ({ section: 'output', body: body.map(plain) });

/** A field: `field('kubernetes', 'pod', 'name')`. */
export const field = (...names: readonly string[]): LogstashField => ({ kind: 'field', path: names.map((name) => `[${name}]`).join('') });
/** `left == right` */
export const equal = (left: LogstashOperand, right: LogstashOperand): LogstashExpression => ({ kind: 'compare', operator: '==', left, right });
/** True where the field is there, and neither null nor false. */
export const present = (value: LogstashField): LogstashExpression => ({ kind: 'value', value });
/** True where the field isn't there. */
export const absent = (of: LogstashField): LogstashExpression => ({ kind: 'not', of });
/** `one and other` */
export const and = (first: LogstashExpression, ...rest: readonly LogstashExpression[]): LogstashCondition => ({ kind: 'chain', first, rest: rest.map((expression) => ({ operator: 'and', expression })) });
/** `if condition { … } else { … }` among filters. */
export function when(condition: LogstashCondition, body: readonly Written<LogstashFilter>[], otherwise?: readonly Written<LogstashFilter>[]): LogstashBranch<LogstashFilter> {
  return { if: [{ when: condition, body }], ...(otherwise === undefined ? {} : { else: otherwise }) };
}

/** Takes the options out of `extra`, as the language knows no difference. */
function plain(node: Written<LogstashInput | LogstashFilter | LogstashOutput>): LogstashNode {
  if ('plugin' in node) {
    const given: Readonly<Record<string, LogstashValue | undefined>> = { ...(node.options as LogstashPlugin['options']), ...node.extra };
    return { plugin: node.plugin, options: Object.fromEntries(Object.entries(given).filter((entry): entry is [string, LogstashValue] => entry[1] !== undefined)) };
  }
  const branch: LogstashBranch<LogstashInput | LogstashFilter | LogstashOutput> = node;
  return {
    if: branch.if.map(({ when: condition, body }) => ({ when: condition, body: body.map(plain) })),
    ...(branch.else === undefined ? {} : { else: branch.else.map(plain) }),
  };
}
