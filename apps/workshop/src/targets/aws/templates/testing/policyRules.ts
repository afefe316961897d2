import type { Properties, Value } from '../template.ts';

/** Actions of writing that no resource can be given for, and why. */
const WRITES_EVERYWHERE: Readonly<Record<string, string>> = {
  'logs:DeleteResourcePolicy': 'a policy of CloudWatch Logs has no ARN; it is named in the state machine',
};
const LOOK = /^[a-z0-9-]+:(Describe|Get|List)/;
/** Roles that services of AWS take without telling for whom: EC2 sends no `aws:SourceAccount`. */
const WITHOUT_ACCOUNT = ['ec2.amazonaws.com'];

/** What is wrong with the policies that are anywhere in these properties. */
export function policyBreaches(properties: Properties): readonly string[] {
  return statementsIn(properties).flatMap(statementBreaches);
}

function statementsIn(value: Value): readonly Properties[] {
  if (Array.isArray(value)) return value.flatMap((each: Value) => statementsIn(each));
  if (typeof value !== 'object') return [];
  const { Statement, ...rest } = value as Properties;
  return [...(Array.isArray(Statement) ? (Statement as readonly Properties[]) : []), ...Object.values(rest).flatMap((each) => statementsIn(each))];
}

function statementBreaches(statement: Properties): readonly string[] {
  const { Effect, Action, Resource, Principal, Condition } = statement;
  const actions = (Array.isArray(Action) ? Action : [Action]).map(String);
  const everything = (Array.isArray(Resource) ? Resource : [Resource]).includes('*');
  const found: string[] = [];
  if ('NotAction' in statement || 'NotResource' in statement || 'NotPrincipal' in statement) found.push('a policy says what it does not mean');
  if (Effect !== 'Allow') return found;
  for (const action of actions) {
    if (action.includes('*')) found.push(`a policy allows ${action}`);
    else if (everything && Condition === undefined && !LOOK.test(action) && WRITES_EVERYWHERE[action] === undefined) found.push(`a policy allows ${action} on *`);
  }
  if (Principal === '*' || JSON.stringify(Principal ?? {}).includes('"*"')) found.push('a policy trusts everybody');
  const service = (Principal as Properties | undefined)?.['Service'];
  if (service !== undefined && !WITHOUT_ACCOUNT.includes(String(service)) && !JSON.stringify(Condition ?? {}).includes('"aws:SourceAccount"')) found.push(`a policy trusts ${String(service)} on behalf of any account`);
  return found;
}
