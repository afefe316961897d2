import { asText } from '../read/asText.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts } from './parts.ts';
import { hasPlaces } from './shape.ts';

/** What keeps a dashboard's page from opening, or leaves a panel out. */
export function dashboardFindings(parts: Parts): readonly Said[] {
  const { object, inner } = parts;
  const panels = inner['panelsJSON'];
  if (panels !== undefined && !Array.isArray(panels)) return [{ rule: 'bad-inner-json', path: 'attributes.panelsJSON', what: 'attributes.panelsJSON is not a list of panels', fix: 'Export the dashboard again.' }];
  const names = new Map(object.references.map((reference) => [reference.name, reference]));
  const targets = (panels ?? []).flatMap((panel, at): readonly Said[] => {
    const path = `attributes.panelsJSON[${at}]`;
    if (!isJsonObject(panel)) return [{ rule: 'panel-without-target', path, what: 'the panel is not an object', fix: 'Take the panel away.' }];
    const { panelRefName, id, type, embeddableConfig } = panel;
    if (typeof panelRefName === 'string') {
      // Since Kibana 7.12 a panel's references carry its index before them.
      if (names.has(panelRefName) || names.has(`${asText(panel['panelIndex'])}:${panelRefName}`)) return [];
      return [{ rule: 'panel-without-target', path: `${path}.panelRefName`, what: `no reference has the name "${panelRefName}": the whole page does not open`, fix: 'Add the reference, or take the panel away.' }];
    }
    if (typeof id === 'string' && typeof type === 'string') return [];
    const byValue = isJsonObject(embeddableConfig) && (isJsonObject(embeddableConfig['savedVis']) || isJsonObject(embeddableConfig['attributes']));
    return byValue ? [] : [{ rule: 'panel-without-target', path, what: 'the panel names nothing that it shows: the whole page does not open', fix: 'Give it a panelRefName with a reference of that name, or take it away.' }];
  });
  return [...targets, ...placeFindings(objectsIn(panels), hasPlaces(parts))];
}

/** Panels are kept by their index, and laid out by their grid data (src/plugins/dashboard/public/application/embeddable/grid). */
function placeFindings(panels: readonly JsonObject[], placed: boolean): readonly Said[] {
  const seen = new Set<string>();
  return panels.flatMap(({ panelIndex, gridData }, at): readonly Said[] => {
    const path = `attributes.panelsJSON[${at}]`;
    const index = asText(panelIndex);
    const twice = panelIndex !== undefined && seen.has(index);
    seen.add(index);
    return [
      ...(twice ? [{ rule: 'duplicate-panel', path: `${path}.panelIndex`, what: `another panel before it has the index "${index}"`, fix: 'Give it another panelIndex.' } as const] : []),
      ...(placed && !isPlace(gridData) ? [{ rule: 'bad-layout', path: `${path}.gridData`, what: 'the panel has no place: the whole page does not open', fix: 'Give gridData with x, y, w and h, as numbers on 48 columns.' } as const] : []),
    ];
  });
}

function isPlace(value: Json | undefined): boolean {
  return isJsonObject(value) && ['x', 'y', 'w', 'h'].every((name) => typeof value[name] === 'number');
}
