import { isSecretReference } from '../../secrets/secretReference.ts';
import { nearest } from '../../lint/problem.ts';
import type { SectionAt } from '../check.ts';
import { findOption, pluginNames, type PluginKind } from '../known.ts';
import { flat } from '../model.ts';
import { optionsFor, STRUCTURAL } from '../shape.ts';
import { fromEnvironment, valueProblem } from '../values.ts';
import type { Report } from './report.ts';

const PLUGINS: ReadonlySet<string> = new Set(['inputs', 'filters', 'outputs', 'processors', 'customs']);
/** Plugins of our own making are allowed to have any name: a plugins file loads them. */
export interface SectionChecks {
  readonly hasPluginsFile: boolean;
}

/** What one section says by itself: names, values, what is missing, secrets. */
export function checkSection(at: SectionAt, { hasPluginsFile }: SectionChecks, report: Report): void {
  const { list, section } = at;
  const name = section['name'];
  if (PLUGINS.has(list)) {
    if (typeof name !== 'string') return report('missing-option', at, 'name', 'This section names no plugin.');
    const known = pluginNames(list as PluginKind);
    if (!known.includes(name) && !fromEnvironment(name)) {
      if (hasPluginsFile) return;
      const meant = nearest(name, known);
      return report('unknown-plugin', at, 'name', `Fluent Bit has no ${list.replace(/s$/, '')} named ${JSON.stringify(name)}.`, meant === undefined ? undefined : `Did you mean ${meant}?`);
    }
  }
  const options = optionsFor(list, section);
  if (options === undefined) return;
  const settings = flat(section);
  for (const [key, value] of Object.entries(settings)) {
    if (STRUCTURAL.has(key) || value === undefined) continue;
    const found = findOption(options, key);
    if (found === undefined) {
      const meant = nearest(key, Object.keys(options));
      report('unknown-option', at, key, `${String(name ?? list)} has no option ${key}.`, meant === undefined ? undefined : `Did you mean ${meant}?`);
      continue;
    }
    const [, option] = found;
    if (option.deprecated !== undefined) report('deprecated-option', at, key, `${key}: ${option.deprecated}`);
    const problem = key === 'retry_limit' ? retryProblem(value) : valueProblem(option, value);
    if (problem !== undefined) report('bad-value', at, key, `${key}: ${problem.message}`, problem.hint);
    else if (option.secret === true && !isSecretReference(value) && !fromEnvironment(value)) report('secret-in-plain-text', at, key, `${key} stands here in plain text.`, "Use fromSecret('name', 'key'), or ${VARIABLE} in the file.");
  }
  for (const [key, option] of Object.entries(options)) if (option.required === true && settings[key] === undefined) report('missing-option', at, key, `${String(name ?? list)} needs ${key}.`);
}

const RETRY_WORDS = new Set(['no_limits', 'false', 'off', 'no_retries']);

function retryProblem(value: unknown): { readonly message: string; readonly hint: string } | undefined {
  const text = String(value).toLowerCase();
  if (RETRY_WORDS.has(text) || /^[1-9]\d*$/.test(text) || fromEnvironment(value)) return undefined;
  return { message: `${JSON.stringify(value)} is no number of retries: the program would take 1.`, hint: 'A number from 1, or no_retries.' };
}

/** Options whose text can hold a secret without being one: a header, a URL. */
const HEADER = /^(authorization|x-api-key|api-key|x-auth-token)\s+(\S.*)$/i;

/** Secrets where no option is made for one: headers and addresses. */
export function checkHiddenSecrets(at: SectionAt, report: Report): void {
  for (const [key, value] of Object.entries(flat(at.section))) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each !== 'string' || fromEnvironment(each)) continue;
      if (key.toLowerCase() === 'header' && HEADER.test(each)) report('secret-in-plain-text', at, key, 'A header with a secret stands here in plain text.', 'Put the value into ${VARIABLE}.');
      else if (/^\w+:\/\/[^/@\s:]+:[^/@\s]+@/.test(each)) report('secret-in-plain-text', at, key, `${key} has a user and a password in its address.`, 'Give them by options of their own, out of ${VARIABLE}.');
    }
  }
}
