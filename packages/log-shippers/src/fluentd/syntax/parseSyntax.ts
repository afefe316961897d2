import { badValue } from '../../quantities/quantities.ts';
import type { Literal, ParameterNode, SyntaxNode } from './syntax.ts';

const SPACING = /(?:[ \t\r\n]|#[^\n\r]*)*/y;
const BLANK = /[ \t\r\n]*/y;
const ELEMENT_NAME = /[a-zA-Z0-9_]+/y;
/** `LINE_END` of lib/fluent/config/basic_parser.rb: spaces, a comment, the end; several lines of them. */
const LINE_END = /(?:[ \t]*(?:#[^\n]*)?(?:$(?![\s\S])|[\r\n]))+/y;
const KEY_END = /[ \t\r\n]|#[^\n]*(?:\n|$(?![\s\S]))/y;
const ARGUMENT_END = /(?:[ \t\r\n]|#[^\n]*(?:\n|$(?![\s\S])))*>/y;
const DEEPEST = 200;

/**
 * Reads Fluentd's configuration format v1, with the place of everything, after lib/fluent/config/v1_parser.rb and literal_parser.rb
 * of Fluentd 1.18. Embedded Ruby is not run: its end is found by its braces and quotes.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE with the line, where Fluentd refuses the text too.
 */
export function parseSyntax(text: string, file = 'fluent.conf'): readonly SyntaxNode[] {
  return new SyntaxParser(text, file).parse();
}

class SyntaxParser {
  #at = 0;
  readonly #text: string;
  readonly #file: string;
  /** Where lines begin, for line numbers. */
  readonly #lines: readonly number[];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    const lines = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
    this.#lines = lines;
  }

  parse(): readonly SyntaxNode[] {
    return this.#items(undefined, 0).items;
  }

  #items(element: string | undefined, depth: number): { readonly items: readonly SyntaxNode[]; readonly closeStart: number } {
    if (depth > DEEPEST) throw this.#error('sections are nested too deeply');
    const items: SyntaxNode[] = [];
    for (;;) {
      this.#skip(SPACING);
      const start = this.#at;
      if (start >= this.#text.length) {
        if (element !== undefined) throw this.#error(`</${element}> is missing`);
        return { items, closeStart: start };
      }
      if (this.#text.startsWith('</', start)) {
        this.#at += 2;
        const name = this.#take(ELEMENT_NAME);
        this.#skip(SPACING);
        if (!this.#eat('>') || name !== element) throw this.#error(element === undefined ? `</${name}> ends nothing` : `</${name}> stands where </${element}> is expected`);
        this.#lineEnd(`</${name}>`);
        return { items, closeStart: start };
      }
      items.push(this.#text[start] === '<' ? this.#element(depth) : this.#parameter());
    }
  }

  #element(depth: number): SyntaxNode {
    const start = this.#at;
    const line = this.#lineOf(start);
    this.#at += 1;
    const name = this.#take(ELEMENT_NAME);
    if (name === '') throw this.#error('a section has no name');
    this.#skip(SPACING);
    const argumentStart = this.#at;
    const quote = this.#text[this.#at];
    const argument = this.#text[this.#at] === '>' ? '' : this.#string(ARGUMENT_END).value;
    const argumentEnd = quote === '"' || quote === "'" ? this.#at : argumentStart + argument.length;
    this.#skip(SPACING);
    if (!this.#eat('>')) throw this.#error(`the > of <${name} is missing`);
    this.#lineEnd(`<${name}>`);
    const { items, closeStart } = this.#items(name, depth + 1);
    return { kind: 'element', name, argument, argumentStart, argumentEnd, items, closeStart, start, end: this.#at, line };
  }

  #parameter(): ParameterNode {
    const start = this.#at;
    const line = this.#lineOf(start);
    const name = this.#string(KEY_END).value;
    if (this.#at === start) throw this.#error('a name is expected');
    const afterName = this.#at;
    this.#skip(BLANK);
    const blank = this.#text.slice(afterName, this.#at);
    if (blank === '' && this.#at < this.#text.length) throw this.#error(`a space is missing after ${name}`);
    // A name alone on its line has an empty value.
    if (blank.includes('\n') || this.#at >= this.#text.length) {
      const lineBreak = blank.indexOf('\n');
      this.#at = lineBreak < 0 ? this.#text.length : afterName + lineBreak + 1;
      return { kind: 'parameter', name, value: { kind: 'text', value: '' }, valueStart: afterName, valueEnd: afterName, start, end: this.#at, line };
    }
    const valueStart = this.#at;
    const value = this.#literal(name === '@include' || name === 'include');
    const valueEnd = this.#at;
    this.#lineEnd(name);
    return { kind: 'parameter', name, value, valueStart, valueEnd, start, end: this.#at, line };
  }

  #literal(plain: boolean): Literal {
    const first = this.#text[this.#at];
    if (!plain && (first === '[' || first === '{')) return this.#json();
    return this.#string(LINE_END);
  }

  #string(end: RegExp): Literal {
    const first = this.#text[this.#at];
    if (first === '"') return this.#doubleQuoted();
    if (first === "'") return this.#singleQuoted();
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === '\n') break;
      // A # ends an unquoted text only after a space.
      if (char !== '#' && this.#looksAt(end)) break;
      this.#at += 1;
    }
    return { kind: 'text', value: this.#text.slice(start, this.#at) };
  }

  #doubleQuoted(): Literal {
    const start = ++this.#at;
    let ruby = false;
    let value = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#error('a text in double quotes does not end', start);
      if (char === '"') break;
      if (char === '\\') {
        const escaped = this.#text[this.#at + 1] ?? '';
        // A line break after a backslash is left out, both.
        if (escaped !== '\n' && escaped !== '\r') {
          const meant = ESCAPES[escaped] ?? (/[a-zA-Z0-9]/.test(escaped) ? undefined : escaped);
          if (meant === undefined) throw this.#error(`\\${escaped} is no escape`);
          value += meant;
        }
        this.#at += 2;
      } else if (char === '#' && this.#text[this.#at + 1] === '{') {
        ruby = true;
        this.#skipRuby();
      } else {
        value += char;
        this.#at += 1;
      }
    }
    const inside = this.#text.slice(start, this.#at);
    this.#at += 1;
    return ruby ? { kind: 'ruby', value: inside } : { kind: 'text', value };
  }

  /** Goes to behind the `}` of `#{…}`; braces in Ruby's own texts don't count. */
  #skipRuby(): void {
    const start = this.#at;
    this.#at += 2;
    let depth = 1;
    while (depth > 0) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#error('embedded Ruby does not end', start);
      this.#at += 1;
      if (char === '{') depth += 1;
      else if (char === '}') depth -= 1;
      else if (char === '"' || char === "'") {
        for (;;) {
          const inside = this.#text[this.#at];
          if (inside === undefined) throw this.#error('embedded Ruby does not end', start);
          if (char === '"' && inside === '#' && this.#text[this.#at + 1] === '{') this.#skipRuby();
          else {
            this.#at += inside === '\\' ? 2 : 1;
            if (inside === char) break;
          }
        }
      }
    }
  }

  #singleQuoted(): Literal {
    const start = ++this.#at;
    let value = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char === '\n') throw this.#error('a text in single quotes does not end', start);
      if (char === "'") break;
      const escaped = char === '\\' && ["'", '\\'].includes(this.#text[this.#at + 1] ?? '');
      value += escaped ? this.#text[this.#at + 1] : char;
      this.#at += escaped ? 2 : 1;
    }
    this.#at += 1;
    return { kind: 'text', value };
  }

  /** A JSON array or object over one line or several, with comments outside of its texts. */
  #json(): Literal {
    const start = this.#at;
    let json = '';
    let depth = 0;
    let ruby = false;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#error('a JSON value does not end', start);
      if (char === '"') {
        const from = this.#at;
        this.#at += 1;
        while (this.#text[this.#at] !== '"') {
          const inside = this.#text[this.#at];
          if (inside === undefined) throw this.#error('a text in a JSON value does not end', from);
          if (inside === '#' && this.#text[this.#at + 1] === '{') {
            ruby = true;
            this.#skipRuby();
          } else this.#at += inside === '\\' ? 2 : 1;
        }
        this.#at += 1;
        json += this.#text.slice(from, this.#at);
      } else if (char === '#') {
        // Fluentd takes it for a comment where what stands before it would be whole with the last bracket (scan_json).
        const line = json.lastIndexOf('\n') + 1;
        if (!isJson(withoutOwnEscapes(`${json.slice(0, line)}${json.slice(line).trimEnd().replace(/,$/, '')}${json.startsWith('[') ? ']' : '}'}`))) throw this.#error('a comment stands where Fluentd takes it for a part of the JSON');
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
      } else {
        if (char === '[' || char === '{') depth += 1;
        if (char === ']' || char === '}') depth -= 1;
        json += char;
        this.#at += 1;
        if (depth === 0) break;
      }
    }
    const plain = withoutOwnEscapes(json);
    if (!ruby && !isJson(plain)) throw this.#error('this is no JSON', start);
    return { kind: 'json', value: ruby ? this.#text.slice(start, this.#at) : plain };
  }

  #lineEnd(what: string): void {
    if (!this.#looksAt(LINE_END)) throw this.#error(`the line goes on after ${what}`);
    // Only this line's end: comments on the lines below belong to what follows.
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
    if (this.#at < this.#text.length) this.#at += 1;
  }

  #looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }

  #eat(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #lineOf(at: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  #error(what: string, at = this.#at): Error {
    return badValue(`${this.#file}:${this.#lineOf(Math.min(at, this.#text.length))}`, `${what}.`, 'Fluentd refuses this file too.');
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", r: '\r', n: '\n', t: '\t', f: '\f', b: '\b', 0: '\0' };

/** Ruby's JSON takes a backslash before any character, and leaves it out where JSON has no such escape: `\\.` is a dot. */
function withoutOwnEscapes(json: string): string {
  return json.replaceAll(/\\([^])/g, (escape, char: string) => ('"\\/bfnrtu'.includes(char) ? escape : char));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
