import { isJsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import type { Parts } from './parts.ts';

/** What keeps a dashboard's page from opening. */
export function dashboardFindings({ object, inner }: Parts): readonly Said[] {
  const panels = inner['panelsJSON'];
  if (panels !== undefined && !Array.isArray(panels)) return [{ rule: 'bad-inner-json', path: 'attributes.panelsJSON', what: 'attributes.panelsJSON is not a list of panels', fix: 'Export the dashboard again.' }];
  const names = new Map(object.references.map((reference) => [reference.name, reference]));
  return (panels ?? []).flatMap((panel, at): readonly Said[] => {
    const path = `attributes.panelsJSON[${at}]`;
    if (!isJsonObject(panel)) return [{ rule: 'panel-without-target', path, what: 'the panel is not an object', fix: 'Take the panel away.' }];
    const { panelRefName, id, type, embeddableConfig } = panel;
    if (typeof panelRefName === 'string') {
      // Since Kibana 7.12 a panel's references carry its index before them.
      if (names.has(panelRefName) || names.has(`${String(panel['panelIndex'])}:${panelRefName}`)) return [];
      return [{ rule: 'panel-without-target', path: `${path}.panelRefName`, what: `no reference has the name "${panelRefName}": the whole page does not open`, fix: 'Add the reference, or take the panel away.' }];
    }
    if (typeof id === 'string' && typeof type === 'string') return [];
    const byValue = isJsonObject(embeddableConfig) && (isJsonObject(embeddableConfig['savedVis']) || isJsonObject(embeddableConfig['attributes']));
    return byValue ? [] : [{ rule: 'panel-without-target', path, what: 'the panel names nothing that it shows: the whole page does not open', fix: 'Give it a panelRefName with a reference of that name, or take it away.' }];
  });
}
