import { PodscopeError } from '@podscope/core';

/** A value of a DQL expression. */
export interface DqlValue {
  readonly value: string | number | boolean | null;
  readonly quoted: boolean;
  /** Has an unescaped `*`; `value` then still carries its escapes. */
  readonly wildcard: boolean;
}

/** A parsed DQL expression. */
export type DqlNode =
  | { readonly kind: 'and' | 'or'; readonly children: readonly DqlNode[] }
  | { readonly kind: 'not'; readonly child: DqlNode }
  | { readonly kind: 'nested'; readonly field: string; readonly child: DqlNode }
  | { readonly kind: 'is'; readonly field: string | null; readonly value: DqlValue }
  | { readonly kind: 'range'; readonly field: string; readonly operator: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: DqlValue };

const OPERATORS = { '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt' } as const;
const MAX_DEPTH = 100;

/** What the product's grammar takes for a number (opensearch_query/kuery/ast/kuery.peg): `007` and `1e3` are texts. */
const NUMBER = /^(?:-?[1-9]+\d*(?:\.\d+)?|-?0\.\d*[1-9]+|0|0\.0|\.\d+)$/;

/**
 * Parses DQL, the query language that stored objects call `kuery`. An empty text gives undefined.
 *
 * @throws PodscopeError `RENDERER_QUERY_INVALID`
 */
export function parseDql(text: string): DqlNode | undefined {
  if (text.trim() === '') return undefined;
  const reader = new Reader(text);
  const node = reader.or(0);
  reader.end();
  return node;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  or(depth: number): DqlNode {
    return this.#joined('or', () => this.#joined('and', () => this.#not(depth)));
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail();
  }

  #joined(word: 'and' | 'or', next: () => DqlNode): DqlNode {
    const children = [next()];
    while (this.#word(word)) children.push(next());
    return children.length === 1 ? (children[0] as DqlNode) : { kind: word, children };
  }

  #not(depth: number): DqlNode {
    if (depth > MAX_DEPTH) this.#fail('It is nested too deeply.');
    if (this.#word('not')) return { kind: 'not', child: this.#not(depth + 1) };
    if (this.#symbol('(')) {
      const inner = this.or(depth + 1);
      if (!this.#symbol(')')) this.#fail('A bracket is not closed.');
      return inner;
    }
    return this.#expression(depth);
  }

  #expression(depth: number): DqlNode {
    const first = this.#literal();
    for (const [symbol, operator] of Object.entries(OPERATORS)) {
      if (this.#symbol(symbol)) return { kind: 'range', field: String(first.value), operator, value: this.#literal() };
    }
    if (!this.#symbol(':')) return { kind: 'is', field: null, value: first };
    const field = String(first.value);
    if (this.#symbol('{')) {
      const child = this.or(depth + 1);
      if (!this.#symbol('}')) this.#fail('A brace is not closed.');
      return { kind: 'nested', field, child };
    }
    if (!this.#symbol('(')) return { kind: 'is', field, value: this.#literal() };
    const values = this.#values(field, depth + 1);
    if (!this.#symbol(')')) this.#fail('A bracket is not closed.');
    return values;
  }

  /** What stands in the brackets of `field:(a or not b)`. */
  #values(field: string, depth: number): DqlNode {
    const one = (level = depth): DqlNode => {
      if (level > MAX_DEPTH) this.#fail('It is nested too deeply.');
      if (this.#word('not')) return { kind: 'not', child: one(level + 1) };
      if (!this.#symbol('(')) return { kind: 'is', field, value: this.#literal() };
      const inner = this.#values(field, level + 1);
      if (!this.#symbol(')')) this.#fail('A bracket is not closed.');
      return inner;
    };
    return this.#joined('or', () => this.#joined('and', () => one()));
  }

  #literal(): DqlValue {
    this.#space();
    const quoted = /"((?:\\.|[^"\\])*)"/y;
    quoted.lastIndex = this.#at;
    const inQuotes = quoted.exec(this.#text);
    if (inQuotes) {
      this.#at = quoted.lastIndex;
      return { value: unescaped(inQuotes[1] as string), quoted: true, wildcard: false };
    }
    const raw = this.#words();
    if (raw === '') this.#fail();
    const wildcard = /(?:^|[^\\])(?:\\\\)*\*/.test(raw);
    if (wildcard) return { value: raw, quoted: false, wildcard };
    const value = unescaped(raw);
    if (value === 'null') return { value: null, quoted: false, wildcard };
    if (value === 'true' || value === 'false') return { value: value === 'true', quoted: false, wildcard };
    return { value: NUMBER.test(value) && Number.isSafeInteger(Math.trunc(Number(value))) ? Number(value) : value, quoted: false, wildcard };
  }

  /** Words up to a symbol or a keyword: `message: not found` is one value, `a and b` are two. */
  #words(): string {
    let raw = '';
    for (;;) {
      const word = /\s*((?:\\.|[^\\\s():<>"{}])+)/y;
      word.lastIndex = this.#at;
      const match = word.exec(this.#text);
      if (!match || (/^(and|or|not)$/i.test(match[1] as string) && (raw !== '' || /^(and|or)$/i.test(match[1] as string)))) return raw;
      raw += raw === '' ? match[1] : match[0];
      this.#at = word.lastIndex;
    }
  }

  #word(word: string): boolean {
    const match = new RegExp(`\\s*${word}(?=[\\s("])`, 'iy');
    match.lastIndex = this.#at;
    if (!match.test(this.#text)) return false;
    this.#at = match.lastIndex;
    return true;
  }

  #symbol(symbol: string): boolean {
    this.#space();
    if (!this.#text.startsWith(symbol, this.#at)) return false;
    this.#at += symbol.length;
    return true;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #fail(reason = ''): never {
    throw new PodscopeError('RENDERER_QUERY_INVALID', `The query cannot be read at character ${this.#at + 1}. ${reason}`.trim(), {
      hint: 'Write such as status >= 400 and not url.path: "/x", with quotes around values that have symbols.',
    });
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_whole, char: string) => (char === 't' ? '\t' : char === 'n' ? '\n' : char === 'r' ? '\r' : char));
}
