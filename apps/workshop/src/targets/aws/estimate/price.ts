import { PodscopeError } from '@podscope/core';
import { DOMAIN_NODES, FIRST_REGION, NODES, REST } from './firstRegion.ts';
import { REGIONS } from './regions.ts';
import { type SourceId, SOURCES } from './sources.ts';

/** What is known of a region beside us-east-1. */
export interface RegionPrices {
  /** A NAT gateway, an hour. */
  readonly nat: number;
  /** A GB of gp3 for a month. */
  readonly nodeDisk: number;
  /** By type, an hour. */
  readonly node: Readonly<Record<string, number>>;
}

/** What has a price. */
export type Priced = 'cluster' | 'node' | 'nodeDisk' | 'nat' | 'address' | 'endpoint' | 'domainNode' | 'domainDisk';

/** A price, and where it is from. */
export interface Price {
  readonly usd: number;
  readonly per: 'hour' | 'GB-month';
  /** Whose price it is; another region than the wanted one where that one's isn't known. `all`: the same everywhere. */
  readonly region: string;
  readonly source: SourceId;
  readonly asOf: string;
}

/** Regions for which there can be an estimate. */
export const PRICED_REGIONS: readonly string[] = [FIRST_REGION, ...Object.keys(REGIONS)].sort();

const OF_FIRST: Readonly<Record<Exclude<Priced, 'node' | 'domainNode'>, SourceId>> = { cluster: 'cluster', nat: 'nat', address: 'address', endpoint: 'endpoint', nodeDisk: 'nodeDisk', domainDisk: 'domainDisk' };
const EVERYWHERE: readonly Priced[] = ['cluster', 'address'];

/**
 * The price of something in a region; where only us-east-1's is known, that one, and it says so.
 *
 * @throws PodscopeError AWS_NO_PRICE for a type that has no price in the table
 */
export function priceOf(what: Priced, region: string, type = ''): Price {
  const per = what === 'nodeDisk' || what === 'domainDisk' ? 'GB-month' : 'hour';
  const price = (usd: number, of: string, source: SourceId): Price => ({ usd, per, region: of, source, asOf: SOURCES[source].asOf });
  const own = what === 'node' ? ownNode(region, type) : what === 'nat' || what === 'nodeDisk' ? REGIONS[region]?.[what] : undefined;
  if (own !== undefined) return price(own, region, 'of2022');
  if (what !== 'node' && what !== 'domainNode') return price(REST[what], EVERYWHERE.includes(what) ? 'all' : FIRST_REGION, OF_FIRST[what]);
  const types = what === 'node' ? NODES : DOMAIN_NODES;
  const usd = named(types, type);
  if (usd !== undefined) return price(usd, FIRST_REGION, what === 'node' ? 'nodes' : 'domainNodes');
  throw new PodscopeError('AWS_NO_PRICE', `The price table has no ${type}.`, { hint: `${what === 'node' ? '--node-type' : '--domain-type'} with a price: ${Object.keys(types).join(', ')}.` });
}

const ownNode = (region: string, type: string): number | undefined => named(REGIONS[region]?.node ?? {}, type);

/** Of a table only what it has itself: a type is whatever somebody has typed. */
const named = (table: Readonly<Record<string, number>>, name: string): number | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
