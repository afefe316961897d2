import type { SeededRandom } from '../seededRandom.ts';

/** Who makes a visit. */
export interface Person {
  readonly address: string;
  readonly userAgent: string;
  /** A crawler asks for robots.txt first and leaves style sheets alone. */
  readonly crawler: boolean;
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0',
] as const;
const CRAWLER = 'Mozilla/5.0 (compatible; ExampleBot/1.4)';
/** The ranges that RFC 5737 keeps for documentation. */
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'] as const;

/** Draws a visitor. Addresses come from the documentation ranges of RFC 5737 and RFC 3849. */
export function drawPerson(random: SeededRandom): Person {
  const address =
    random.next() < 0.1
      ? `2001:db8:${random.integer(1, 0xffff).toString(16)}::${random.integer(1, 0xffff).toString(16)}`
      : `${random.pick(NETWORKS)}.${random.integer(1, 254)}`;
  const crawler = random.next() < 0.02;
  return { address, crawler, userAgent: crawler ? CRAWLER : random.pick(BROWSERS) };
}
