/** An error that Redis answered with, such as `READONLY You can't write against a read only replica.` */
export class RedisReplyError extends Error {
  override readonly name = 'RedisReplyError';
}

/** A Redis answer: text, number, nothing, an error, or a list of these. */
export type RedisReply = string | number | null | RedisReplyError | readonly RedisReply[];

/** A command as Redis reads it: an array of bulk strings. */
export function encodeCommand(args: readonly string[]): string {
  let text = `*${args.length}\r\n`;
  for (const arg of args) text += `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`;
  return text;
}

const CR = 13;

/** Takes bytes as they come and gives whole answers (RESP 2). */
export class ReplyReader {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  /** The answers that `chunk` completes. */
  push(chunk: Buffer): RedisReply[] {
    this.#buffer = this.#at === this.#buffer.length ? chunk : Buffer.concat([this.#buffer.subarray(this.#at), chunk]);
    this.#at = 0;
    const replies: RedisReply[] = [];
    for (;;) {
      const start = this.#at;
      const reply = this.#read();
      if (reply === undefined) {
        this.#at = start;
        return replies;
      }
      replies.push(reply);
    }
  }

  #line(): string | undefined {
    const end = this.#buffer.indexOf(CR, this.#at);
    if (end < 0 || end + 1 >= this.#buffer.length) return undefined;
    const line = this.#buffer.toString('utf8', this.#at, end);
    this.#at = end + 2;
    return line;
  }

  /** Undefined while the answer is not complete. */
  #read(): RedisReply | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return rest;
      case '-':
        return new RedisReplyError(rest);
      case ':':
        return Number(rest);
      case '$': {
        const length = Number(rest);
        if (length < 0) return null;
        if (this.#buffer.length < this.#at + length + 2) return undefined;
        const text = this.#buffer.toString('utf8', this.#at, this.#at + length);
        this.#at += length + 2;
        return text;
      }
      case '*': {
        const length = Number(rest);
        if (length < 0) return null;
        const list: RedisReply[] = [];
        for (let index = 0; index < length; index++) {
          const item = this.#read();
          if (item === undefined) return undefined;
          list.push(item);
        }
        return list;
      }
      default:
        throw new RedisReplyError(`not an answer of Redis: ${line.slice(0, 80)}`);
    }
  }
}
