import type { HuntRandom } from '@podscope/mystery-hunts';
import type { PublicState } from '../publicState.ts';

/** What an attempt of not-found-storm draws. */
export interface NotFoundTruth {
  readonly paths: readonly string[];
  readonly clientId: string;
  readonly userAgent: string;
  readonly address: string;
  /** Requests in a second. */
  readonly rate: number;
}

const SECTIONS = ['spring', 'summer', 'autumn', 'winter', 'garden', 'travel', 'recipes', 'events', 'press', 'family', 'music', 'market'] as const;
const PAGES = ['offer', 'album', 'letter', 'program', 'map', 'prices', 'gallery', 'notes', 'winners', 'menu', 'schedule', 'poster'] as const;
const ENDINGS = ['.html', '.php', '.pdf', '/', '.htm'] as const;
const AGENTS = [
  'Mozilla/5.0 (compatible; LinkCheck/3.2)',
  'python-requests/2.32.3',
  'Go-http-client/1.1',
  'okhttp/4.12.0',
  'Wget/1.24.5',
  'Apache-HttpClient/5.3.1 (Java/17.0.10)',
] as const;
/** The ranges that RFC 5737 keeps for documentation: the ordinary visitors come from them too. */
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'] as const;

/** Three to five paths that nobody serves, and a client that looks like any other. */
export function drawNotFound(random: HuntRandom, baseline: PublicState): NotFoundTruth {
  const wanted = random.integer(3, 5);
  const paths = new Set<string>();
  while (paths.size < wanted) {
    const path = `/${random.pick(SECTIONS)}/${random.pick(PAGES)}-${random.integer(2, 999)}${random.pick(ENDINGS)}`;
    if (!baseline.pages.includes(path)) paths.add(path);
  }
  return {
    paths: [...paths].sort(),
    clientId: `client-${random.hex(6)}`,
    userAgent: random.pick(AGENTS),
    address: `${random.pick(NETWORKS)}.${random.integer(2, 253)}`,
    rate: random.integer(8, 16),
  };
}
