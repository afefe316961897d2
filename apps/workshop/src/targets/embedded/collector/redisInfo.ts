import { connect } from 'node:net';

/** `INFO` as Redis says it: field → text. */
export type RedisInfo = Readonly<Record<string, string>>;

/**
 * Asks one Redis on loopback for `INFO`. One command needs no client library.
 *
 * @throws Error when there is no complete answer within `timeoutMs`.
 */
export function fetchRedisInfo(port: number, timeoutMs = 2000): Promise<RedisInfo> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const parts: Buffer[] = [];
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`Redis on port ${port} did not answer INFO.`)));
    socket.on('connect', () => socket.write('INFO\r\n'));
    socket.on('data', (part) => {
      parts.push(part);
      const text = completeReply(Buffer.concat(parts));
      if (text === undefined) return;
      socket.destroy();
      if (text.startsWith('-')) reject(new Error(`Redis on port ${port} refused INFO: ${text.slice(1, 100)}`));
      else resolve(parseRedisInfo(text));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`Redis on port ${port} closed the connection.`)));
  });
}

/** The text of a bulk reply once it is complete, or an error reply with its `-`. */
function completeReply(bytes: Buffer): string | undefined {
  const end = bytes.indexOf('\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  if (!head.startsWith('$')) return head.startsWith('-') ? head : `-${head}`;
  const length = Number(head.slice(1));
  return bytes.length < end + 2 + length ? undefined : bytes.toString('utf8', end + 2, end + 2 + length);
}

/** Parses the text of `INFO`: `field:value` lines between `# Section` lines. */
export function parseRedisInfo(text: string): RedisInfo {
  const info: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) info[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return info;
}
