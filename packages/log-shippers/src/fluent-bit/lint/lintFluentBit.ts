import type { Problem } from '../../lint/problem.ts';
import { type SectionAt, sectionsOf } from '../check.ts';
import type { FluentBitConfig } from '../model.ts';
import { checkDelivery, checkPositions } from './delivery.ts';
import { checkKubernetes, checkParsers, type ParserKnowledge } from './parsers.ts';
import { type Report, reportInto } from './report.ts';
import type { FluentBitRule } from './rules.ts';
import { checkHiddenSecrets, checkSection } from './sections.ts';
import { checkTags } from './tags.ts';

/**
 * Problems of a configuration that Fluent Bit's own dry run doesn't see, and those that it does. {@link RULES} says what each is about.
 *
 * @param knowledge Names of parsers in other files. A configuration with a parsers file or includes is not asked about parsers without it,
 * since nobody knows what is in there. One that is a part of another isn't asked for what that other may have; without a service section
 * and without inputs or outputs it can be nothing else.
 */
export function lintFluentBit(config: FluentBitConfig, knowledge: ParserKnowledge = {}): readonly Problem<FluentBitRule>[] {
  const problems: Problem<FluentBitRule>[] = [];
  const sections = sectionsOf(config);
  const of = (list: SectionAt['list']): readonly SectionAt[] => sections.filter((at) => at.list === list);
  const [inputs, filters, outputs] = [of('inputs'), of('filters'), of('outputs')];
  const isPart = knowledge.isPart === true || (config.service === undefined && (inputs.length === 0 || outputs.length === 0));
  const all = reportInto(problems);
  const report: Report = (rule, ...about) => {
    if (!isPart || !ELSEWHERE.has(rule)) all(rule, ...about);
  };
  const hasPluginsFile = config.service?.plugins_file !== undefined || config.sections?.['plugins'] !== undefined;
  for (const at of sections) {
    checkSection(at, { hasPluginsFile }, report);
    checkHiddenSecrets(at, report);
  }
  const service: SectionAt = of('service')[0] ?? { list: 'service', path: 'service', section: {} };
  checkParsers(config, sections, knowledge, report);
  checkKubernetes(config, inputs, filters, report);
  checkPositions(inputs, report);
  // What an included file adds can't be known here.
  if (config.includes === undefined) checkTags(inputs, filters, outputs, service, report);
  checkDelivery(config, inputs, outputs, service, report);
  return problems;
}

/** What the file that includes another may have. */
const ELSEWHERE: ReadonlySet<FluentBitRule> = new Set(['unknown-parser', 'filter-matches-nothing', 'output-matches-nothing', 'tag-without-output', 'missing-storage-path']);
