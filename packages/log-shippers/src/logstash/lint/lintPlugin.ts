import { distance } from 'fastest-levenshtein';
import { nearest } from '../../lint/problem.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import type { LogstashConfig } from '../config.ts';
import type { PlacedPlugin } from '../eachPlugin.ts';
import type { LogstashValue } from '../language/model.ts';
import { isHash } from '../language/parseValue.ts';
import { knownOptions, knownPlugins, type PluginKind } from '../plugins.ts';
import { wrongValue } from '../wrongValue.ts';
import type { Report } from './lintLogstash.ts';

const SECRET_NAME = /(?:^|_)(?:password|passphrase|secret|secret_key|secret_access_key|api_key|token|cloud_auth)$/;
const VARIABLE = /\$\{[A-Za-z_][\w.]*(?::[^}]*)?\}/;

/** What is wrong with one plugin and its options. */
export function lintPlugin(placed: PlacedPlugin, config: LogstashConfig, report: Report): void {
  const { section, plugin, path } = placed;
  const lineOf = (name: string): number | undefined => plugin.layout?.attributes.find((attribute) => attribute.name === name)?.line ?? plugin.layout?.line;
  lintOptions(section, plugin.plugin, plugin.options, path, lineOf, report);
  const codec = plugin.options['codec'];
  if (typeof codec === 'string') lintOptions('codec', codec, {}, `${path}.codec`, () => lineOf('codec'), report);
  else if (typeof codec === 'object' && '$codec' in codec && typeof codec['$codec'] === 'string') {
    lintOptions('codec', codec['$codec'], codec['options'] as Readonly<Record<string, LogstashValue>>, `${path}.codec`, () => lineOf('codec'), report);
  }
  if (section === 'output' && (plugin.plugin === 'opensearch' || plugin.plugin === 'elasticsearch')) lintOpenSearch(placed, config, lineOf, report);
}

function lintOptions(kind: PluginKind, plugin: string, options: Readonly<Record<string, LogstashValue>>, path: string, lineOf: (name: string) => number | undefined, report: Report): void {
  const known = knownOptions(kind, plugin);
  if (known === undefined) {
    if (!knownPlugins(kind).includes(plugin)) {
      const meant = nearest(plugin, knownPlugins(kind));
      // Others can be installed (bin/logstash-plugin): only what looks like a slip is surely wrong.
      if (meant === undefined || distance(meant, plugin) > 2) report('unknown-plugin', { path, line: lineOf('') }, `Logstash does not come with the ${kind} ${plugin}.`, 'If the image has it, that is well; nobody checks its options then.', 'warning');
      else report('unknown-plugin', { path, line: lineOf('') }, `There is no ${kind} ${plugin}.`, `Did you mean ${meant}?`);
    }
    lintSecrets(options, path, lineOf, report);
    return;
  }
  for (const [name, value] of Object.entries(options)) {
    const at = { path: `${path}.${name}`, line: lineOf(name) };
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) {
      const meant = nearest(name, Object.keys(known));
      report('unknown-option', at, `The ${kind} ${plugin} has no option ${name}.`, meant === undefined ? undefined : `Did you mean ${meant}?`);
      continue;
    }
    if (option.deprecated !== undefined) report('deprecated-option', at, `${name} is going or gone.`, option.deprecated === '' ? undefined : `Use ${option.deprecated}.`);
    // Logstash takes a number as text, and makes one of it.
    const isNumeral = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) && ['number', 'integer', 'port'].includes(option.type);
    const wrong = isNumeral ? undefined : wrongValue(option, value);
    if (wrong !== undefined) report('bad-value', at, wrong.message, wrong.hint);
    if (option.secret === true && isPlain(value)) report('secret-in-plain-text', at, `${name} stands in plain text.`, 'Give fromSecret(…), written "${NAME}".');
  }
  for (const [name, option] of Object.entries(known)) {
    if (option.required === true && option.default === undefined && !Object.hasOwn(options, name)) report('missing-option', { path, line: lineOf('') }, `The ${kind} ${plugin} needs ${name}.`);
  }
  lintSecrets(Object.fromEntries(Object.entries(options).filter(([name]) => known[name]?.secret !== true)), path, lineOf, report);
}

function isPlain(value: LogstashValue): boolean {
  return typeof value === 'string' && value !== '' && !VARIABLE.test(value);
}

/** Secrets by their names, in hashes too, and in addresses. */
function lintSecrets(options: Readonly<Record<string, LogstashValue>>, path: string, lineOf: (name: string) => number | undefined, report: Report): void {
  const look = (value: LogstashValue, name: string, at: string, line: number | undefined): void => {
    if (typeof value === 'string') {
      if (SECRET_NAME.test(name) && isPlain(value)) report('secret-in-plain-text', { path: at, line }, `${name} stands in plain text.`, 'Give fromSecret(…), written "${NAME}".');
      const userInfo = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:([^/\s@]+)@/i.exec(value)?.[1];
      if (userInfo !== undefined && !VARIABLE.test(userInfo)) report('secret-in-plain-text', { path: at, line }, `The address in ${name} has a password in it.`, 'Use the options user and password.');
    } else if (Array.isArray(value)) for (const item of value as readonly LogstashValue[]) look(item, name, at, line);
    else if (typeof value === 'object' && !isSecretReference(value) && isHash(value)) for (const [key, item] of Object.entries(value)) look(item, key, `${at}.${key}`, line);
  };
  for (const [name, value] of Object.entries(options)) look(value, name, `${path}.${name}`, lineOf(name));
}

/** Serverless refuses ids. */
function isServerless(auth: LogstashValue | undefined): boolean {
  return typeof auth === 'object' && isHash(auth) && auth['service_name'] === 'aoss';
}

function lintOpenSearch({ plugin, path }: PlacedPlugin, config: LogstashConfig, lineOf: (name: string) => number | undefined, report: Report): void {
  const { options } = plugin;
  const here = { path, line: lineOf('') };
  if (plugin.plugin === 'opensearch' && options['manage_template'] !== false && options['template'] === undefined) {
    report('template-is-managed', here, 'The output installs an index template of its own.', 'manage_template => false');
  }
  const pipelineMode = config.settings['pipeline.ecs_compatibility'];
  if (options['ecs_compatibility'] === undefined && pipelineMode === undefined && plugin.plugin === 'opensearch') {
    report('ecs-compatibility', here, 'From Logstash 8 on it is v8 unless it is set.', 'ecs_compatibility => "disabled"');
  }
  if (plugin.plugin === 'opensearch' && options['document_id'] === undefined && !isServerless(options['auth_type'])) {
    report('retries-double', here, 'A batch whose answer is lost is sent again, and is then there twice.', 'document_id => "%{[@metadata][_id]}" with action => "create"');
  }
  if (options['ssl_certificate_verification'] === false || options['ssl_verification_mode'] === 'none') {
    report('certificate-not-checked', { path, line: lineOf('ssl_certificate_verification') }, 'Any server may take the place of the right one.', 'Give cacert, and leave the check on.');
  }
  const hosts = options['hosts'];
  for (const host of Array.isArray(hosts) ? (hosts as readonly LogstashValue[]) : [hosts]) {
    if (typeof host !== 'string' || VARIABLE.test(host) || /:\d+(?:\/.*)?$/.test(host)) continue;
    if (/^https?:/.test(host)) report('default-port', { path: `${path}.hosts`, line: lineOf('hosts') }, `${host.replace(/\/\/[^@/]*@/, '//')} has no port, and gets 9200.`, host.startsWith('https') ? 'Write :443 where that is meant.' : 'Write the port.');
  }
}
