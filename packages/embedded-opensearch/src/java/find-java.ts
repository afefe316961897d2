import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PodscopeError } from '@podscope/core';
import { namesOf } from '../distribution.ts';
import { javaRangeOf } from '../releases.ts';

const run = promisify(execFile);

/** A Java that can be started. */
export interface Java {
  /** The `java` program. */
  readonly command: string;
  /** The feature version: 17, 21, … */
  readonly feature: number;
  /** The whole version, such as `17.0.15`. */
  readonly version: string;
}

/** Reads the version out of what `java -version` prints; undefined when there is none. 1.8 counts as 8. */
export function parseJavaVersion(text: string): Pick<Java, 'feature' | 'version'> | undefined {
  const version = /version "([^"]+)"/.exec(text)?.[1];
  if (version === undefined) return undefined;
  const parts = version.split(/[._+-]/);
  const feature = Number(parts[0] === '1' ? parts[1] : parts[0]);
  return Number.isInteger(feature) ? { feature, version } : undefined;
}

async function probe(command: string): Promise<Java | undefined> {
  try {
    const { stderr, stdout } = await run(command, ['-version'], { timeout: 20_000 });
    const parsed = parseJavaVersion(`${stderr}\n${stdout}`);
    return parsed && { command, ...parsed };
  } catch (error) {
    // Not there, not executable or not a Java: all of them mean that this candidate is none.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const SYSTEM_JAVA_DIRECTORIES = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'];

function systemCandidates(directories: readonly string[]): string[] {
  return directories.flatMap((directory) =>
    existsSync(directory)
      ? readdirSync(directory)
          .sort()
          .flatMap((name) => [join(directory, name, 'bin/java'), join(directory, name, 'Contents/Home/bin/java')])
          .filter((path) => existsSync(path))
      : [],
  );
}

/** Where {@link findJava} looks. */
export interface FindJavaOptions {
  /** Only this one is considered when given. */
  readonly javaHome?: string | undefined;
  /** A JDK that comes with the server; tried first. */
  readonly bundled?: string | undefined;
  /** Directories of installed JDKs. @default /usr/lib/jvm, and macOS's */
  readonly directories?: readonly string[];
  /** The `java` on the PATH. @default 'java' */
  readonly pathCommand?: string;
}

/**
 * Finds a Java for a server version: `javaHome`, else the server's own, the PATH's, then every installed one.
 *
 * @throws PodscopeError `OPENSEARCH_NO_JAVA` when there is none, `OPENSEARCH_JAVA_TOO_OLD` when none is new enough,
 *   `OPENSEARCH_JAVA_TOO_NEW` when the ones there lack the security manager that OpenSearch 2.x and Elasticsearch need.
 */
export async function findJava(version: string, options: FindJavaOptions = {}): Promise<Java> {
  const range = javaRangeOf(version);
  const commands =
    options.javaHome === undefined
      ? [
          ...(options.bundled === undefined ? [] : [options.bundled]),
          options.pathCommand ?? 'java',
          ...systemCandidates(options.directories ?? SYSTEM_JAVA_DIRECTORIES),
        ]
      : [join(options.javaHome, 'bin/java')];
  const found: Java[] = [];
  for (const command of commands) {
    const java = await probe(command);
    if (java === undefined) continue;
    if (java.feature >= range.min && java.feature <= (range.max ?? Infinity)) return java;
    found.push(java);
  }
  const server = `${namesOf(version).title} ${version}`;
  const wanted = range.max === undefined ? `${range.min} or newer` : `${range.min} to ${range.max}`;
  const hint = `Install a JDK ${range.min} (Debian: apt-get install openjdk-${range.min}-jre-headless) or name one by javaHome.`;
  const details = found.map((java) => `${java.command}: ${java.version}`);
  if (found.length === 0) {
    throw new PodscopeError('OPENSEARCH_NO_JAVA', `${server} needs Java ${wanted}; none was found${options.javaHome === undefined ? '' : ` in ${options.javaHome}`}.`, { hint });
  }
  if (found.every((java) => java.feature < range.min)) {
    throw new PodscopeError('OPENSEARCH_JAVA_TOO_OLD', `${server} needs Java ${wanted}; found ${found.map((java) => java.version).join(', ')}.`, { hint, details });
  }
  throw new PodscopeError('OPENSEARCH_JAVA_TOO_NEW', `${server} needs Java ${wanted}; found ${found.map((java) => java.version).join(', ')}.`, { hint, details });
}
