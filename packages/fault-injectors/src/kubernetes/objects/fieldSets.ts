/**
 * Sets of fields as `metadata.managedFields` writes them: a tree whose keys are the steps of a path (`f:spec`, `k:{"name":"php"}`, `v:"x"`),
 * where an empty node, or one that has the key `.`, is a member of the set.
 *
 * Source: sigs.k8s.io/structured-merge-diff/v6/fieldpath/serialize.go
 */
export type FieldTree = { readonly [step: string]: FieldTree };

/** One member of a set: its steps, as JSON. */
export type FieldPath = string;

/** The members of a tree. */
export function fieldsIn(tree: FieldTree): ReadonlySet<FieldPath> {
  const found = new Set<FieldPath>();
  const walk = (node: FieldTree, path: readonly string[]): void => {
    const steps = Object.keys(node);
    if (path.length > 0 && (steps.length === 0 || steps.includes('.'))) found.add(JSON.stringify(path));
    for (const step of steps) if (step !== '.') walk(node[step] as FieldTree, [...path, step]);
  };
  walk(tree, []);
  return found;
}

/** The tree of some members. */
export function treeOf(fields: Iterable<FieldPath>): FieldTree {
  interface Node {
    member: boolean;
    readonly below: Map<string, Node>;
  }
  const root: Node = { member: false, below: new Map() };
  for (const field of fields) {
    let node = root;
    for (const step of JSON.parse(field) as readonly string[]) {
      const next = node.below.get(step) ?? { member: false, below: new Map<string, Node>() };
      node.below.set(step, next);
      node = next;
    }
    node.member = true;
  }
  const written = ({ member, below }: Node): FieldTree => ({
    ...(member && below.size > 0 ? { '.': {} } : {}),
    ...Object.fromEntries([...below].sort(([one], [other]) => (one < other ? -1 : 1)).map(([step, node]) => [step, written(node)])),
  });
  return written(root);
}
