import type { IndexSetup, ObservedIndices } from '../model.ts';
import { matches, overlap, templateFor } from '../validate/patterns.ts';

/**
 * Where somebody else's index templates and those that a plan would make stand in each other's way, one line each:
 * theirs would hold for a data stream of ours, or ours would hold for everything that theirs was made for.
 */
export function overlapsOf(observed: ObservedIndices, setup: IndexSetup): readonly string[] {
  const foreign = Object.entries(observed.foreignTemplates).filter(([, { left }]) => left !== true);
  const overStreams = setup.dataStreams
    .filter((stream) => !Object.hasOwn(observed.dataStreams, stream))
    .flatMap((stream) => {
      const own = templateFor(setup, stream)?.[1].priority ?? 0;
      return foreign
        .filter(([, { patterns, priority }]) => priority >= own && patterns.some((pattern) => matches(pattern, stream)))
        .map(([name, { priority }]) => `index-template ${name} (priority ${priority}, would hold for data stream ${stream})`);
    });
  const overTemplates = Object.entries(setup.indexTemplates)
    .filter(([name]) => !Object.hasOwn(observed.indexTemplates, name))
    .flatMap(([own, { index_patterns: covering, priority: ownPriority = 0 }]) =>
      foreign.flatMap(([name, { patterns, priority }]) =>
        patterns
          .filter((pattern) => priority < ownPriority && covering.some((each) => matches(each, pattern)))
          .map((pattern) => `index-template ${name} (${pattern} would come under ${own})`),
      ),
    );
  return [...overStreams, ...overTemplates];
}

/** Index templates that are no part of the setup and beside which a server does not take those of it, one line each. */
export function clashesOf(observed: ObservedIndices, setup: IndexSetup): readonly string[] {
  const foreign = Object.entries(observed.foreignTemplates);
  return Object.entries(setup.indexTemplates).flatMap(([own, { index_patterns: ours, priority: ownPriority = 0 }]) =>
    foreign.flatMap(([name, { patterns, priority, left }]) => {
      const pair = priority === ownPriority ? ours.flatMap((one) => patterns.filter((other) => overlap(one, other)).map((other) => `${one} and its ${other}`))[0] : undefined;
      return pair === undefined ? [] : [`index-template ${own} and ${left === true ? `${name}, which is left from an earlier setup,` : `somebody else's ${name}`} have the priority ${priority} both, and ${pair} have names in common`];
    }),
  );
}
