/** JSON as servers take it and `JSON.parse` doesn't: with comments, `"""` texts, and values that a program still has to fill in. */
export interface RelaxedJson {
  readonly value: unknown;
  /** Values that stand as `${name}` where a number or a truth belongs; they are left out. */
  readonly placeholders: readonly string[];
}

const PLACEHOLDER = /^\$\{[^}"\n]*\}/u;
/** No text of a file can be this: a lone surrogate with a control byte. */
const LEFT_OUT = '\u0001\uD800left out';

/**
 * Reads it.
 *
 * @throws SyntaxError when it is no JSON apart from that.
 */
export function relaxedJson(text: string): RelaxedJson {
  const placeholders: string[] = [];
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 3);
    if (rest === '"""') {
      const end = text.indexOf('"""', at + 3);
      if (end === -1) throw new SyntaxError('a text that begins with """ has no end');
      parts.push(JSON.stringify(text.slice(at + 3, end)));
      at = end + 3;
    } else if (rest.startsWith('"')) {
      const end = endOfString(text, at);
      parts.push(text.slice(at, end));
      at = end;
    } else if (rest.startsWith('//') || rest.startsWith('#')) {
      at = endOf(text, '\n', at);
    } else if (rest.startsWith('/*')) {
      at = endOf(text, '*/', at) + 2;
    } else if (rest.startsWith('${')) {
      const [placeholder] = PLACEHOLDER.exec(text.slice(at, at + 200)) ?? [];
      if (placeholder === undefined) throw new SyntaxError('"${" begins nothing that ends on the same line');
      placeholders.push(placeholder);
      parts.push(JSON.stringify(LEFT_OUT));
      at += placeholder.length;
    } else {
      parts.push(text[at] ?? '');
      at += 1;
    }
  }
  const value: unknown = JSON.parse(parts.join(''), (_, each: unknown) => (each === LEFT_OUT ? undefined : each));
  return { value, placeholders };
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end;
}
