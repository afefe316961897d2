import type { Draft, ObjectDraft } from '../migrate/draft.ts';
import type { StoredReference } from '../read/storedObject.ts';

/** The reference of a panel. Since Kibana 7.12 its name begins with the panel's index. */
export function panelTarget({ references }: ObjectDraft, { panelRefName }: Draft, index: string): StoredReference | undefined {
  if (typeof panelRefName !== 'string') return undefined;
  return references.find(({ name }) => name === `${index}:${panelRefName}`) ?? references.find(({ name }) => name === panelRefName);
}

/** Takes references away, by their names. */
export function removeReferences({ references }: ObjectDraft, which: (name: string) => boolean): void {
  for (let at = references.length - 1; at >= 0; at -= 1) if (which(references[at]?.name ?? '')) references.splice(at, 1);
}
