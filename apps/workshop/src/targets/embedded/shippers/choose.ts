import { PodscopeError } from '@podscope/core';
import { COMPATIBILITY, type Engine, type ShipperFacts } from '@podscope/log-shippers';
import type { FoundProgram } from './find.ts';
import { CANDIDATES, EMBEDDED_SOURCES, type EmbeddedSource, KEPT, type Program } from './sources.ts';

/** `built-in`: the collector ships all; `auto`: a real shipper where one fits; `real`: an error where none does. */
export type ShippersMode = 'built-in' | 'auto' | 'real';

/** Who ships a source. */
export interface Shipping {
  readonly source: EmbeddedSource;
  readonly by: Program | 'built-in';
  /** The program's version; null for the collector. */
  readonly version: string | null;
  /** Why it is the collector, where something else was wanted. */
  readonly why?: string;
}

/** A program that is there and fits, and what the library calls its version. */
export interface UsableProgram extends FoundProgram {
  readonly supported: string;
}

/** Who ships what, and with which programs. */
export interface ShippersPlan {
  readonly shipping: readonly Shipping[];
  readonly programs: readonly { readonly program: UsableProgram; readonly sources: readonly EmbeddedSource[] }[];
}

const GET: Readonly<Record<Program, string>> = {
  'fluent-bit': 'Fluent Bit: the package fluent-bit of its own Debian, RPM or Homebrew repository',
  fluentd: 'Fluentd: the package fluent-package, with fluent-plugin-opensearch',
  filebeat: 'Filebeat: its OSS archive',
  metricbeat: 'Metricbeat: its OSS archive',
};

/** What the embedded server is to a shipper. */
export function engineOf(version: string): Engine {
  return version.startsWith('3.') ? 'opensearch@3' : version.startsWith('1.') ? 'opensearch@1' : 'opensearch@2';
}

/** Whether a found program can ship a source to the engine: its supported version, or why not. */
export function usability({ program, version }: Pick<FoundProgram, 'program' | 'version'>, source: EmbeddedSource, engine: Engine): { readonly supported: string } | { readonly why: string } {
  const facts: ShipperFacts = COMPATIBILITY[program];
  if (version === null) return { why: `${program} does not tell its version` };
  const supported = Object.keys(facts.versions).find((known) => version === known || version.startsWith(`${known}.`));
  const known = supported === undefined ? undefined : facts.versions[supported];
  if (supported === undefined || known === undefined) return { why: `${program} is ${version}; configurations are made for ${Object.keys(facts.versions).join(', ')}` };
  if (!known.sources.includes(source)) return { why: `${program} ${supported} does not read ${source}` };
  if (!known.engines.includes(engine)) return { why: `${program} ${supported} does not write to ${engine} itself` };
  return { supported };
}

/** True when some version of a candidate could ship it: then it can be asked for. */
function isPossible(source: EmbeddedSource, engine: Engine): boolean {
  return (CANDIDATES[source] ?? []).some((program) => {
    const { versions }: ShipperFacts = COMPATIBILITY[program];
    return Object.values(versions).some((facts) => facts.sources.includes(source) && facts.engines.includes(engine));
  });
}

/**
 * Decides who ships what.
 *
 * @throws PodscopeError SHIPPER_NOT_FOUND with `real`, when nothing fits for a source that a real shipper could ship.
 */
export function chooseShippers(mode: ShippersMode, found: readonly FoundProgram[], engine: Engine): ShippersPlan {
  const programs = new Map<Program, { program: UsableProgram; sources: EmbeddedSource[] }>();
  const missing: { source: EmbeddedSource; why: string }[] = [];
  const shipping = EMBEDDED_SOURCES.map((source): Shipping => {
    const builtIn = { source, by: 'built-in', version: null } as const;
    if (mode === 'built-in') return builtIn;
    const candidates = CANDIDATES[source];
    if (candidates === undefined) return { ...builtIn, why: KEPT[source] ?? '' };
    const reasons: string[] = [];
    for (const name of candidates) {
      const program = found.find((each) => each.program === name);
      if (program === undefined) continue;
      const use = usability(program, source, engine);
      if ('why' in use) {
        reasons.push(use.why);
        continue;
      }
      const entry = programs.get(name) ?? { program: { ...program, supported: use.supported }, sources: [] };
      entry.sources.push(source);
      programs.set(name, entry);
      return { source, by: name, version: program.version };
    }
    const why = reasons.length === 0 ? `there is no ${candidates.join(', no ')}` : reasons.join('; ');
    if (isPossible(source, engine)) missing.push({ source, why });
    return { ...builtIn, why };
  });
  if (mode === 'real' && missing.length > 0) throw notFound(missing, engine);
  return { shipping, programs: [...programs.values()] };
}

function notFound(missing: readonly { readonly source: EmbeddedSource; readonly why: string }[], engine: Engine): PodscopeError<'SHIPPER_NOT_FOUND'> {
  const first = missing.map(({ source }) => CANDIDATES[source]?.find((program) => Object.values((COMPATIBILITY[program] satisfies ShipperFacts as ShipperFacts).versions).some((facts) => facts.engines.includes(engine))));
  const get = [...new Set(first)].flatMap((program) => (program === undefined ? [] : [GET[program]]));
  return new PodscopeError('SHIPPER_NOT_FOUND', `No real shipper for ${missing.map(({ source, why }) => `${source} (${why})`).join(', ')}.`, {
    hint: `Install ${get.join('; ')}; name its folder with --shippers-bin if it is not on the PATH; or take --shippers auto.`,
  });
}
