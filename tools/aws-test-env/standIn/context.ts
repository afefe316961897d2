import type { AwsClients } from '../../../apps/workshop/src/targets/aws/clients.ts';
import type { WireAnswer } from '../front/answer.ts';
import type { Faults } from '../front/faults.ts';
import type { WireRequest } from '../front/request.ts';

/** How often something is asked for before it is done. */
export interface Polls {
  readonly domain: number;
  readonly cluster: number;
  readonly stack: number;
  /** The network interfaces of a load balancer that was deleted. */
  readonly interfaces: number;
}

/** What the parts of the stand-in work with. */
export interface StandInContext {
  readonly account: string;
  /** Clients of a region that talk to moto itself, past the front. */
  readonly moto: (region: string) => AwsClients;
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  readonly faults: Faults;
  readonly polls: Polls;
  /** Resource types that moto's CloudFormation makes. */
  readonly stackTypes: ReadonlySet<string>;
}
