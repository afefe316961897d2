import { apacheFields, filebeatFields, metricbeatFields } from '@podscope/core/catalogues';
import type { BeatsDestination, OpenSearchDestination } from '../../destinations/destinations.ts';
import { requirePort } from '../../quantities/quantities.ts';
import type { Family } from '../../sources/sources.ts';
import type { BeatsConfig, Processor } from '../model/beatsConfig.ts';

/** What a Beat can send to. */
export type BeatsDestinations = BeatsDestination | OpenSearchDestination;

const FIELDS = { apache: apacheFields, filebeat: filebeatFields, metricbeat: metricbeatFields } as const;
/** The kinds of documents that Beats make. */
export type BeatsFamily = keyof typeof FIELDS;

/** Says what kind of document an event becomes: Logstash asks for it, and the allow-lists below. */
export const familyField = (family: BeatsFamily): Processor => ({ add_fields: { target: 'podscope', fields: { family } } });

/**
 * Leaves of each event what its catalogue has: the templates are strict, so one field more would have the document refused. Beats put
 * their own fields (agent, ecs, host, input) on after the processors of an input, so this stands with those of all events.
 */
export function allowLists(families: readonly BeatsFamily[], destination: BeatsDestinations): Processor[] {
  const lists = families.map((family): Processor => ({
    include_fields: { fields: [...Object.keys(FIELDS[family]).filter((name) => name !== '@timestamp'), 'podscope.family'], when: { equals: { 'podscope.family': family } } },
  }));
  return destination.kind === 'beats' ? lists : [...lists, { drop_fields: { fields: ['podscope'], ignore_missing: true } }];
}

/** The index of an input's or module's events, where they go there directly. */
export function ownIndex(destination: BeatsDestinations, indexOf: (destination: OpenSearchDestination, family: Family) => string, family: BeatsFamily): { readonly index?: string } {
  return destination.kind === 'beats' ? {} : { index: indexOf(destination, family) };
}

/** Settings that both Beats have. */
export function commonSettings(kind: BeatsConfig['kind'], options: { readonly stateDirectory?: string; readonly monitoring?: { readonly host?: string; readonly port?: number } }, destination: BeatsDestinations) {
  const directory = (options.stateDirectory ?? '/var/lib/podscope').replace(/\/+$/, '');
  return {
    // It becomes host.name: without it that is the pod's.
    name: '${NODE_NAME:}',
    'path.data': `${directory}/${kind}`,
    'path.logs': `${directory}/${kind}/logs`,
    'http.enabled': true,
    'http.host': options.monitoring?.host ?? '0.0.0.0',
    'http.port': requirePort('monitoring.port', options.monitoring?.port ?? (kind === 'filebeat' ? 5066 : 5067)),
    'logging.level': 'info',
    'logging.to_stderr': true,
    'logging.to_files': false,
    // Their list of system calls is of 2021: with a glibc of 2.35 or newer, thread starts are refused and the process aborts.
    'seccomp.enabled': false,
    ...(destination.kind === 'beats' ? {} : { 'setup.ilm.enabled': false, 'setup.template.enabled': false }),
  } as const;
}
