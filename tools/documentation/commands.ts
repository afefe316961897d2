import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Pages whose commands tools/documentation/commands.system.test.ts runs one after the other, in this order. */
export const executedPages = ['docs/guide/README.md', 'docs/guide/kubernetes.md', 'docs/guide/opensearch.md', 'docs/guide/indices.md', 'docs/guide/hunts.md', 'README.md'] as const;

/** A command of another page, and the test that runs it. */
interface Covered {
  readonly page: RegExp;
  readonly command: RegExp;
  /** The file of the test, and what stands in it where the command is run. */
  readonly by: readonly [file: string, text: string];
}

/** Commands that other lanes run. */
export const coveredElsewhere: readonly Covered[] = [
  { page: /^packages\/[^/]+\/README\.md$/, command: /^npm install( @[\w/-]+)+$/, by: ['tools/release/packages.release.test.ts', "['install', '--no-audit'"] },
  { page: /^examples\/[^/]+\/README\.md$/, command: /^npm install$/, by: ['tools/release/packages.release.test.ts', "['install', '--no-audit'"] },
  { page: /^examples\/[^/]+\/README\.md$/, command: /^npm start$/, by: ['tools/release/packages.release.test.ts', "['start', '--silent']"] },
  { page: /^examples\/index-manager-plan\/README\.md$/, command: /^npm start -- http:\/\/localhost:9200$/, by: ['tools/release/packages.release.test.ts', "['start', '--silent', '--', server.url]"] },
  { page: /^docs\/guide\/build-a-visualization\.md$|^apps\/workshop\/README\.md$/, command: /^(?:npm init -y|npm pkg set type=module|npm install( @[\w/-]+)+|npx @podscope\/workshop up)$/, by: ['tools/release/outside.release.test.ts', "['@podscope/workshop', 'up'"] },
  { page: /^apps\/guestbook\/README\.md$/, command: /^(?:redis-server --port 6379 &|node --conditions=@podscope\/source src\/standalone\.ts .*)$/, by: ['tools/documentation/standalone.redis.test.ts', "'apps/guestbook/README.md'"] },
  // The lanes are what runs these tests.
  { page: /^CONTRIBUTING\.md$/, command: /^npm (?:test(?: -- unit policy)?|run test:(?:soak|cluster))$/, by: ['tools/lanes/lanes.policy.test.ts', 'chooseLanes'] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run -s conformance:index-manager -- --help$/, by: ['tools/conformance/index-manager/conformance.opensearch.test.ts', "await run('--help')"] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run -s conformance:log-shippers -- --help$/, by: ['tools/conformance/log-shippers/main.test.ts', "await run('--help')"] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run -s conformance:saved-objects -- --help$/, by: ['tools/conformance/saved-objects/roundTrip.policy.test.ts', "await command('--help')"] },
  { page: /^docs\/guide\/dashboards-as-code\.md$/, command: /^npm run -s conformance:saved-objects -- \.\/exports$/, by: ['tools/conformance/saved-objects/roundTrip.policy.test.ts', "await command(work, '--json')"] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run images$/, by: ['tools/images/images.policy.test.ts', 'npm run images'] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run policies$/, by: ['tools/policies/section.policy.test.ts', 'npm run policies'] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run shapes$/, by: ['tools/shapes/shapes.policy.test.ts', 'npm run shapes'] },
  // These take long, or are for people; that the script is there is checked with the policy.
  { page: /^CONTRIBUTING\.md$/, command: /^npm run (?:bench|screenshot|reference|golden|build|nx -- .*)$/, by: ['package.json', '"reference"'] },
  { page: /^(?:CONTRIBUTING|docs\/guide\/your-own-visualizations)\.md$/, command: /^npm run (?:previews|nx -- g \.\/tools\/generators\/generators\.json:visualization [a-z-]+)$/, by: ['tools/generators/generators.policy.test.ts', "generate('visualization'"] },
  { page: /^docs\/guide\/shippers\.md$/, command: /^npm run -s podscope -- manifests (?:synth|diff|lint) /, by: ['apps/workshop/src/commands/manifests/manifests.test.ts', "'diff', deploy, ...ENDPOINT"] },
  { page: /^docs\/guide\/kubernetes-target\.md$/, command: /^podscope (?:up --target kubernetes|open dashboards|status|down)/, by: ['apps/workshop/src/commands/kubernetes/kubernetes.shippers.test.ts', "'up', '--target', 'kubernetes', '--context', CONTEXT"] },
  { page: /^docs\/guide\/kubernetes-target\.md$/, command: /^podscope (?:open console|hunt (?:start|rehearse))/, by: ['apps/workshop/src/targets/kubernetes/session/hunts.target.test.ts', "'open', 'console', '--target', 'kubernetes', '--detach'"] },
  { page: /^docs\/guide\/aws-target\.md$/, command: /^podscope up --target aws --policy\b/, by: ['apps/workshop/src/commands/aws/policy.test.ts', "'./policies', '--event', 'reinvent'"] },
  { page: /^docs\/guide\/aws-target\.md$/, command: /^podscope up --target aws /, by: ['apps/workshop/src/commands/aws/aws.aws.test.ts', "'up', '--target', 'aws', '--event', 'dry'"] },
  { page: /^docs\/guide\/aws-target\.md$/, command: /^podscope (?:status|down) --target aws$/, by: ['apps/workshop/src/commands/aws/aws.aws.test.ts', "'down', '--target', 'aws', '--event', 'cli'"] },
  { page: /^docs\/guide\/aws-costs\.md$/, command: /^podscope up --target aws --estimate /, by: ['apps/workshop/src/commands/aws/estimate.test.ts', "'--region', 'us-east-1', '--hours', '10'"] },
  { page: /^docs\/guide\/aws-runbook\.md$/, command: /^podscope up --target aws .* --dry-run$/, by: ['apps/workshop/src/commands/aws/dryRun.aws.test.ts', "'--event', 'reinvent', '--dry-run'"] },
  // They want what no machine of ours has: a registry, and a cluster with a container runtime.
  { page: /^docs\/guide\/kubernetes-target\.md$/, command: /^docker (?:build|push) /, by: ['apps/guestbook/Dockerfile', 'FROM'] },
  { page: /^docs\/guide\/kubernetes-target\.md$/, command: / npm run test:cluster$/, by: ['apps/workshop/src/commands/kubernetes/system.cluster.test.ts', 'PODSCOPE_TEST_CONTEXT'] },
  { page: /^CONTRIBUTING\.md$/, command: /^npm run fields$/, by: ['tools/fields/ecsModules.test.ts', 'run "npm run fields"'] },
];

/** The commands of a page's `sh` blocks, without comments. */
export async function commandsOf(root: string, page: string): Promise<readonly string[]> {
  const text = await readFile(join(root, page), 'utf8');
  return [...text.matchAll(/^[ \t]*```sh\n([\s\S]*?)^[ \t]*```/gm)].flatMap((match) =>
    (match[1] ?? '').split('\n').map((line) => line.replace(/\s+# .*$/, '').trim()).filter((line) => line !== ''),
  );
}
