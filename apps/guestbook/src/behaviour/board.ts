import { PodscopeError } from '@podscope/core';
import { checkTerms, parseBehaviour, type Behaviour, type TimedBehaviour } from './behaviour.ts';
import { startLogLines, type WriteLine } from './logLines.ts';

/** How many behaviours a pod has at a time at most. */
const MOST = 20;
/** Kubelet asks for it: a pod that fails it is taken for dead, which is another fault. */
const PROBED = '/healthz';
const UNTOUCHED = { milliseconds: 0, status: undefined };

type Kind = Behaviour['kind'];
type Of<Name extends Kind> = Extract<Behaviour, { kind: Name }>;

interface Entry {
  readonly behaviour: Behaviour;
  readonly endsAt: number;
  /** What is left of the share: the whole ones are hits. */
  due: number;
  stop(): void;
}

/** What one web pod was told to do. Everything on it ends by itself. */
export class BehaviourBoard {
  readonly #entries = new Map<string, Entry>();
  readonly #write: WriteLine;
  readonly #now: () => number;

  /** @param write takes the lines of `log-lines`. */
  constructor(write: WriteLine, now: () => number = Date.now) {
    this.#write = write;
    this.#now = now;
  }

  /**
   * Begins, or replaces what has the same id.
   *
   * @param seconds until it ends by itself.
   * @throws PodscopeError GUESTBOOK_BEHAVIOUR_INVALID
   */
  set(id: string, behaviour: unknown, seconds: unknown): TimedBehaviour {
    checkTerms(id, seconds);
    const parsed = parseBehaviour(behaviour);
    this.#expire();
    this.remove(id);
    if (this.#entries.size >= MOST) throw new PodscopeError('GUESTBOOK_BEHAVIOUR_INVALID', `The web pod has ${MOST} behaviours already.`, { hint: 'Remove one of them, or wait until one has ended.' });
    const endsAt = this.#now() + seconds * 1_000;
    const stop = parsed.kind === 'log-lines' ? startLogLines(parsed.perSecond, this.#write, () => this.#now() < endsAt) : () => undefined;
    this.#entries.set(id, { behaviour: parsed, endsAt, due: 0, stop });
    return { id, behaviour: parsed, endsAt: new Date(endsAt).toISOString() };
  }

  /** False where there was none of that id. */
  remove(id: string): boolean {
    this.#entries.get(id)?.stop();
    return this.#entries.delete(id);
  }

  list(): readonly TimedBehaviour[] {
    this.#expire();
    return [...this.#entries].map(([id, { behaviour, endsAt }]) => ({ id, behaviour, endsAt: new Date(endsAt).toISOString() }));
  }

  /** Ends everything. */
  clear(): void {
    for (const id of [...this.#entries.keys()]) this.remove(id);
  }

  /** How long this request waits, milliseconds, and the status that it gets instead of an answer. */
  onRequest(path: string): { readonly milliseconds: number; readonly status: number | undefined } {
    if (this.#entries.size === 0) return UNTOUCHED;
    const waits = this.#hits('latency', path).map(({ milliseconds }) => milliseconds);
    return { milliseconds: Math.max(0, ...waits), status: this.#hits('errors', path)[0]?.status };
  }

  /** What the pod's clock is off by, milliseconds. */
  get clockOffset(): number {
    return this.#current('clock').reduce((sum, { behaviour }) => sum + behaviour.offsetSeconds * 1_000, 0);
  }

  /** The format of access lines. */
  get logFormat(): 'combined' | 'json' | 'pipes' {
    return this.#current('log-format').at(-1)?.behaviour.format ?? 'combined';
  }

  #hits<Name extends 'errors' | 'latency'>(kind: Name, path: string): readonly Of<Name>[] {
    const hits: Of<Name>[] = [];
    for (const { entry, behaviour } of this.#current<'errors' | 'latency'>(kind)) {
      if (!isMeant(behaviour.paths, path)) continue;
      // Exactly the share, evenly spread: luck would blur what is measured over a few requests.
      entry.due += behaviour.share;
      if (entry.due < 1 - 1e-9) continue;
      entry.due -= 1;
      if (isOf(behaviour, kind)) hits.push(behaviour);
    }
    return hits;
  }

  #current<Name extends Kind>(kind: Name): readonly { readonly entry: Entry; readonly behaviour: Of<Name> }[] {
    if (this.#entries.size === 0) return [];
    this.#expire();
    return [...this.#entries.values()].flatMap((entry) => (isOf(entry.behaviour, kind) ? [{ entry, behaviour: entry.behaviour }] : []));
  }

  #expire(): void {
    const now = this.#now();
    for (const [id, { endsAt }] of this.#entries) if (endsAt <= now) this.remove(id);
  }
}

function isOf<Name extends Kind>(behaviour: Behaviour, kind: Name): behaviour is Of<Name> {
  return behaviour.kind === kind;
}

/** Without paths every request but the probe is meant; the probe only where it is named. */
function isMeant(paths: readonly string[], path: string): boolean {
  if (path === PROBED) return paths.includes(PROBED);
  return paths.length === 0 || paths.some((beginning) => path.startsWith(beginning));
}
