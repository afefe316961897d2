import { isOlder, shapeVersion } from '../migrate/version.ts';
import { whyGone } from '../products/gone.ts';
import type { TargetFacts } from '../products/targets.ts';
import type { StoredObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

/** What an import refuses an object for by itself. */
export function importFindings(object: StoredObject, target: string, { types, core }: TargetFacts): readonly Said[] {
  const { type, attributes, rest } = object;
  const facts = Object.hasOwn(types, type) ? types[type] : undefined;
  if (facts === undefined) {
    return [{ rule: 'unsupported-type', path: 'type', what: `${target} has no saved objects of type "${type}"${whyGone(type)}`, fix: 'Leave the object out, and what refers to it, or convert it.' }];
  }
  const said: Said[] = [];
  const version = shapeVersion(object);
  const own = rest['typeMigrationVersion'] === version ? 'typeMigrationVersion' : `migrationVersion.${type}`;
  if (version !== undefined && isOlder(facts.version ?? '0.0.0', version)) {
    const most = facts.version === undefined ? 'knows no versions of that type' : `reads ${facts.version} at most`;
    said.push({ rule: 'version-too-new', path: own, what: `it has the shape of ${version}; ${target} ${most}`, fix: `Convert the object to ${target}.` });
  }
  const { coreMigrationVersion } = rest;
  if (core !== undefined && typeof coreMigrationVersion === 'string' && isOlder(core, coreMigrationVersion)) {
    said.push({ rule: 'version-too-new', path: 'coreMigrationVersion', what: `it comes from a Kibana ${coreMigrationVersion}; ${target} reads none above ${core.replace(/\.99$/u, '')}`, fix: `Convert the object to ${target}.` });
  }
  const unknown = facts.attributes === undefined ? [] : Object.keys(attributes).filter((name) => facts.attributes?.includes(name) !== true);
  // Older shapes have others; the import's own migrations take them away.
  const old = version === undefined || (facts.version !== undefined && isOlder(version, facts.version)) ? ['savedSearchId', 'uiStateJSON', 'useMargins'] : [];
  for (const name of unknown.filter((each) => !old.includes(each))) {
    said.push({ rule: 'unknown-attribute', path: `attributes.${name}`, what: `${target} takes no attribute "${name}" of a ${type}`, fix: 'Take the attribute away.' });
  }
  return said;
}
