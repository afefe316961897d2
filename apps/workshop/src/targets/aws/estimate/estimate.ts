import type { CostLine, Costs } from '../parts.ts';
import type { AwsSettings } from '../settings.ts';
import { INTERFACE_ENDPOINTS } from '../templates/network/vpc.ts';
import { type Price, priceOf, PRICED_REGIONS, type Priced } from './price.ts';
import { SOURCES } from './sources.ts';

/** A line with what it is made of. */
export interface PricedLine extends CostLine {
  readonly count: number;
  readonly price: Price;
}

/** An estimate with its sources. */
export interface Estimate extends Costs {
  readonly lines: readonly PricedLine[];
  /** Of the prices: the oldest day. */
  readonly asOf: string;
  /** By the name that lines have. */
  readonly sources: Readonly<Record<string, (typeof SOURCES)[keyof typeof SOURCES]>>;
}

/** A GB-month is billed by the hour: AWS's own calculator has 730 in a month. */
const HOURS_OF_A_MONTH = 730;

/**
 * What an event costs by the table of prices: everything that costs by its time. No credentials and no network are needed.
 *
 * @returns undefined for a region of which nothing is known
 * @throws PodscopeError AWS_NO_PRICE for a type without a price
 */
export function estimate(settings: AwsSettings): Estimate | undefined {
  const { region, nodes, domain, zones, egress, existingCluster, existingDomain, hours } = settings;
  if (!PRICED_REGIONS.includes(region)) return undefined;
  const line = (resource: string, count: number, what: Priced, type?: string, gb = 1): PricedLine => {
    const price = priceOf(what, region, type);
    const hour = (count * gb * price.usd) / (price.per === 'hour' ? 1 : HOURS_OF_A_MONTH);
    const unit = price.per === 'hour' ? `${count} x ${price.usd}` : `${count} x ${gb} GB x ${price.usd} a month`;
    return { resource, quantity: `${unit}${price.region === region || price.region === 'all' ? '' : ` (${price.region})`}`, count, hour: round(hour), day: round(hour * 24), event: round(hour * hours), price };
  };
  const network =
    egress === 'nat'
      ? [line('NAT gateway', 1, 'nat'), line('Public address of the NAT gateway', 1, 'address')]
      : [line(`Interface endpoints: ${INTERFACE_ENDPOINTS.length} services in ${zones} zones`, INTERFACE_ENDPOINTS.length * zones, 'endpoint')];
  const lines = [
    ...(existingCluster === undefined
      ? [line('EKS cluster', 1, 'cluster'), line(`Nodes of the cluster: ${nodes.type}`, nodes.count, 'node', nodes.type), line('Disks of the nodes: gp3', nodes.count, 'nodeDisk', undefined, nodes.diskGiB), ...network]
      : []),
    ...(existingDomain === undefined ? [line(`Nodes of the domain: ${domain.type}`, domain.count, 'domainNode', domain.type), line('Disks of the domain: gp3', domain.count, 'domainDisk', undefined, domain.diskGiB)] : []),
  ];
  const used = [...new Set(lines.map(({ price }) => price.source))];
  const asOf = used.map((id) => SOURCES[id].asOf).sort()[0] ?? SOURCES.nodes.asOf;
  const sum = (of: 'hour' | 'day' | 'event'): number => round(lines.reduce((total, each) => total + each[of], 0));
  return { lines, hour: sum('hour'), day: sum('day'), event: sum('event'), notes: notesOf(settings, lines, asOf), asOf, sources: Object.fromEntries(used.map((id) => [id, SOURCES[id]])) };
}

function notesOf({ region, existingCluster, existingDomain, flowLogs }: AwsSettings, lines: readonly PricedLine[], asOf: string): readonly string[] {
  const foreign = lines.filter(({ price }) => price.region !== region && price.region !== 'all');
  const newest = lines.map(({ price }) => price.asOf).sort().at(-1) ?? asOf;
  return [
    ...(lines.length === 0 ? ['Cluster and domain are there already: what the event adds costs nothing by its time.'] : [`Prices on demand, in US dollars, of ${asOf === newest ? asOf : `${asOf} to ${newest}`}; AWS may have changed them. docs/guide/aws-costs.md names the sources.`]),
    ...(foreign.length === 0 ? [] : [`No price of ${region} is known for: ${foreign.map(({ resource }) => resource).join('; ')}. Those of ${foreign[0]?.price.region ?? ''} stand in for them; in ${region} they may well be higher.`]),
    `Not in it: data (through the NAT gateway or endpoints, between zones, to the internet), logs in CloudWatch${flowLogs ? ' (flow logs are among the larger ones)' : ''}, load balancers that you make, tax, discounts. The time until all is deleted counts, too: up to an hour.`,
    ...(existingCluster !== undefined || existingDomain !== undefined ? ['What is there already and stays is not in it.'] : []),
  ];
}

const round = (usd: number): number => Math.round(usd * 10_000) / 10_000;
