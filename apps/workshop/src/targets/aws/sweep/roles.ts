import { DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, GetRoleCommand, paginateListAttachedRolePolicies, paginateListRolePolicies } from '@aws-sdk/client-iam';
import { awsFailure, isGone } from '../failure.ts';
import { TAGS } from '../names.ts';
import type { Removable } from './network.ts';
import type { SweepPlace } from './place.ts';

/** Roles of these names that carry the event's tag. @throws PodscopeError AWS_… */
export async function roleLeftovers({ clients: { iam }, names: { event }, signal }: SweepPlace, roles: readonly string[]): Promise<readonly Removable[]> {
  const found: Removable[] = [];
  for (const name of roles) {
    try {
      const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: signal });
      if (role?.Tags?.some(({ Key, Value }) => Key === TAGS.event && Value === event) === true) found.push({ by: 'list', kind: 'role', id: name, remove: () => removeRole(name) });
    } catch (error) {
      if (!isGone(error)) throw awsFailure(error, `The role ${name}`);
    }
  }
  return found;

  async function removeRole(RoleName: string): Promise<void> {
    for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName }, { abortSignal: signal })) for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }), { abortSignal: signal });
    for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client: iam }, { RoleName }, { abortSignal: signal })) for (const { PolicyArn } of AttachedPolicies) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }), { abortSignal: signal });
    await iam.send(new DeleteRoleCommand({ RoleName }), { abortSignal: signal });
  }
}
