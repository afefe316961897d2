import { DEEPEST, type Located, type LocatedMember, numberIn, type ReadText, repeatedKey, type TextProblem, TOO_DEEP } from './tree.ts';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['null', null]]);

/** Strict JSON with the place of each value. The parser of the language keeps no places, and takes members that are there twice. */
export function readJson(text: string): ReadText {
  const reader = new JsonReader(text);
  try {
    return { tree: reader.document(), problems: reader.problems };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { problems: [...reader.problems, error.problem] };
  }
}

/** The first thing that is no JSON; nothing after it can be read. */
class NotJson extends Error {
  readonly problem: TextProblem;

  constructor(problem: TextProblem) {
    super(problem.what);
    this.problem = problem;
  }
}

class JsonReader {
  readonly problems: TextProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Located {
    this.#take(SPACE);
    const value = this.#value(1);
    this.#take(SPACE);
    if (this.#at < this.#text.length) this.#fail('has something after the end of the JSON document', 'one JSON document');
    return value;
  }

  #value(depth: number): Located {
    if (depth > DEEPEST) throw new NotJson({ at: this.#at, ...TOO_DEEP });
    const at = this.#at;
    const first = this.#text[at];
    if (first === '{') return this.#object(at, depth);
    if (first === '[') return this.#list(at, depth);
    if (first === '"') return { kind: 'scalar', at, value: this.#string() };
    const number = this.#take(NUMBER);
    if (number !== '') return { kind: 'scalar', at, value: this.#number(number, at) };
    const word = this.#take(WORD);
    const value = WORDS.get(word);
    if (value !== undefined) return { kind: 'scalar', at, value };
    this.#at = at;
    return this.#fail(`${this.#found(word)} is no value of JSON`, 'an object, a list, a text in double quotes, a number, true, false or null');
  }

  #object(at: number, depth: number): Located {
    const members = new Map<string, LocatedMember>();
    for (const keyAt of this.#parts('}', 'a member')) {
      if (this.#text[keyAt] !== '"') this.#fail(`${this.#found(this.#peek(WORD))} is no name of a member`, 'a name in double quotes');
      const key = this.#string();
      this.#take(SPACE);
      if (this.#text[this.#at] !== ':') this.#fail(`${this.#found()} follows the name ${JSON.stringify(key)}`, '":"');
      this.#at += 1;
      this.#take(SPACE);
      const value = this.#value(depth + 1);
      const before = members.get(key);
      if (before === undefined) members.set(key, { at: keyAt, value });
      else this.problems.push({ at: keyAt, also: before.at, ...repeatedKey(key) });
    }
    return { kind: 'object', at, members };
  }

  #list(at: number, depth: number): Located {
    const items: Located[] = [];
    for (const _ of this.#parts(']', 'an item')) items.push(this.#value(depth + 1));
    return { kind: 'list', at, items };
  }

  /** The beginnings of what stands between two brackets; whoever asks reads each before the next. */
  *#parts(close: string, part: string): Generator<number> {
    this.#at += 1;
    this.#take(SPACE);
    if (this.#text[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      yield this.#at;
      this.#take(SPACE);
      const mark = this.#text[this.#at];
      if (mark !== ',' && mark !== close) this.#fail(`${this.#found()} follows ${part}`, `"," or "${close}"`);
      this.#at += 1;
      if (mark === close) return;
      this.#take(SPACE);
      if (this.#text[this.#at] === close) this.#fail(`${this.#found()} follows ","`, part);
    }
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      this.#take(PLAIN);
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next === undefined || next === '\n' || next === '\r') {
        this.#at = start;
        this.#fail('the text that begins here has no end on its line', 'a double quote at its end, and \\n for a new line');
      }
      if (next !== '\\') this.#fail('a control character stands in a text', 'its escape, such as \\t');
      if (this.#take(ESCAPE) === '') this.#fail(`${JSON.stringify(this.#text.slice(this.#at, this.#at + 2))} is no escape`, '\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four digits');
    }
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #number(number: string, at: number): number {
    const { value, problem } = numberIn(number);
    if (problem !== undefined) this.problems.push({ at, ...problem });
    return value;
  }

  #take(form: RegExp): string {
    const found = this.#peek(form);
    this.#at += found.length;
    return found;
  }

  #peek(form: RegExp): string {
    form.lastIndex = this.#at;
    return form.exec(this.#text)?.[0] ?? '';
  }

  #found(word = ''): string {
    const next = this.#text[this.#at];
    return next === undefined ? 'the end of the file' : JSON.stringify(word === '' ? next : word);
  }

  #fail(what: string, allowed: string): never {
    throw new NotJson({ at: Math.min(this.#at, this.#text.length), what, allowed });
  }
}
