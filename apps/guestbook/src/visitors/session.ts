import { type SeededRandom, seededRandom } from '../seededRandom.ts';
import { writeMessage, writeName } from '../writing.ts';
import { drawPerson, type Person } from './people.ts';

/** One request of a visit. */
export interface Step {
  /** Pause before it. Milliseconds. */
  readonly afterMs: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Path of the page that led here. */
  readonly referer?: string;
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
}

/** Everything that one visitor does in one visit. */
export interface Session {
  readonly person: Person;
  readonly steps: readonly Step[];
}

/** Addresses that real visitors ask for and that nobody serves. */
const MISSING = ['/favicon.png', '/robots.txt', '/guestbook.php', '/apple-touch-icon.png', '/index.html'] as const;

/** Median think time on a page. Milliseconds. */
const THINK_MEDIAN = 3_500;
const THINK_SIGMA = 0.8;
/** Nobody thinks longer. Milliseconds. */
const THINK_MOST = 30_000;

/** Plans the visit of that number: the same seed and number give the same visit, whatever the rate. */
export function planSession(seed: string, number: number, archivePages: number): Session {
  const random = seededRandom(`${seed}:session:${number}`);
  const person = drawPerson(random);
  const steps: Step[] = [];
  const think = (): number => Math.min(THINK_MOST, Math.round(random.logNormal(THINK_MEDIAN, THINK_SIGMA)));
  const soon = (): number => random.integer(20, 160);

  if (person.crawler) steps.push({ afterMs: 0, method: 'GET', path: '/robots.txt' });
  steps.push({ afterMs: person.crawler ? think() : 0, method: 'GET', path: '/' });
  if (!person.crawler) {
    steps.push({ afterMs: soon(), method: 'GET', path: '/style.css', referer: '/' });
    if (random.next() < 0.3) steps.push({ afterMs: soon(), method: 'GET', path: '/favicon.ico', referer: '/' });
  }
  const acts = random.integer(0, 6);
  for (let act = 0; act < acts; act++) addAct(steps, random, think, person.crawler, archivePages);
  return { person, steps };
}

function addAct(steps: Step[], random: SeededRandom, think: () => number, crawler: boolean, archivePages: number): void {
  const draw = random.next();
  if (draw < 0.42) {
    steps.push({ afterMs: think(), method: 'GET', path: '/entries', referer: '/' });
  } else if (draw < 0.54 && !crawler) {
    // The form answers with a redirect, which a browser follows at once.
    const form = { name: writeName(random), message: writeMessage(random, random.integer(0, 2)) };
    steps.push({ afterMs: think(), method: 'POST', path: '/entries', referer: '/', form });
    steps.push({ afterMs: random.integer(5, 30), method: 'GET', path: '/', referer: '/' });
  } else if (draw < 0.9 && archivePages > 0) {
    // Most read the newest pages and go back one by one.
    const first = Math.max(1, Math.min(archivePages, Math.round(archivePages * random.next() ** 4)));
    const pages = random.integer(1, 3);
    for (let page = first; page < first + pages && page <= archivePages; page++) {
      const referer = page === first ? '/' : `/archive/${page - 1}`;
      steps.push({ afterMs: think(), method: 'GET', path: `/archive/${page}`, referer });
    }
  } else if (draw < 0.985) {
    steps.push({ afterMs: think(), method: 'GET', path: '/about', referer: '/' });
  } else {
    steps.push({ afterMs: think(), method: 'GET', path: random.pick(MISSING) });
  }
}

/** What visits are like on average. */
export interface SessionAverages {
  readonly requests: number;
  /** From the first request to the last. Milliseconds. */
  readonly duration: number;
}

/** Averages over the first visits of a seed: what a rate needs to become a number of visits. */
export function averageSession(seed: string, archivePages: number, sample = 1_000): SessionAverages {
  let requests = 0;
  let duration = 0;
  for (let number = 0; number < sample; number++) {
    const { steps } = planSession(seed, number, archivePages);
    requests += steps.length;
    for (const step of steps) duration += step.afterMs;
  }
  return { requests: requests / sample, duration: duration / sample };
}
