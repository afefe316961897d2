import { attributesOf, draftOf, isDraft } from '../migrate/draft.ts';
import { asText } from '../read/asText.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import type { Note } from './change.ts';
import { panelTarget, removeReferences } from './panelReferences.ts';

/** A dashboard without the panels that show what the target refuses: the page would not open. Others stay as they are. */
export function withoutRefusedPanels(object: StoredObject, refuses: (type: string, id: string) => boolean, note: Note): StoredObject {
  if (object.type !== 'dashboard' || !object.references.some(({ type, id }) => refuses(type, id))) return object;
  const draft = draftOf(object);
  const before = draft.panels?.length ?? 0;
  draft.panels = draft.panels?.filter((panel) => {
    const index = isDraft(panel) ? asText(panel['panelIndex']) : '';
    const target = isDraft(panel) ? panelTarget(draft, panel, index) : undefined;
    if (target === undefined || !refuses(target.type, target.id)) return true;
    removeReferences(draft, (name) => name.startsWith(`${index}:`) || name === target.name);
    note('panel-dropped', `panel ${index} shows ${target.type} "${target.id}"`);
    return false;
  });
  if (draft.panels === undefined || draft.panels.length === before) return object;
  return { ...object, attributes: attributesOf(draft) as JsonObject, references: draft.references };
}
