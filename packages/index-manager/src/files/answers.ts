import type { SetupSection } from '../validate/sections.ts';
import type { Located, LocatedObject } from './tree.ts';

/** What servers answer a GET of one thing with: the list, and the member of its only entry that is the thing. */
const LISTS: Partial<Readonly<Record<SetupSection, readonly [list: string, member: string]>>> = {
  componentTemplates: ['component_templates', 'component_template'],
  indexTemplates: ['index_templates', 'index_template'],
};

/** What stands beside `policy` in what is sent and answered. */
const BESIDE_POLICY = new Set(['policy', '_id', '_version', '_seq_no', '_primary_term', 'version', 'modified_date', 'in_use_by']);

/**
 * The body in a file that holds a server's answer to a GET of the thing that the file is called after, or a request's
 * `{"policy": …}`; anything else as it is.
 */
export function bodyIn(section: SetupSection, name: string, tree: Located): Located {
  const answered = inList(section, name, tree) ?? inName(name, tree) ?? tree;
  return section === 'lifecyclePolicies' ? (inPolicy(answered) ?? answered) : answered;
}

/** `{"component_templates": [{"name": "x", "component_template": …}]}` */
function inList(section: SetupSection, name: string, tree: Located): Located | undefined {
  const [list, member] = LISTS[section] ?? [];
  if (list === undefined || member === undefined) return undefined;
  const items = only(tree, list);
  const item = items?.kind === 'list' && items.items.length === 1 ? items.items[0] : undefined;
  if (item?.kind !== 'object' || item.members.size !== 2) return undefined;
  const called = item.members.get('name')?.value;
  return called?.kind === 'scalar' && called.value === name ? item.members.get(member)?.value : undefined;
}

/** `{"x": …}`. No member of a thing's body has another object with a body's members in it under the thing's own name. */
function inName(name: string, tree: Located): Located | undefined {
  const body = only(tree, name);
  return body?.kind === 'object' && [...BODY_MEMBERS].some((member) => body.members.has(member)) ? body : undefined;
}

const BODY_MEMBERS = new Set(['index_patterns', 'processors', 'policy', 'phases', 'states']);

function inPolicy(tree: Located): LocatedObject | undefined {
  if (tree.kind !== 'object' || ![...tree.members.keys()].every((member) => BESIDE_POLICY.has(member))) return undefined;
  const policy = tree.members.get('policy')?.value;
  return policy?.kind === 'object' ? policy : undefined;
}

/** The member of an object that has no other. */
function only(tree: Located, member: string): Located | undefined {
  return tree.kind === 'object' && tree.members.size === 1 ? tree.members.get(member)?.value : undefined;
}
