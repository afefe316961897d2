import { cut, type Problem, type Severity } from '../../lint/problem.ts';
import type { SectionAt } from '../check.ts';
import { placeOf } from '../source.ts';
import { type FluentBitRule, RULES } from './rules.ts';

/** One kind of problems in a configuration. */
export type Check<Input> = (input: Input, report: Report) => void;
/** Notes a problem of a section, or of one of its options. */
export type Report = (rule: FluentBitRule, at: SectionAt, option: string | undefined, message: string, hint?: string, severity?: Severity) => void;

/** A report that fills a list. */
export function reportInto(problems: Problem<FluentBitRule>[]): Report {
  return (rule, at, option, message, hint, severity = RULES[rule].severity) => {
    const place = placeOf(at.section);
    const line = option === undefined ? place?.line : (place?.lines[option.toLowerCase()] ?? place?.line);
    problems.push({
      rule,
      severity,
      at: { ...(place?.file === undefined ? {} : { file: place.file }), ...(line === undefined ? {} : { line }), path: option === undefined ? at.path : `${at.path}.${option}` },
      message: cut(message),
      ...(hint === undefined ? {} : { hint: cut(hint) }),
    });
  };
}
