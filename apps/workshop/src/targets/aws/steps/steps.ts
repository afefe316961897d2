/** Steps of an `up`, in their order; cluster and domain are made at the same time. */
export const upTitles = {
  identity: 'Who asks, and what is there already',
  preflight: 'Look at the account and the region',
  ledger: 'Write the ledger',
  expiry: 'Arm the expiry',
  network: 'Network and roles',
  cluster: 'Cluster of EKS and its nodes',
  domain: 'Domain of OpenSearch Service',
  access: 'Way to the domain, and who may use it',
  deploy: 'Guestbook, shippers and dashboards',
} as const;
export type AwsUpStep = keyof typeof upTitles;

/** Steps of a `down`, in their order; cluster and domain are deleted at the same time. */
export const downTitles = {
  find: 'Find what is there',
  inCluster: 'Take back what is on a cluster that stays',
  cluster: 'Delete the cluster',
  domain: 'Delete the domain',
  sweep: 'Remove what Kubernetes has made',
  network: 'Delete the network',
  rest: 'Remove logs and what is left',
  expiry: 'Disarm the expiry',
  check: 'See that nothing is left',
} as const;
export type AwsDownStep = keyof typeof downTitles;

/** Told of what goes on. */
export interface StepTeller<Step extends string> {
  tell(step: Step, message: string): void;
  done(step: Step): void;
}

/** A place in a run at which a test may stop it: before a step, and after it. */
export type StepPoint<Step extends string> = `${Step}:${'before' | 'after'}`;

/** Runs steps, telling of each; a test may hold one up at its points. */
export interface StepRunner<Step extends string> extends StepTeller<Step> {
  run<Result>(step: Step, work: (tell: (message: string) => void) => Promise<Result>): Promise<Result>;
}

/** @param at Called at each point, and waited for. */
export function stepRunner<Step extends string>(teller: StepTeller<Step>, at: (point: StepPoint<Step>) => Promise<void> = async () => undefined): StepRunner<Step> {
  return {
    ...teller,
    async run(step, work) {
      await at(`${step}:before`);
      teller.tell(step, '');
      const result = await work((message) => teller.tell(step, message));
      await at(`${step}:after`);
      teller.done(step);
      return result;
    },
  };
}

/**
 * Does two things at once. When one fails the other is no longer waited for, and what failed first is thrown.
 *
 * @param signal Ends both.
 */
export async function together<A, B>(signal: AbortSignal, first: (signal: AbortSignal) => Promise<A>, second: (signal: AbortSignal) => Promise<B>): Promise<readonly [A, B]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let failure: { readonly error: unknown } | undefined;
  const noted = async <Result>(work: Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work;
    } catch (error) {
      failure ??= { error };
      stop.abort();
      return undefined;
    }
  };
  const [a, b] = await Promise.all([noted(first(either)), noted(second(either))]);
  if (failure !== undefined) throw failure.error;
  return [a as A, b as B];
}
