import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';
import { exportForm } from './exportForm.ts';
import { recognise, type StoredForm } from './forms.ts';
import { documentsOf, isLines, type Piece } from './pieces.ts';
import { isJsonObject, type JsonObject, type StoredObject } from './storedObject.ts';

/** Where something stands. */
export interface Place {
  /** As the caller named it. */
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number;
  /** From 1, where it is known. */
  readonly column?: number;
}

/** A saved object, where it was and in which form. */
export interface ReadObject {
  readonly object: StoredObject;
  readonly form: StoredForm;
  readonly place: Place;
}

/** Something in a file that is no saved object, or not quite. */
export interface ReadProblem {
  readonly place: Place;
  /** One line. */
  readonly what: string;
}

/** What was in a file, in its order. */
export type ReadEntry = ReadObject | ReadProblem;

/** Characters of one line; an import takes no more bytes in all (`savedObjects.maxImportPayloadBytes`). */
const LONGEST_LINE = 26_214_400;
/** Characters of a file that is no list of lines, and so has to be held as a whole. */
const LONGEST_DOCUMENT = 128 * 1024 * 1024;
/** The parser's names of what it met, in words. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that is none of true, false and null',
  InvalidNumberFormat: 'a number that is none',
  PropertyNameExpected: 'a member name was expected',
  ValueExpected: 'a value was expected',
  ColonExpected: 'a colon was expected',
  CommaExpected: 'a comma was expected',
  CloseBraceExpected: 'it ends within an object',
  CloseBracketExpected: 'it ends within a list',
  EndOfFileExpected: 'more follows after the end',
  InvalidCommentToken: 'a comment',
  UnexpectedEndOfString: 'it ends within a text',
  InvalidUnicode: 'an escape \\u without its four digits',
  InvalidEscapeCharacter: 'an escape that is none',
  InvalidCharacter: 'a control character within a text',
};
const BYTE_ORDER_MARK = '\uFEFF';

/** Reads a text that comes in parts. Holds no more of an export than a line. */
export class SavedObjectReader {
  readonly #file: string | undefined;
  readonly #fallbackId: string | undefined;
  #mode: 'unknown' | 'lines' | 'document' | 'ended' = 'unknown';
  #parts: string[] = [];
  #held = 0;
  #line = 1;
  #begun = false;
  /** Of a bulk request: the line before a document says its id and type. */
  #action: JsonObject | undefined;
  /** A line that is too long is left out up to its end. */
  #skipping = false;

  constructor(file: string | undefined) {
    this.#file = file;
    this.#fallbackId = file === undefined ? undefined : /([^/\\]+?)(?:\.(?:nd)?json)?$/u.exec(file)?.[1];
  }

  /** The entries that are complete with this part. */
  push(part: string): readonly ReadEntry[] {
    if (this.#mode === 'ended' || part === '') return [];
    const text = this.#begun || !part.startsWith(BYTE_ORDER_MARK) ? part : part.slice(1);
    this.#begun = true;
    this.#parts.push(text);
    this.#held += text.length;
    if (this.#mode === 'unknown' && (text.includes('\n') || this.#held > LONGEST_LINE)) this.#choose();
    if (this.#mode === 'lines') return this.#takeLines(text.includes('\n'));
    return this.#held > LONGEST_DOCUMENT ? this.#stop(`the file has more than ${LONGEST_DOCUMENT} characters and is no export with an object a line`) : [];
  }

  /** The entries at the end of the text. */
  end(): readonly ReadEntry[] {
    if (this.#mode === 'ended') return [];
    if (this.#mode === 'unknown') this.#mode = isLines(this.#take().split('\n').slice(0, 1000)) ? 'lines' : 'document';
    const entries = this.#mode === 'lines' ? [...this.#takeLines(true), ...this.#lastLine()] : documentsOf(this.#take()).flatMap((piece) => this.#read(piece));
    this.#mode = 'ended';
    return entries;
  }

  /** Ends the reading for a reason that is outside the text, such as bytes that are no text. */
  fail(what: string): readonly ReadEntry[] {
    return this.#stop(what);
  }

  #take(): string {
    const text = this.#parts.join('');
    this.#parts = [text];
    return text;
  }

  #choose(): void {
    const text = this.#take();
    const whole = text.split('\n').slice(0, -1);
    if (whole.filter((line) => line.trim() !== '').length >= 2) this.#mode = isLines(whole) ? 'lines' : 'document';
    else if (this.#held > LONGEST_LINE) this.#mode = 'document';
  }

  #takeLines(complete: boolean): readonly ReadEntry[] {
    if (!complete) return this.#dropLongLine();
    const lines = this.#take().split('\n');
    const rest = lines.pop() ?? '';
    this.#parts = [rest];
    this.#held = rest.length;
    return lines.flatMap((text) => {
      const line = this.#line;
      this.#line += 1;
      if (!this.#skipping) return this.#read({ text, line });
      this.#skipping = false;
      return [];
    });
  }

  #dropLongLine(): readonly ReadEntry[] {
    if (this.#held <= LONGEST_LINE) return [];
    const said = this.#skipping;
    this.#parts = [];
    this.#held = 0;
    this.#skipping = true;
    return said ? [] : [this.#problem(this.#line, `the line has more than ${LONGEST_LINE} characters; no import takes it`)];
  }

  #lastLine(): readonly ReadEntry[] {
    return this.#skipping ? [] : this.#read({ text: this.#take(), line: this.#line });
  }

  #stop(what: string): readonly ReadEntry[] {
    const line = this.#line;
    this.#mode = 'ended';
    this.#parts = [];
    return [this.#problem(line, what)];
  }

  #problem(line: number, what: string, column?: number): ReadProblem {
    return { place: { file: this.#file, line, ...(column === undefined ? {} : { column }) }, what };
  }

  #read({ text, line }: Piece): readonly ReadEntry[] {
    if (text.trim() === '') return [];
    if (text.length > LONGEST_LINE && this.#mode === 'lines') return [this.#problem(line, `the line has more than ${LONGEST_LINE} characters; no import takes it`)];
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return [this.#syntax(text, line)];
    }
    const action = bulkAction(value);
    if (action !== undefined) {
      this.#action = action;
      return [];
    }
    if (this.#action !== undefined) {
      value = { ...this.#action, _source: value };
      this.#action = undefined;
    }
    const { objects, wrong } = recognise(value, this.#mode === 'lines' ? undefined : this.#fallbackId);
    const problem = (what: string): ReadProblem => this.#problem(line, what);
    return [
      ...objects.flatMap((raw): readonly ReadEntry[] => {
        const { object, wrong: broken } = exportForm(raw);
        return [...(object === undefined ? [] : [{ object, form: raw.form, place: { file: this.#file, line } }]), ...broken.map(problem)];
      }),
      ...wrong.map(problem),
    ];
  }

  #syntax(text: string, line: number): ReadProblem {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const [first] = errors;
    const before = text.slice(0, first?.offset ?? text.length).split('\n');
    const what = first === undefined ? 'it cannot be parsed' : (WORDS[printParseErrorCode(first.error)] ?? 'a value was expected');
    return this.#problem(line + before.length - 1, `no JSON: ${what}`, (before.at(-1)?.length ?? 0) + 1);
  }
}

/** The line of a bulk request that says what comes next: `{ "index": { "_id": … } }`. */
function bulkAction(value: unknown): JsonObject | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const action = value['index'] ?? value['create'];
  return isJsonObject(action) && typeof action['_id'] === 'string' ? action : undefined;
}
