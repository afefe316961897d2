import { isSecretReference, type SecretReference } from '../../secrets/secretReference.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { LogstashBranch, LogstashCodec, LogstashCondition, LogstashExpression, LogstashNode, LogstashOperand, LogstashPlugin, LogstashSection, LogstashValue } from './model.ts';
import { isHash, merged } from './parseValue.ts';

const STEP = '  ';
const NAME = /^[A-Za-z0-9_-]+$/;

/** Writes sections; where a layout is there and what it belongs to is as it was read, byte for byte. Secrets met are put into `secrets`. */
export class PipelineWriter {
  readonly secrets = new Map<string, SecretReference>();

  sections(sections: readonly LogstashSection[], end: string | undefined): string {
    let text = '';
    for (const { section, body, layout } of sections) {
      text += layout === undefined ? `${text === '' ? '' : '\n'}${section} {` : layout.before + layout.open;
      text += this.#body(body, STEP) + (layout?.close ?? '\n}');
      if (layout === undefined) text += '\n';
    }
    return text + (end ?? '');
  }

  #body(body: readonly LogstashNode[], indent: string): string {
    return body.map((node) => ('plugin' in node ? this.#plugin(node, indent) : this.#branch(node, indent))).join('');
  }

  #plugin({ plugin, options, layout }: LogstashPlugin, indent: string): string {
    if (layout === undefined) return `\n${indent}${this.#bare(plugin, options, indent)}`;
    const read = merged(layout.attributes);
    let text = layout.before + (plugin === nameOf(layout.name) ? layout.name : this.#name(plugin)) + layout.open;
    const done = new Set<string>();
    for (const attribute of layout.attributes) {
      const value = options[attribute.name];
      if (value === undefined || !Object.hasOwn(options, attribute.name)) continue;
      if (same(value, read[attribute.name])) text += attribute.before + attribute.raw;
      else if (!done.has(attribute.name)) text += `${attribute.before}${this.#name(attribute.name)} => ${this.value(value, indent + STEP, attribute.name)}`;
      done.add(attribute.name);
    }
    const added = Object.entries(options).filter(([name]) => !layout.attributes.some((attribute) => attribute.name === name));
    text += added.map(([name, value]) => `\n${indent}${STEP}${this.#name(name)} => ${this.value(value, indent + STEP, name)}`).join('');
    return `${text}${added.length > 0 && !/^\s/.test(layout.close) ? `\n${indent}` : ''}${layout.close}`;
  }

  #bare(plugin: string, options: LogstashPlugin['options'], indent: string): string {
    const lines = Object.entries(options).map(([name, value]) => `\n${indent}${STEP}${this.#name(name)} => ${this.value(value, indent + STEP, `${plugin}.${name}`)}`);
    return lines.length === 0 ? `${this.#name(plugin)} { }` : `${this.#name(plugin)} {${lines.join('')}\n${indent}}`;
  }

  #branch(branch: LogstashBranch, indent: string): string {
    const { layout } = branch;
    const clauses = [...branch.if.map(({ when, body }) => ({ when, body })), ...(branch.else === undefined ? [] : [{ when: undefined, body: branch.else }])];
    return clauses
      .map(({ when, body }, at) => {
        const known = layout?.clauses[at];
        const fits = known !== undefined && same(known.when, when);
        const head = fits ? known.head : when === undefined ? 'else {' : `${at === 0 ? '' : 'else '}if ${this.condition(when)} {`;
        const before = known?.before ?? (at === 0 ? `\n${indent}` : ' ');
        return before + head + this.#body(body, indent + STEP) + (known?.close ?? `\n${indent}}`);
      })
      .join('');
  }

  /** A condition as the grammar writes it. */
  condition(condition: LogstashCondition): string {
    if (condition.kind !== 'chain') return this.#expression(condition);
    return [this.#expression(condition.first), ...condition.rest.map(({ operator, expression }) => `${operator} ${this.#expression(expression)}`)].join(' ');
  }

  #expression(expression: LogstashExpression): string {
    switch (expression.kind) {
      case 'group': return `(${this.condition(expression.condition)})`;
      case 'not': return `!${expression.of.kind === 'group' ? `(${this.condition(expression.of.condition)})` : expression.of.path}`;
      case 'compare': return `${this.#operand(expression.left)} ${expression.operator} ${this.#operand(expression.right)}`;
      case 'in': return `${this.#operand(expression.left)} ${expression.negated ? 'not in' : 'in'} ${this.#operand(expression.right)}`;
      case 'matches': return `${this.#operand(expression.left)} ${expression.negated ? '!~' : '=~'} ${this.#operand(expression.pattern)}`;
      case 'value': return this.#operand(expression.value);
    }
  }

  #operand(operand: LogstashOperand): string {
    if (typeof operand === 'string') return quoted(operand, 'a condition');
    if (typeof operand === 'number') return numeral(operand, 'a condition');
    switch (operand.kind) {
      case 'field': return fieldPath(operand.path);
      case 'pattern': return pattern(operand.source);
      case 'array': return this.value(operand.values, '', 'a condition');
      case 'call': return `${operand.method}(${operand.arguments.map((one) => this.#operand(one)).join(', ')})`;
    }
  }

  /** A value. `where` is said in errors. @throws PodscopeError SHIPPER_BAD_VALUE for what the language has no spelling for. */
  value(value: LogstashValue, indent: string, where: string): string {
    if (typeof value === 'string') return quoted(value, where);
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'number') return numeral(value, where);
    if (isSecretReference(value)) {
      this.secrets.set(value.variable, value);
      return `"\${${value.variable}}"`;
    }
    if (Array.isArray(value)) {
      const items = (value as readonly LogstashValue[]).map((item) => this.value(item, indent + STEP, where));
      const line = `[${items.join(', ')}]`;
      return line.length <= 110 ? line : `[\n${items.map((item) => indent + STEP + item).join(',\n')}\n${indent}]`;
    }
    if (isHash(value)) {
      const entries = Object.entries(value).map(([name, item]) => `\n${indent}${STEP}${quoted(name, where)} => ${this.value(item, indent + STEP, where)}`);
      return entries.length === 0 ? '{ }' : `{${entries.join('')}\n${indent}}`;
    }
    const codec = value as LogstashCodec;
    return this.#bare(codec.$codec, codec.options, indent);
  }

  #name(name: string): string {
    return NAME.test(name) ? name : quoted(name, 'a name');
  }
}

function nameOf(raw: string): string {
  return NAME.test(raw) ? raw : raw.slice(1, -1);
}

/** The language knows no escapes: a backslash before a quote stays in the text, so not each text can be written. */
function quoted(text: string, where: string): string {
  if (fits(text, '"')) return `"${text}"`;
  if (fits(text, "'")) return `'${text}'`;
  throw badValue(where, `${JSON.stringify(text.slice(0, 60))} has no spelling: it has both kinds of quotes, or ends with a backslash.`, 'Give a text with one kind of quotes, or set config.support_escapes.');
}

function fits(text: string, quote: string): boolean {
  if (text.endsWith('\\')) return false;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) if (text[at - 1] !== '\\') return false;
  return true;
}

function numeral(value: number, where: string): string {
  const text = String(value);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  throw badValue(where, `${text} has no spelling.`, 'Digits, with a point at most.');
}

function fieldPath(path: string): string {
  if (/^(?:\[[^\][,]+\])+$/.test(path)) return path;
  throw badValue('a condition', `${JSON.stringify(path)} is no field.`, 'Such as [kubernetes][pod][name].');
}

function pattern(source: string): string {
  if (/^(?:\\\/|[^/])*$/.test(source) && !source.endsWith('\\')) return `/${source}/`;
  throw badValue('a condition', `${JSON.stringify(source)} is no regular expression.`, 'A slash in it is written \\/.');
}

/** Equal in depth. */
function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name, at) => name === Object.keys(other)[at] && same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]));
}
