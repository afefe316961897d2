import type { Problem } from '../../lint/problem.ts';
import { type SectionAt, sectionsOf } from '../check.ts';
import type { FluentBitConfig } from '../model.ts';
import { checkDelivery, checkPositions } from './delivery.ts';
import { checkKubernetes, checkParsers, type ParserKnowledge } from './parsers.ts';
import { reportInto } from './report.ts';
import type { FluentBitRule } from './rules.ts';
import { checkHiddenSecrets, checkSection } from './sections.ts';
import { checkTags } from './tags.ts';

/**
 * Problems of a configuration that Fluent Bit's own dry run doesn't see, and those that it does. {@link RULES} says what each is about.
 *
 * @param knowledge Names of parsers in other files. A configuration with a parsers file or includes is not asked about parsers without it,
 * since nobody knows what is in there.
 */
export function lintFluentBit(config: FluentBitConfig, knowledge: ParserKnowledge = {}): readonly Problem<FluentBitRule>[] {
  const problems: Problem<FluentBitRule>[] = [];
  const report = reportInto(problems);
  const sections = sectionsOf(config);
  const of = (list: SectionAt['list']): readonly SectionAt[] => sections.filter((at) => at.list === list);
  const [inputs, filters, outputs] = [of('inputs'), of('filters'), of('outputs')];
  const hasPluginsFile = config.service?.plugins_file !== undefined || config.sections?.['plugins'] !== undefined;
  for (const at of sections) {
    checkSection(at, { hasPluginsFile }, report);
    checkHiddenSecrets(at, report);
  }
  checkParsers(config, sections, knowledge, report);
  checkKubernetes(config, inputs, filters, report);
  checkPositions(inputs, report);
  // What an included file adds can't be known here.
  if (config.includes === undefined) checkTags(inputs, filters, outputs, report);
  checkDelivery(config, inputs, outputs, of('service')[0] ?? { list: 'service', path: 'service', section: {} }, report);
  return problems;
}
