import { paginateListExecutions, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone } from '../failure.ts';
import type { AwsNames } from '../names.ts';
import { eventOf, findStack, isMoving } from '../stacks/observe.ts';

type Clients = Pick<AwsClients, 'cloudFormation' | 'sfn' | 'region'>;

/**
 * Sees that the expiry of an event is there before something is made that costs: a `down` from another machine may have disarmed it in
 * the meantime, or the expiry itself is at work.
 *
 * @throws PodscopeError AWS_EVENT_OVER, AWS_…
 */
export async function requireArmed(clients: Clients, names: AwsNames, signal: AbortSignal): Promise<void> {
  const stack = await findStack(clients, names.stack('expiry'), signal);
  if (stack !== undefined && eventOf(stack) === names.event && !/^(?:DELETE|ROLLBACK)_|^REVIEW_/u.test(stack.StackStatus ?? '')) return;
  throw new PodscopeError('AWS_EVENT_OVER', `The event ${names.event} in ${clients.region} is being taken down: its expiry is no longer armed${isMoving(stack?.StackStatus) ? ', it is just being deleted' : ''}. Nothing more was made of it.`, { hint: 'Run "podscope down --target aws" to see it through, then "podscope up" again.' });
}

/**
 * Ends the runs of an expiry that was moved to a later time: one that has begun would go on deleting for up to half an hour.
 *
 * @param machine The ARN of its state machine.
 * @throws PodscopeError AWS_…
 */
export async function stopExpiryRuns({ sfn, region }: Clients, machine: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn: machine, statusFilter: 'RUNNING' }, { abortSignal: signal })) {
      for (const { executionArn } of executions) {
        await sfn.send(new StopExecutionCommand({ executionArn, error: 'Podscope.Prolonged', cause: 'The event goes on' }), { abortSignal: signal }).catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      }
    }
  } catch (error) {
    throw awsFailure(error, `The expiry in ${region}, ${machine}`);
  }
}
