import { PodscopeError } from '@podscope/core';

/** Deeper than any pipeline that people write; a text that goes deeper is refused before the stack ends. */
const DEEPEST = 500;

/** A place in a text, with what the grammar's smallest rules take from it. */
export class Scanner {
  at = 0;
  readonly text: string;
  readonly #file: string | undefined;
  #farthest = 0;
  #expected = '';
  #depth = 0;
  #counted = { at: 0, line: 1 };

  constructor(text: string, file: string | undefined) {
    this.text = text;
    this.#file = file;
  }

  /** What matches here (the expression must be sticky), or undefined. */
  take(rule: RegExp, expected: string): string | undefined {
    rule.lastIndex = this.at;
    const found = rule.exec(this.text)?.[0];
    if (found === undefined) return this.miss(expected);
    this.at += found.length;
    return found;
  }

  /** Takes this very text. */
  word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) {
      this.miss(word);
      return false;
    }
    this.at += word.length;
    return true;
  }

  /** Remembers the farthest place at which something was looked for in vain: that is where the text is wrong. */
  miss(expected: string): undefined {
    if (this.at >= this.#farthest) [this.#farthest, this.#expected] = [this.at, expected];
    return undefined;
  }

  /** Comments and white space. */
  trivia(): string {
    TRIVIA.lastIndex = this.at;
    const found = TRIVIA.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  /** Runs `parse`, and goes back where it finds nothing. */
  attempt<Result>(parse: () => Result | undefined): Result | undefined {
    const from = this.at;
    this.#depth++;
    if (this.#depth > DEEPEST) throw this.error(`goes deeper than ${DEEPEST} levels.`);
    const result = parse();
    this.#depth--;
    if (result === undefined) this.at = from;
    return result;
  }

  /** The 1-based line of a place. Places mostly grow, so the count goes on from the last. */
  line(at: number): number {
    if (at < this.#counted.at) this.#counted = { at: 0, line: 1 };
    for (let next = this.text.indexOf('\n', this.#counted.at); next >= 0 && next < at; next = this.text.indexOf('\n', next + 1)) {
      this.#counted = { at: next + 1, line: this.#counted.line + 1 };
    }
    return this.#counted.line;
  }

  /** The error for a text that the grammar doesn't take. */
  refusal(): PodscopeError<'SHIPPER_BAD_SYNTAX'> {
    const found = this.text.slice(this.#farthest, this.#farthest + 20).split('\n')[0] ?? '';
    return this.error(`${found === '' ? 'the text ends' : JSON.stringify(found)} where ${this.#expected} is expected.`, this.#farthest);
  }

  error(what: string, at = this.at): PodscopeError<'SHIPPER_BAD_SYNTAX'> {
    const column = at - this.text.lastIndexOf('\n', at - 1);
    return new PodscopeError('SHIPPER_BAD_SYNTAX', `${this.#file ?? 'pipeline'}:${this.line(at)}:${column}: ${what}`, {
      hint: 'A pipeline is input { … }, filter { … } and output { … } with plugins in them, whose options are name => value.',
    });
  }
}

/** Rule `cs`: comments end with the line or the text. */
const TRIVIA = /(?:[ \t\r\n]+|#[^\r\n]*(?:\r?\n|$(?![\s\S])))*/y;
