import { addImport, create, edit, type Item, type Names, namesOf, type Tree } from './tree.ts';

const index = ({ kebab, camel, title }: Names) => `import { replicaStorm } from '@podscope/fault-injectors';
import { defineHunt, isNumber, isOneOf } from '@podscope/mystery-hunts';
import { cured, symptom } from './checker.ts';
import { drawTruth } from './truth.ts';

const CAUSE = 'Somebody changed its size';

/** ${title}: a beginning in which a deployment has changed its size. Say here what yours is about. */
export const ${camel} = defineHunt({
  id: '${kebab}',
  title: '${title}',
  story: 'Something is not as it was yesterday. Tell here what people noticed, and nothing of the cause.',
  difficulty: 1,
  minutes: 10,
  tasks: ['Find what changed.', 'Bring it back.'],
  dashboards: ['kubernetes', 'overview'],
  drawTruth,
  fault: (truth) => replicaStorm({ deployment: truth.deployment, replicas: truth.replicas }),
  hints: [
    { text: 'Look at the Kubernetes dashboard over the time since the hunt began.', cost: 5 },
    { text: 'Compare the desired replicas of each deployment with those of before.', cost: 10 },
    { text: 'A deployment is brought to another size with "podscope scale <deployment> <replicas>".', cost: 15 },
  ],
  questions: [
    { id: 'deployment', aspect: 'localise', prompt: 'Which deployment changed?', kind: 'text', grade: (answer, truth) => isOneOf(answer, truth.deployment) },
    { id: 'cause', aspect: 'mechanism', prompt: 'What happened to it?', kind: 'choice', choices: ['It crashes again and again', CAUSE, 'Its image is missing'], grade: (answer) => isOneOf(answer, CAUSE) },
    { id: 'asked', aspect: 'scope', prompt: 'How many replicas does it ask for now?', kind: 'text', grade: (answer, truth) => isNumber(answer, truth.replicas) },
  ],
  symptom,
  cured,
  debrief: (truth) => \`\\\`\${truth.deployment}\\\` was scaled to **\${truth.replicas}** replicas.\`,
});
`;

const truth = ({ kebab, pascal }: Names) => `import type { HuntRandom } from '@podscope/mystery-hunts';

/** What an attempt of ${kebab} draws. */
export interface ${pascal}Truth {
  readonly deployment: string;
  readonly replicas: number;
}

/** A size that fits, and that is not the one from before. */
export function drawTruth(random: HuntRandom): ${pascal}Truth {
  return { deployment: 'frontend', replicas: random.integer(8, 36) };
}
`;

const checker = ({ pascal }: Names) => `import type { HuntCheck, HuntFacts } from '@podscope/mystery-hunts';
import { type Evidence, failed, is, lastSeconds, newest, numberAt, passed, servedWithin, since, SUSTAINED_SECONDS } from '../evidence.ts';
import type { PublicState } from '../publicState.ts';
import type { ${pascal}Truth } from './truth.ts';

type Facts = HuntFacts<${pascal}Truth, PublicState>;

const DESIRED = 'kubernetes.deployment.replicas.desired';

function samplesOf(deployment: string) {
  return [is('metricset.name', 'state_deployment'), is('kubernetes.deployment.name', deployment)];
}

/** The index shows the size that the attempt drew. */
export async function symptom(evidence: Evidence, { truth, startedAt }: Facts): Promise<HuntCheck> {
  const found = await newest(evidence, 'metricbeat-*', [...samplesOf(truth.deployment), since(startedAt), is(DESIRED, truth.replicas)], 1);
  return found.length > 0 ? passed('The symptom is in the index.') : failed('The index does not show the symptom since the start of this attempt.');
}

/** The newest two samples show the size from before, and visitors are served. */
export async function cured(evidence: Evidence, { truth, baseline }: Facts): Promise<HuntCheck> {
  const before = baseline.deployments.find((each) => each.name === truth.deployment)?.desired;
  const samples = await newest(evidence, 'metricbeat-*', [...samplesOf(truth.deployment), lastSeconds(SUSTAINED_SECONDS)], 2);
  if (samples.length < 2) return failed('There are no fresh samples of the deployments in the index.');
  if (samples.some((sample) => numberAt(sample, DESIRED) !== before)) return failed('The newest samples in the index do not show the size from before.');
  if ((await servedWithin(evidence, SUSTAINED_SECONDS)) === 0) return failed('Nobody is served: the access logs of the last seconds hold no successful request.');
  return passed('It has its size again, and visitors are served.');
}
`;

const fixes = ({ kebab }: Names) => `import { is, newest, numberAt, since, textAt } from '../evidence.ts';
import { type Rehearsal, type RehearsalSystem, until } from '../rehearsal.ts';

const DESIRED = 'kubernetes.deployment.replicas.desired';
const NORMAL = 3;

async function changed(system: RehearsalSystem): Promise<unknown> {
  const filters = [is('metricset.name', 'state_deployment'), is('kubernetes.deployment.name', 'frontend'), since(system.injectedAt), { range: { [DESIRED]: { gt: NORMAL } } }];
  return (await newest(system, 'metricbeat-*', filters, 1))[0] ?? null;
}

/** Plays ${kebab} by its data. */
export const rehearsal: Rehearsal = {
  notices: async (system) => (await changed(system)) !== null,
  async investigate(system) {
    const sample = await until('a sample that shows the change', 40, () => changed(system));
    return { deployment: textAt(sample, 'kubernetes.deployment.name'), cause: 'Somebody changed its size', asked: String(numberAt(sample, DESIRED)) };
  },
  mistake: (right) => ({ ...right, asked: String(Number(right['asked']) + 1) }),
  bluntFixes: [{ name: 'scaling to zero', because: 'do not show the size from before', apply: ({ control }) => control.scale('frontend', 0) }],
  fixA: ({ control }) => control.scale('frontend', NORMAL),
  async fixB({ control }) {
    await control.scale('frontend', NORMAL);
    await control.restart('deployment/frontend');
  },
};
`;

const page = ({ kebab, title }: Names) => `# ${kebab}

${title}. Drawn: the size.

- **Evidence:** desired replicas in \`metricbeat-*\`.
- **Questions:** which deployment; what happened; how many are asked for.
- **Accepted:** the size from before in the newest two samples, visitors served, and the symptom in the index since the start.
- **Refused:** doing nothing, scaling to zero.
`;

/** Makes a hunt that keeps its contract and is registered everywhere; its author then changes the story. */
export default function hunt(tree: Tree, item: Item): () => void {
  const names = namesOf(item);
  const { kebab, camel, title } = names;
  const folder = 'apps/workshop/src/hunts';
  create(tree, `${folder}/${kebab}`, { 'index.ts': index(names), 'truth.ts': truth(names), 'checker.ts': checker(names), 'fixes.ts': fixes(names), 'README.md': page(names) });
  addImport(tree, `${folder}/catalogue.ts`, `import { ${camel} } from './${kebab}/index.ts';`);
  edit(tree, `${folder}/catalogue.ts`, /(huntCatalogue[^=]*= \[)([^\]]*)\];/, (_all, start, list) => `${start}${list}, ${camel}];`);
  addImport(tree, `${folder}/rehearse.ts`, `import { rehearsal as ${camel} } from './${kebab}/fixes.ts';`);
  edit(tree, `${folder}/rehearse.ts`, /(REHEARSALS[^=]*= \{[\s\S]*?)\n\};/, (_all, start) => `${start}\n  '${kebab}': ${camel},\n};`);
  edit(tree, 'docs/guide/hunts.md', /(?:^\| `[a-z-]+` \| ★.*\n)+/m, (rows) => `${rows}| \`${kebab}\` | ★ | 10 min | ${title} |\n`);
  edit(tree, 'docs/guide/hunts.md', /^## For presenters/m, (heading) => `## ${kebab}\n\nWhat to look at first, without the answer.\n\n${heading}`);
  return () => process.stdout.write(`\nNow: write its story, its checker and its fixes, play it (podscope hunt rehearse ${kebab}), and add a changeset.\n`);
}
