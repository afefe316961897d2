/** More than any object that etcd takes (1.5 MB), with room for its wrapping; what is longer is no watch. */
const LONGEST = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The complete lines of a stream of bytes, without their newlines. Bytes are put together before they are read as UTF-8, so that a
 * chunk may end in the middle of a character. What comes after the last newline is dropped: the connection ended inside of it.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const end = chunk.subarray(from, at);
      // Nearly every line is whole in its chunk: read there, without a copy that the garbage collector would see late.
      const line = pending.length === 0 ? textOf(end) : Buffer.concat([...pending, end]).toString('utf8');
      pending = [];
      length = 0;
      from = at + 1;
      yield line;
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > LONGEST) throw new RangeError(`A line is longer than ${LONGEST} bytes.`);
    }
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
