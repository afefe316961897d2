import type { AwsClients } from '../../../../apps/workshop/src/targets/aws/clients.ts';
import type { AwsRequest } from '../request.ts';
import { neededRights } from './askedRights.ts';
import { evaluate, type EvaluatedPolicy } from './evaluate.ts';
import { resourceTags } from './resourceTags.ts';

/** What is answered to a call that is not allowed. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** Evaluates policies for calls. */
export interface Authorizer {
  /** From now on only what these allow is done; undefined allows everything again, as moto does. */
  enforce(policies: readonly EvaluatedPolicy[] | undefined): void;
  /** @throws Error for a call of which nobody has said what it needs */
  refusalOf(request: AwsRequest): Promise<Refused | undefined>;
}

/** @param moto Clients of a region that talk to moto itself. */
export function createAuthorizer(account: string, moto: (region: string) => AwsClients): Authorizer {
  let enforced: readonly EvaluatedPolicy[] | undefined;
  return {
    enforce(policies) {
      enforced = policies;
    },
    async refusalOf(request) {
      if (enforced === undefined) return undefined;
      for (const { action, resource, requestTags = {} } of neededRights(request, account)) {
        const tags = await resourceTags(moto(request.region), resource);
        const context = { ...prefixed('aws:ResourceTag/', tags), ...prefixed('aws:RequestTag/', requestTags) };
        const decision = evaluate(enforced, { action, resource, context });
        if (decision !== 'allowed') return refused(request, { action, resource, decision, account });
      }
      return undefined;
    },
  };
}

const prefixed = (prefix: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));

/**
 * In the words of the services: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html. Actions without a
 * resource leave it out; EC2 has a code and a first sentence of its own.
 */
function refused({ protocol }: AwsRequest, { action, resource, decision, account }: { readonly action: string; readonly resource: string; readonly decision: 'denied' | 'unallowed'; readonly account: string }): Refused {
  const where = resource === '*' ? '' : ` on resource: ${resource}`;
  const why = decision === 'denied' ? 'with an explicit deny in an identity-based policy' : `because no identity-based policy allows the ${action} action`;
  const message = `User: arn:aws:sts::${account}:assumed-role/presenter/podscope is not authorized to perform: ${action}${where} ${why}`;
  if (protocol === 'ec2') return { code: 'UnauthorizedOperation', message: `You are not authorized to perform this operation. ${message}`, status: 403 };
  return { code: protocol === 'query' ? 'AccessDenied' : 'AccessDeniedException', message, status: protocol === 'json' ? 400 : 403 };
}
