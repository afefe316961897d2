import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe } from '../engine/types.ts';
import { milliseconds } from '../engine/duration.ts';

/** What one look found. */
export interface ProbeFinding {
  readonly holds: boolean;
  /** One line with figures. */
  readonly finding: string;
  /** False when what was to be asked could not be: then it neither holds nor fails to. */
  readonly answered?: false;
}

/** A probe that can be looked at once, and followed. */
export interface WatchedProbe extends Probe {
  /** One look, whatever `within` and `for` say. */
  once(signal: AbortSignal): Promise<ProbeFinding>;
  /** Tells of each change, until the signal; without it, `once` is asked every {@link everyMs}. */
  watch?(signal: AbortSignal): AsyncIterable<ProbeFinding>;
  readonly everyMs: number;
  /** How long it must hold without a break. */
  readonly forMs: number;
}

/** What makes a {@link WatchedProbe}. */
export interface ProbeParts {
  readonly name: string;
  readonly not?: boolean | undefined;
  readonly within?: string | number | undefined;
  readonly for?: string | number | undefined;
  readonly every?: string | number | undefined;
  once(signal: AbortSignal): Promise<ProbeFinding>;
  watch?(signal: AbortSignal): AsyncIterable<ProbeFinding>;
}

const EVERY_MS = 1_000;

/** Turned round; what could not be asked stays so. */
function turned(finding: ProbeFinding, not: boolean): ProbeFinding {
  return not && finding.answered !== false ? { ...finding, holds: !finding.holds } : finding;
}

/** A probe of its parts. */
export function makeProbe(parts: ProbeParts): WatchedProbe {
  const { not = false } = parts;
  const everyMs = Math.max(100, parts.every === undefined ? EVERY_MS : milliseconds(parts.every));
  const forMs = parts.for === undefined ? 0 : milliseconds(parts.for);
  const withinMs = parts.within === undefined ? 0 : milliseconds(parts.within);
  const once = async (signal: AbortSignal): Promise<ProbeFinding> => turned(await parts.once(signal), not);
  const { watch } = parts;
  return {
    name: parts.name,
    everyMs,
    forMs,
    once,
    ...(watch === undefined
      ? {}
      : {
          async *watch(signal: AbortSignal) {
            for await (const finding of watch(signal)) yield turned(finding, not);
          },
        }),
    async check(signal) {
      const begun = performance.now();
      let held: number | undefined;
      for (;;) {
        const finding = await once(signal);
        const now = performance.now();
        held = finding.holds ? (held ?? now) : undefined;
        if (held !== undefined && now - held >= forMs) return finding;
        // A break ends the waiting for its end, unless there is time for another try.
        if (held === undefined && now - begun >= withinMs) return finding;
        if (signal.aborted) return { ...finding, holds: false };
        const again = await sleep(everyMs, true, { signal }).catch(() => false);
        if (!again) return { ...finding, holds: false };
      }
    },
  };
}

/** Holds when the other doesn't. */
export function not(probe: Probe): WatchedProbe {
  const inner = watchable(probe);
  return makeProbe({
    name: `not: ${inner.name}`,
    not: true,
    every: inner.everyMs,
    for: inner.forMs,
    once: (signal) => inner.once(signal),
    ...(inner.watch === undefined ? {} : { watch: (signal: AbortSignal) => inner.watch?.(signal) ?? nothing() }),
  });
}

async function* nothing(): AsyncIterable<ProbeFinding> {
  // Ends at once.
}

/** A probe of somebody else, asked every second. */
export function watchable(probe: Probe): WatchedProbe {
  if (isWatched(probe)) return probe;
  return { name: probe.name, everyMs: EVERY_MS, forMs: 0, once: (signal) => probe.check(signal), check: (signal) => probe.check(signal) };
}

function isWatched(probe: Probe): probe is WatchedProbe {
  return 'once' in probe && 'everyMs' in probe;
}

/** What a probe found, with the time it took. */
export interface ProbeResult {
  readonly probe: string;
  readonly holds: boolean;
  readonly finding: string;
  /** ISO 8601. */
  readonly time: string;
  readonly durationMs: number;
}

/** Asks all of them at once. Never throws. */
export async function checkProbes(probes: readonly Probe[], signal: AbortSignal): Promise<readonly ProbeResult[]> {
  return Promise.all(
    probes.map(async (probe) => {
      const begun = performance.now();
      const time = new Date().toISOString();
      const { holds, finding } = await probe.check(signal).catch((error: unknown) => ({ holds: false, finding: `could not be asked: ${error instanceof Error ? error.message : String(error)}` }));
      return { probe: probe.name, holds, finding, time, durationMs: Math.round(performance.now() - begun) };
    }),
  );
}

