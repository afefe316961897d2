import { awsClients, type AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { ACCOUNT, CREDENTIALS, STATES_KEY } from './credentials.ts';
import { createCalls, type RecordedCall } from './front/calls.ts';
import { createFaults, type FaultRule, type PlacedFault } from './front/faults.ts';
import { UNSIGNED, type AwsRequest } from './front/request.ts';
import { createAuthorizer } from './front/rights/authorize.ts';
import type { EvaluatedPolicy } from './front/rights/evaluate.ts';
import { forwardTo, startFront } from './front/server.ts';
import { faultOfSignature } from './front/signature.ts';
import { obtainPythonEnvironment, type InstallOptions } from './install/environment.ts';
import { takeInventory, without, type Inventory } from './inventory.ts';
import { startMoto, type Moto } from './moto/server.ts';
import { createPlants, type Plants } from './plants.ts';
import type { Polls, StandInContext } from './standIn/context.ts';
import type { ClusterEndpoint } from './standIn/eks/clusters.ts';
import { makeServiceLinkedRole } from './standIn/serviceLinkedRoles.ts';
import { createStandIn, type StandIn } from './standIn/standIn.ts';

/** Options of {@link startAws}. */
export interface StartAwsOptions extends InstallOptions {
  /** @default eu-central-1 */
  readonly region?: string;
  /** How often a domain, a cluster, a stack, or the interfaces of a load balancer are asked for before it is done. @default two times each */
  readonly polls?: Partial<Polls>;
  /** False leaves the account without the role that a domain in a VPC needs. @default true */
  readonly serviceLinkedRole?: boolean;
}

/** A running AWS. */
export interface StartedAws {
  /** Such as `http://127.0.0.1:4566`, of every service; `AWS_ENDPOINT_URL` of a process takes it. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: typeof CREDENTIALS;
  /** What a process needs to use it: credentials, region and endpoint as environment variables, and no files of this machine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Clients that go through the front: with one try for each request unless told otherwise. */
  clients(options?: { readonly maxAttempts?: number; readonly region?: string }): AwsClients;
  /** Calls so far, in their order. */
  calls(): readonly RecordedCall[];
  /** Places a fault; it stays until it has acted as often as it says, is removed, or all is reset. */
  fail(rule: FaultRule): PlacedFault;
  /** Of Service Quotas, by code such as `L-1216C47A`. */
  setQuota(code: string, value: number): void;
  /** Puts a real API server behind all clusters: `DescribeCluster` names it, until the next reset. What is in it is nobody's but the test's. */
  setClusterEndpoint(endpoint: ClusterEndpoint): void;
  /**
   * Evaluates these policies for each call of {@link credentials} and answers what they do not allow as the services do: moto asks nobody
   * for rights. Not what CloudFormation does for a call, nor the state machine. Undefined allows everything again.
   */
  enforce(policies: readonly EvaluatedPolicy[] | undefined): void;
  readonly plant: Plants;
  /** What is there beside what an empty account has. Not recorded, and no poll. */
  inventory(): Promise<Inventory>;
  /**
   * An empty account again, with no calls and no faults, once all that was asked for is done.
   *
   * @throws Error, as {@link StartedAws.stop} does, where something that was tried proves nothing: a fault that never acted, a call that
   * moto does not have, an answer of the stand-in that is none
   */
  reset(): Promise<void>;
  /** Of moto, whose own log has what it answered. */
  readonly logFile: string;
  /** The process of moto. */
  readonly pid: number;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts `moto_server` and a front before it, on loopback. The front records every call, injects faults, refuses keys that it doesn't
 * know, and adds what moto lacks (see `standIn/`). Ends with the handle or with this process.
 *
 * @throws PodscopeError `PYTHON_MISSING`, `PYTHON_INSTALL_FAILED`, `KUBE_START_FAILED` with moto's last lines; the signal's reason
 */
export async function startAws(options: StartAwsOptions = {}): Promise<StartedAws> {
  const { region = 'eu-central-1', polls = {}, serviceLinkedRole = true, signal } = options;
  const environment = await obtainPythonEnvironment(options);
  const calls = createCalls();
  const faults = createFaults();
  const issued = new Set<string>([CREDENTIALS.accessKeyId, STATES_KEY]);
  const troubles: string[] = [];
  const behind: { forward?: ReturnType<typeof forwardTo>; standIn?: StandIn; moto?: Moto } = {};
  const forward: StandInContext['forward'] = async (request) => {
    if (behind.forward === undefined) throw new Error('moto is not started yet.');
    const answer = await behind.forward.forward(request);
    for (const [, key = ''] of answer.body.toString().matchAll(/<AccessKeyId>([^<]+)<\/AccessKeyId>/g)) issued.add(key);
    return answer;
  };
  const direct = new Map<string, AwsClients>();
  const authorizer = createAuthorizer(ACCOUNT, (of) => motoClients(of));
  const front = await startFront({
    calls,
    faults,
    forward: (request) => explained(forward(request), behind.moto),
    handler(request) {
      const found = behind.standIn?.handler(request);
      return found === undefined ? undefined : (asked) => explained(found(asked), behind.moto);
    },
    refuse: (request) => refusalOf(request, issued),
    authorize: async (request) => (request.accessKeyId === CREDENTIALS.accessKeyId ? authorizer.refusalOf(request) : undefined),
    onTrouble: (what) => void troubles.push(what),
  });
  const moto = await startMoto(environment, { frontPort: front.port, signal }).catch(async (error: unknown) => {
    await front.close();
    throw error;
  });
  behind.forward = forwardTo(moto.port);
  behind.moto = moto;

  const motoClients = (of: string): AwsClients => {
    const found = direct.get(of) ?? awsClients({ region: of, endpoint: `http://127.0.0.1:${moto.port}`, credentials: () => Promise.resolve({ ...CREDENTIALS }), maxAttempts: 1 });
    direct.set(of, found);
    return found;
  };
  const own = createStandIn({ account: ACCOUNT, moto: motoClients, forward, faults, polls: { domain: 2, cluster: 2, stack: 2, interfaces: 2, ...polls }, stackTypes: environment.stackTypes });
  behind.standIn = own;
  const handedOut: AwsClients[] = [];

  const everything = (): Promise<Inventory> => takeInventory(motoClients(region), { addons: own.access.list('addon'), accessEntries: own.access.list('accessEntry'), podIdentities: own.access.list('association'), stacks: own.stacks.list(region) });
  async function empty(): Promise<Inventory> {
    if (serviceLinkedRole) await makeServiceLinkedRole(motoClients(region).iam, 'opensearchservice.amazonaws.com');
    return everything();
  }
  /** What was tried since the last time, and proves nothing. */
  function requireProof(): void {
    const idle = faults.idle().map((rule) => `A fault was placed and never acted: ${JSON.stringify(rule)}`);
    const found = [...idle, ...troubles.splice(0)];
    if (found.length > 0) throw new Error(`The AWS test environment: ${found.join('\n')}`);
  }
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const clients of [...direct.values(), ...handedOut]) clients[Symbol.dispose]();
      await front.close();
      behind.forward?.close();
      await moto.stop();
      requireProof();
    })();
    return stopped;
  };
  let baseline: Inventory;
  try {
    baseline = await empty();
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = `http://127.0.0.1:${front.port}`;
  return {
    endpoint,
    region,
    account: ACCOUNT,
    credentials: CREDENTIALS,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    clients({ maxAttempts = 1, region: of = region } = {}) {
      const made = awsClients({ region: of, endpoint, maxAttempts, credentials: () => Promise.resolve({ ...CREDENTIALS }) });
      handedOut.push(made);
      return made;
    },
    calls: calls.all,
    fail: (rule) => faults.add(rule),
    setQuota: own.setQuota,
    setClusterEndpoint: own.setClusterEndpoint,
    enforce: authorizer.enforce,
    plant: createPlants(region, motoClients(region)),
    inventory: async () => without(await everything(), baseline),
    async reset() {
      await front.idle();
      await moto.reset();
      own.clear();
      authorizer.enforce(undefined);
      baseline = await empty();
      calls.clear();
      try {
        requireProof();
      } finally {
        faults.clear();
      }
    },
    logFile: moto.logFile,
    pid: moto.pid,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The errors of connections to a program that ended. */
const LOST = /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up/u;

/** Work that moto has a part in: where it fails because moto ended, that is what is told. */
async function explained<Result>(work: Promise<Result>, moto: Moto | undefined): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && LOST.test(`${error.message} ${'code' in error ? String(error.code) : ''}`)) throw (await moto?.whyEnded()) ?? error;
    throw error;
  }
}

/** Keys that nobody was given, and signatures that are not right, are refused as each service does it. */
function refusalOf(request: AwsRequest, issued: ReadonlySet<string>): { readonly code: string; readonly message: string } | undefined {
  const { accessKeyId, service, protocol } = request;
  if (service === UNSIGNED) return { code: 'MissingAuthenticationToken', message: 'Request is missing Authentication Token' };
  // The secrets of roles that were assumed are moto's, and those of its Step Functions are none.
  if (accessKeyId === CREDENTIALS.accessKeyId) return faultOfSignature(request, CREDENTIALS);
  if (accessKeyId !== undefined && issued.has(accessKeyId)) return undefined;
  if (service === 'ec2') return { code: 'AuthFailure', message: 'AWS was not able to validate the provided access credentials' };
  return { code: protocol === 'query' ? 'InvalidClientTokenId' : 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' };
}
