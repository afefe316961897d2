import { addImport, create, edit, type Item, type Names, namesOf, type Tree } from './tree.ts';

const code = ({ kebab, camel, pascal, title }: Names) => `import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';

const params = z.object({
  deployment: z.string().min(1).max(253).describe('The Deployment.'),
  replicas: z.int().min(0).max(5_000).describe('How many replicas are left.'),
});

/** Parameters of {@link ${camel}}. */
export type ${pascal}Params = Unchanged<z.input<typeof params>>;

/** ${title}: a beginning that scales a deployment. Say here what yours does. */
export const ${camel} = defineFault({
  id: '${kebab}',
  title: '${title}',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.deployment.replicas.desired is below what it was.',
  targets: {
    system: {
      observe: async (target, { deployment }) => ({ replicas: await target.replicas(deployment) }),
      plan: (before, { deployment, replicas }) => ({
        changes: [
          {
            kind: 'deployment',
            name: deployment,
            action: before.replicas === replicas ? 'none' : 'update',
            reason: \`replicas \${before.replicas} → \${replicas}\`,
            desired: { replicas },
          },
        ],
      }),
      blastRadius: (before, { deployment }) => ({ unit: 'instances', count: before.replicas, of: before.replicas, objects: [], things: [\`deployment:\${deployment}\`] }),
      inject: ({ target, step }, { deployment, replicas }) => step('scale', () => target.setReplicas(deployment, replicas)),
      async verify({ target }, { deployment, replicas }) {
        const asked = await target.replicas(deployment);
        return { symptom: asked === replicas ? 'present' : 'absent', findings: [\`\${deployment} asks for \${asked} replicas\`] };
      },
      async changedSince({ target, before }, { deployment, replicas }) {
        const asked = await target.replicas(deployment);
        if (asked === replicas || asked === before.replicas) return [];
        return [\`\${deployment} has \${asked} replicas; the fault had set \${replicas}, and before it were \${before.replicas}\`];
      },
      async revert({ target, before, step }, { deployment }) {
        if ((await target.replicas(deployment)) !== before.replicas) await step('scale back', () => target.setReplicas(deployment, before.replicas));
      },
      async restored({ target, before }, { deployment }) {
        const asked = await target.replicas(deployment);
        return { symptom: asked === before.replicas ? 'absent' : 'present', findings: [\`\${deployment} asks for \${asked} replicas\`] };
      },
    },
  },
});
`;

const test = ({ camel }: Names) => `import { expect, it } from 'vitest';
import { planFault } from '../../engine/checks.ts';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { ${camel} } from './index.ts';

it('is there after the injection and gone after the revert, also the second one', async () => {
  const target = memoryTarget();
  const fault = ${camel}({ deployment: 'frontend', replicas: 1 });
  expect((await planFault(fault, { target })).plan.changes).toMatchObject([{ action: 'update', name: 'frontend' }]);
  const injected = await injectFault(fault, { target, store: memoryStore() });
  expect(injected.state).toBe('injected');
  await injected.revert();
  await injected.revert();
  expect(target.deployments.get('frontend')).toBe(3);
  expect(await injected.verify()).toMatchObject({ symptom: 'absent' });
});

it('tells what somebody else changed since', async () => {
  const target = memoryTarget();
  const injected = await injectFault(${camel}({ deployment: 'frontend', replicas: 1 }), { target, store: memoryStore() });
  await target.setReplicas('frontend', 7);
  await expect(injected.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('7 replicas')] });
  await injected.revert({ force: true });
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
  edit(tree, `${library}/src/faults/catalogue.ts`, /(faultCatalogue[^=]*= \[)([^\]]*)\];/, (_all, start, list) => `${start}${String(list).replace(/,?\s*$/, '')},\n  ${camel},\n];`);
  edit(tree, `${library}/src/index.ts`, /^export \{ faultCatalogue \}.*\n/m, (line) => `${line}export { ${camel} } from './faults/${kebab}/index.ts';\nexport type { ${pascal}Params } from './faults/${kebab}/index.ts';\n`);
  edit(tree, `${library}/README.md`, /(?:^\| \[[a-z-]+\]\(src\/faults\/.*\n)+/m, (rows) => `${rows}| [${kebab}](src/faults/${kebab}/README.md) | ${title} |\n`);
  const presets = 'apps/workshop/src/hunts/faultPresets.ts';
  edit(tree, presets, /^import \{([^}]*?),?\s*\} from '@podscope\/fault-injectors';/m, (_all, list) => `import {${list}, ${camel},\n} from '@podscope/fault-injectors';`);
  edit(tree, presets, /(faultPresets: readonly FaultPreset\[\] = \[[\s\S]*?)\n\];/, (_all, start) => `${start}
  {
    kind: ${camel}.id,
    description: '${title}',
    draw: (random) => ${camel}({ deployment: 'frontend', replicas: random.integer(1, 2) }),
  },
];`);
  return () => process.stdout.write(`\nNow: change what it does, run its tests (nx affected -t test), npm run reference, update the export snapshot (CONTRIBUTING.md), and add a changeset.\n`);
}
