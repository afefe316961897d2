import { COMPATIBILITY, type ShipperFacts } from '../../packages/log-shippers/src/index.ts';

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.map((item) => `\`${item}\``).join(', '));

/** The page about what goes with what, and the traps, as the compatibility data of @podscope/log-shippers has them. */
export function shippersPage(generated: string): string {
  const sections = Object.entries(COMPATIBILITY as Readonly<Record<string, ShipperFacts>>).flatMap(([shipper, { versions, not, traps }]) => [
    `## ${shipper}`,
    ['| version | reads | writes to | sends to |', '| --- | --- | --- | --- |', ...Object.entries(versions).map(([version, facts]) => `| ${version} | ${list(facts.sources)} | ${list(facts.engines)} | ${list(facts.destinations)} |`)].join('\n'),
    ...(Object.keys(not).length === 0 ? [] : [['| not with | because | instead |', '| --- | --- | --- |', ...Object.entries(not).map(([what, { why, instead }]) => `| \`${what}\` | ${cell(why)} | ${cell(instead)} |`)].join('\n')]),
    ...(traps.length === 0 ? [] : ['Traps:', traps.map(({ id, versions: which, what, remedy, source }) => `- **${id}**${which === undefined ? '' : ` (${which})`}: ${what} ${remedy} *Source:* ${source}.`).join('\n')]),
  ]);
  return `${[generated, '# Shippers: what goes with what', 'Each version that `@podscope/log-shippers` writes configurations for: what it reads, which engines it writes to itself, and what else it sends to. Other pairs do not compile, and are refused at synth with SHIPPER_INCOMPATIBLE. A trap is a way to lose data that the program’s own check does not see, with what the generated configuration does about it.', ...sections].join('\n\n')}\n`;
}
