import { stringify } from 'yaml';
import type { ConfigFiles } from '../config/shipperOptions.ts';
import { nearest } from '../lint/problem.ts';
import { badValue, requirePort } from '../quantities/quantities.ts';
import { isSecretReference, type SecretReference } from '../secrets/secretReference.ts';
import type { LogstashConfig, LogstashSettings } from './config.ts';
import { eachPlugin } from './eachPlugin.ts';
import { PipelineWriter } from './language/write.ts';
import { SETTINGS } from './options/settings.ts';
import { knownOptions } from './plugins.ts';
import { wrongValue } from './wrongValue.ts';

const OTHER_SETTINGS = ['path.queue', 'path.dead_letter_queue', 'path.logs'];
const PIPELINE_NAME = /^[A-Za-z0-9_-]+$/;

/** All lines to the pod's log; without this file Logstash only says errors. */
const LOG4J = [
  'status = error',
  'name = LogstashPropertiesConfig',
  'appender.console.type = Console',
  'appender.console.name = plain_console',
  'appender.console.layout.type = PatternLayout',
  'appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c]%notEmpty{[%X{pipeline.id}]} %m%n',
  'rootLogger.level = ${sys:ls.log.level}',
  'rootLogger.appenderRef.console.ref = plain_console',
  '',
].join('\n');

/**
 * The configuration as Logstash reads it: `logstash.yml`, a file for each pipeline, `pipelines.yml` where there are several, and
 * `log4j2.properties`. A pipeline that was read by `parseLogstash` keeps its comments and spelling.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for an option or setting that isn't known (`extra` takes it), a value of the wrong type, a port
 * as text, a size with a wrong unit, or a text that the language cannot spell.
 */
export function logstashFiles(config: LogstashConfig, options: { readonly directory?: string } = {}): ConfigFiles {
  if (config.pipelines.length === 0) throw badValue('logstash', 'there is no pipeline.', 'Give at least one in pipelines.');
  const secrets = new Map<string, SecretReference>();
  const files: Record<string, string> = { 'logstash.yml': settingsText(config.settings, secrets), 'log4j2.properties': LOG4J };
  const directory = options.directory ?? '/usr/share/logstash/pipeline';
  for (const pipeline of config.pipelines) {
    if (!PIPELINE_NAME.test(pipeline.id)) throw badValue('logstash.pipelines', `${JSON.stringify(pipeline.id)} is no name of a pipeline.`, 'Letters, digits, - and _.');
    if (pipeline.end === undefined) refuseBadOptions(pipeline);
    const writer = new PipelineWriter();
    files[`${pipeline.id}.conf`] = writer.sections(pipeline.sections, pipeline.end);
    for (const [variable, secret] of writer.secrets) secrets.set(variable, secret);
  }
  const [first] = config.pipelines;
  const single = config.pipelines.length === 1 && first?.settings === undefined;
  if (!single) {
    files['pipelines.yml'] = stringify(
      config.pipelines.map(({ id, settings }) => ({ 'pipeline.id': id, 'path.config': `${directory}/${id}.conf`, ...checkedSettings(settings ?? {}, `pipelines.yml: ${id}`, secrets) })),
    );
  }
  return {
    files,
    main: 'logstash.yml',
    args: single ? ['--path.settings', '{config}', '-f', `{config}/${first?.id ?? ''}.conf`] : ['--path.settings', '{config}'],
    environment: [...secrets.values()],
  };
}

function settingsText(settings: LogstashSettings, secrets: Map<string, SecretReference>): string {
  const { extra, ...known } = settings;
  const all = { ...checkedSettings(known, 'logstash.yml', secrets), ...extra };
  return Object.keys(all).length === 0 ? '' : stringify(all);
}

function checkedSettings(settings: Readonly<Record<string, unknown>>, where: string, secrets: Map<string, SecretReference>): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    const option = Object.hasOwn(SETTINGS, name) ? SETTINGS[name as keyof typeof SETTINGS] : undefined;
    if (option === undefined && !OTHER_SETTINGS.includes(name)) {
      const meant = nearest(name, [...Object.keys(SETTINGS), ...OTHER_SETTINGS]);
      throw badValue(`${where}: ${name}`, 'Logstash has no such setting.', meant === undefined ? 'What the list does not know goes into extra.' : `Did you mean ${meant}?`);
    }
    if (name === 'api.http.port' && typeof value !== 'string') requirePort(`${where}: ${name}`, value);
    const wrong = option === undefined ? undefined : wrongValue(option, value);
    if (wrong !== undefined) throw badValue(`${where}: ${name}`, wrong.message, wrong.hint);
    if (isSecretReference(value)) secrets.set(value.variable, value);
    checked[name] = isSecretReference(value) ? `\${${value.variable}}` : value;
  }
  return checked;
}

/** What the types hold where the configuration was written in TypeScript, for those who have none. */
function refuseBadOptions(pipeline: LogstashConfig['pipelines'][number]): void {
  for (const { section, plugin, path } of eachPlugin(pipeline)) {
    const known = knownOptions(section, plugin.plugin);
    if (known === undefined) continue;
    for (const [name, value] of Object.entries(plugin.options)) {
      const option = Object.hasOwn(known, name) ? known[name] : undefined;
      const wrong = option === undefined ? undefined : wrongValue(option, value);
      if (wrong !== undefined) throw badValue(`${path}.${name}`, wrong.message, wrong.hint);
      const meant = option === undefined ? nearest(name, Object.keys(known)) : undefined;
      if (meant !== undefined) throw badValue(`${path}.${name}`, `the ${section} ${plugin.plugin} has no such option.`, `Did you mean ${meant}?`);
    }
  }
}
