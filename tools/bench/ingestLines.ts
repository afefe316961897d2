import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { accessLine } from '../../apps/guestbook/src/web/apacheLog.ts';
import { criClock, criLines } from '../../apps/guestbook/src/web/criLog.ts';

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
];
const PATHS = ['/', '/guestbook.css', '/api/entries?page=1', '/api/entries?page=2', '/about', '/missing/page', '/favicon.ico'];

/** Writes `count` access-log lines as a web pod's log has them: the guestbook's own writers make them. */
export async function writeAccessLog(path: string, count: number): Promise<void> {
  const out = createWriteStream(path, { encoding: 'latin1' });
  const stamp = criClock();
  const began = Date.now() - count;
  for (let index = 0; index < count; index++) {
    const target = PATHS[(index * 7) % PATHS.length] as string;
    const missing = target === '/missing/page';
    const line = accessLine({
      address: `10.${index % 3}.${index % 11}.${(index * 13) % 250}`,
      at: began + index,
      request: `${index % 9 === 0 ? 'POST' : 'GET'} ${target} HTTP/1.1`,
      status: missing ? 404 : 200,
      bytes: missing ? 196 : 512 + ((index * 31) % 9000),
      referer: index % 2 === 0 ? undefined : 'http://guestbook.example/',
      userAgent: AGENTS[index % AGENTS.length],
      duration: 300 + ((index * 17) % 5000),
    });
    if (!out.write(criLines(stamp(), 'stdout', line))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
