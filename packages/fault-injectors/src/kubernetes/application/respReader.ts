/** An error that Redis answered with, such as `ERR max number of clients reached`. */
export class RedisAnswerError extends Error {
  override readonly name = 'RedisAnswerError';
}

/** A Redis answer: text, number, nothing, an error, or a list of these. */
export type RedisAnswer = string | number | null | RedisAnswerError | readonly RedisAnswer[];

/** A command as Redis reads it: an array of bulk strings (https://redis.io/docs/latest/develop/reference/protocol-spec/). */
export function encodeCommand(args: readonly string[]): string {
  return `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`;
}

const CARRIAGE_RETURN = 13;
/** Longest answer that is put together: a longer one is no answer to what faults ask. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Takes bytes as they come and gives whole answers of RESP 2. */
export class RespReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  /** The answers that `chunk` completes. @throws RedisAnswerError for what is no answer */
  push(chunk: Buffer): readonly RedisAnswer[] {
    this.#bytes = this.#at === this.#bytes.length ? chunk : Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
    if (this.#bytes.length > MOST_BYTES) throw new RedisAnswerError('an answer longer than 64 MB');
    const answers: RedisAnswer[] = [];
    for (;;) {
      const start = this.#at;
      const answer = this.#read();
      if (answer === undefined) {
        this.#at = start;
        return answers;
      }
      answers.push(answer);
    }
  }

  #line(): string | undefined {
    const end = this.#bytes.indexOf(CARRIAGE_RETURN, this.#at);
    if (end < 0 || end + 1 >= this.#bytes.length) return undefined;
    const line = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 2;
    return line;
  }

  /** Undefined while the answer isn't complete. */
  #read(): RedisAnswer | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return rest;
      case '-':
        return new RedisAnswerError(rest);
      case ':':
        return Number(rest);
      case '$':
        return this.#text(Number(rest));
      case '*':
        return this.#list(Number(rest));
      default:
        // What speaks another protocol may say anything: only its first character is repeated.
        throw new RedisAnswerError(`no answer of Redis: it begins with ${JSON.stringify(line.slice(0, 1))}`);
    }
  }

  #text(length: number): string | null | undefined {
    if (length < 0) return null;
    if (this.#bytes.length < this.#at + length + 2) return undefined;
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length);
    this.#at += length + 2;
    return text;
  }

  #list(length: number): readonly RedisAnswer[] | null | undefined {
    if (length < 0) return null;
    const list: RedisAnswer[] = [];
    for (let index = 0; index < length; index++) {
      const item = this.#read();
      if (item === undefined) return undefined;
      list.push(item);
    }
    return list;
  }
}
