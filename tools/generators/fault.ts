import { addImport, create, edit, type Item, type Names, namesOf, type Tree } from './tree.ts';

const code = ({ kebab, camel, pascal, title }: Names) => `import { PodscopeError } from '@podscope/core';
import { defineFault } from '../../defineFault.ts';

/** Parameters of {@link ${camel}}. */
export interface ${pascal}Params {
  readonly deployment: string;
  /** How many replicas are left. */
  readonly replicas: number;
}

/** ${title}: a beginning that scales a deployment. Say here what yours does. */
export const ${camel} = defineFault({
  kind: '${kebab}',
  title: '${title}',
  check(params: ${pascal}Params) {
    if (params.deployment !== '' && Number.isSafeInteger(params.replicas) && params.replicas >= 0) return;
    throw new PodscopeError('FAULT_BAD_PARAMETERS', '${kebab} needs a deployment and a whole number of replicas, 0 or more.', {
      hint: 'For example { deployment: "frontend", replicas: 1 }.',
    });
  },
  async observe(target, params) {
    return { replicas: await target.replicas(params.deployment) };
  },
  plan: (before, params) => ({
    changes: [
      {
        kind: 'deployment',
        name: params.deployment,
        action: before.replicas === params.replicas ? 'none' : 'update',
        reason: \`replicas \${before.replicas} → \${params.replicas}\`,
        desired: { replicas: params.replicas },
      },
    ],
  }),
  inject: (target, params) => target.setReplicas(params.deployment, params.replicas),
  async verify(target, params) {
    const replicas = await target.replicas(params.deployment);
    return { present: replicas === params.replicas, findings: [\`\${params.deployment} asks for \${replicas} replicas\`] };
  },
  async foreignChanges(target, params, before) {
    const replicas = await target.replicas(params.deployment);
    if (replicas === params.replicas || replicas === before.replicas) return [];
    return [\`\${params.deployment} has \${replicas} replicas; the fault had set \${params.replicas}, and before it were \${before.replicas}\`];
  },
  async revert(target, params, before) {
    if ((await target.replicas(params.deployment)) !== before.replicas) await target.setReplicas(params.deployment, before.replicas);
  },
});
`;

const test = ({ camel }: Names) => `import { expect, it } from 'vitest';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { ${camel} } from './index.ts';

it('is there after the injection and gone after the revert, also the second one', async () => {
  const target = memoryTarget();
  const fault = ${camel}({ deployment: 'frontend', replicas: 1 });
  const before = await fault.observe(target);
  expect(fault.plan(before).changes).toMatchObject([{ action: 'update', name: 'frontend' }]);
  await fault.inject(target, before);
  expect(await fault.verify(target, before)).toMatchObject({ present: true });
  await fault.revert(target, before);
  await fault.revert(target, before);
  expect(target.deployments.get('frontend')).toBe(3);
  expect(await fault.verify(target, before)).toMatchObject({ present: false });
});

it('tells what somebody else changed since', async () => {
  const target = memoryTarget();
  const fault = ${camel}({ deployment: 'frontend', replicas: 1 });
  const before = await fault.observe(target);
  await fault.inject(target, before);
  await target.setReplicas('frontend', 7);
  expect(await fault.foreignChanges(target, before)).toHaveLength(1);
});

it('refuses parameters that make no sense', () => {
  expect(() => ${camel}({ deployment: '', replicas: 1 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
});
`;

const page = ({ kebab, camel, title }: Names) => `# ${kebab}

${title}. Say here what it does and why that is worth knowing.

\`\`\`ts
import { ${camel} } from '@podscope/fault-injectors';

${camel}({ deployment: 'frontend', replicas: 1 });
\`\`\`

- **Symptom:** fewer replicas than before.
- **Blast radius:** one deployment's replica count.
- **Revert:** sets the count from before. Refuses when the count is neither the fault's nor the one from before.
`;

/** Makes a fault that works and is registered everywhere; its author then changes what it does. */
export default function fault(tree: Tree, item: Item): () => void {
  const names = namesOf(item);
  const { kebab, camel, pascal, title } = names;
  const library = 'packages/fault-injectors';
  create(tree, `${library}/src/faults/${kebab}`, { 'index.ts': code(names), [`${camel}.test.ts`]: test(names), 'README.md': page(names) });
  addImport(tree, `${library}/src/faults/catalogue.ts`, `import { ${camel} } from './${kebab}/index.ts';`);
  edit(tree, `${library}/src/faults/catalogue.ts`, /(faultCatalogue[^=]*= \[)([^\]]*)\];/, (_all, start, list) => `${start}${list}, ${camel}];`);
  edit(tree, `${library}/src/index.ts`, /^export \{ faultCatalogue \}.*\n/m, (line) => `${line}export { ${camel} } from './faults/${kebab}/index.ts';\nexport type { ${pascal}Params } from './faults/${kebab}/index.ts';\n`);
  edit(tree, `${library}/README.md`, /(?:^\| \[[a-z-]+\]\(src\/faults\/.*\n)+/m, (rows) => `${rows}| [${kebab}](src/faults/${kebab}/README.md) | ${title} |\n`);
  const presets = 'apps/workshop/src/hunts/faultPresets.ts';
  edit(tree, presets, /^import \{ (.*) \} from '@podscope\/fault-injectors';/m, (_all, list) => `import { ${list}, ${camel} } from '@podscope/fault-injectors';`);
  edit(tree, presets, /(faultPresets: readonly FaultPreset\[\] = \[[\s\S]*?)\n\];/, (_all, start) => `${start}
  {
    kind: ${camel}.kind,
    description: '${title}',
    draw: (random) => ${camel}({ deployment: 'frontend', replicas: random.integer(1, 2) }),
  },
];`);
  return () => process.stdout.write(`\nNow: change what it does, run its tests (nx affected -t test), npm run reference, update the export snapshot (CONTRIBUTING.md), and add a changeset.\n`);
}
