import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namesOf } from '../distribution.ts';

/** A value of `opensearch.yml`, or `elasticsearch.yml`. */
export type SettingValue = string | number | boolean | readonly string[];

/** Settings by their dotted names. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What the server's own settings depend on. */
export interface ServerPlace {
  readonly home: string;
  readonly dataDir: string;
  readonly logsDir: string;
  readonly port: number;
  readonly transportPort: number;
}

/**
 * One node that is a cluster of its own, on the loopback address only. Disk watermarks are off: on a developer's nearly
 * full disk they would turn indices read-only. The security plugin, where the distribution has one, is off unless other
 * settings turn it on.
 */
export function defaultSettings(place: ServerPlace): Settings {
  return {
    'cluster.name': 'podscope',
    'node.name': 'podscope-0',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': place.port,
    'transport.port': place.transportPort,
    'path.data': place.dataDir,
    'path.logs': place.logsDir,
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...(existsSync(join(place.home, 'plugins/opensearch-security')) ? { 'plugins.security.disabled': true } : {}),
  };
}

/** The text of the settings file: JSON values are YAML values. */
export function settingsFile(settings: Settings): string {
  return Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join('');
}

/** Everything goes to standard output, which is the log file. */
const log4j = (word: string): string => `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
logger.deprecation.name = org.${word}.deprecation
logger.deprecation.level = error
`;

/** Of a file that its owner only may read. */
export const PRIVATE = { mode: 0o600 } as const;

/** Writes the configuration directory of a server of that version. */
export async function writeConfiguration(directory: string, version: string, settings: Settings): Promise<void> {
  const { word } = namesOf(version);
  // For its owner only: settings may hold a secret, and the security plugin's keys lie beside them.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, `${word}.yml`), settingsFile(settings), PRIVATE);
  await writeFile(join(directory, 'log4j2.properties'), log4j(word), PRIVATE);
}
