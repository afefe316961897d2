import type { AwsSettings } from '../settings.ts';
import { TAGS } from '../names.ts';
import type { Value } from './template.ts';

/** The tags of everything that is made for an event; of a stack as well, which hands them down. An owner who isn't given is named after the event. */
export function eventTags({ event, owner }: Pick<AwsSettings, 'event' | 'owner'>, expiresAt: Date): Readonly<Record<string, string>> {
  return { [TAGS.event]: event, [TAGS.owner]: owner ?? event, [TAGS.expires]: expiresAt.toISOString() };
}

/** Tags as most types of CloudFormation take them, with a `Name` for those that consoles show by it. */
export function tagList(tags: Readonly<Record<string, string>>, name?: string): readonly Value[] {
  return Object.entries(name === undefined ? tags : { Name: name, ...tags }).map(([Key, Value]) => ({ Key, Value }));
}
