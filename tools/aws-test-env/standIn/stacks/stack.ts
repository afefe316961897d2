import { randomUUID } from 'node:crypto';
import type { Fields } from '../../models/schema.ts';
import type { Made, StackTemplate, TemplateResource } from './template.ts';

/** A resource of a stack as it stands. */
export interface StackResource extends TemplateResource {
  readonly physicalId: string;
  readonly properties: Fields;
  /** Of what the stand-in made. */
  readonly made: Made | undefined;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly at: Date;
}

/** An event of a stack, in the SDK's shape. */
export type StackEvent = Fields;

/** A stack as CloudFormation would tell it. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly template: StackTemplate;
  readonly templateText: string;
  readonly parameters: readonly Fields[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly termination: boolean;
  readonly description: string | undefined;
  readonly created: Date;
  updated?: Date | undefined;
  deleted?: Date | undefined;
  /** Where it ends once it was asked for often enough. */
  status: string;
  reason?: string | undefined;
  outputs: readonly { readonly key: string; readonly value: string; readonly description?: string | undefined; readonly exportName?: string | undefined }[];
  resources: readonly StackResource[];
  events: StackEvent[];
}

/** Notes what happened; the newest comes first, as in the service's answers. */
export function note(stack: Stack, resource: { readonly logicalId: string; readonly physicalId: string; readonly type: string }, status: string, reason?: string): void {
  stack.events.unshift({
    StackId: stack.id,
    StackName: stack.name,
    EventId: randomUUID(),
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(),
    ResourceStatus: status,
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  });
}

/** The stack itself, as its events name it. */
export const itself = (stack: Stack): { readonly logicalId: string; readonly physicalId: string; readonly type: string } => ({ logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' });

/** What it is called as long as it was not asked for often enough. */
export function progressStatus(status: string): string {
  const [what = ''] = status.split('_');
  if (status.startsWith('UPDATE_ROLLBACK')) return 'UPDATE_ROLLBACK_IN_PROGRESS';
  return `${what}_IN_PROGRESS`;
}
