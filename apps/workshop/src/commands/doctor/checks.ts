import { access, mkdir, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { delimiter, join } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import { DEFAULT_VERSION, findJava } from '@podscope/embedded-opensearch';
import { chooseShippers, engineOf, usability } from '../../targets/embedded/shippers/choose.ts';
import { findPrograms } from '../../targets/embedded/shippers/find.ts';
import { CANDIDATES, type EmbeddedSource } from '../../targets/embedded/shippers/sources.ts';
import type { Environment } from '../../environment.ts';

/** One thing that `up` needs, and whether this machine has it. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do when it isn't there. */
  readonly hint?: string;
  /** The Debian package that brings it. */
  readonly debianPackage?: string;
}

const GIB = 2 ** 30;
/** OpenSearch's jars, its archive for fast starts, three data directories of Redis and some hours of logs. */
const DISK_NEEDED = 2 * GIB;

async function commandOnPath(command: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, command);
    if (folder !== '' && (await access(file).then(() => true, () => false))) return file;
  }
  return undefined;
}

/** Looks where "up" looks, for what it takes. */
async function checkJava({ javaHome }: Environment): Promise<Check> {
  const debianPackage = 'openjdk-17-jre-headless';
  try {
    const java = await findJava(DEFAULT_VERSION, { javaHome });
    return { name: 'java', ok: true, found: `${java.version} (${java.command})`, debianPackage };
  } catch (error) {
    if (!isPodscopeError(error)) throw error;
    return { name: 'java', ok: false, found: error.message, hint: error.hint ?? 'Install a JDK 17.', debianPackage };
  }
}

async function checkCommand(command: string, debianPackage: string, path: string): Promise<Check> {
  const file = await commandOnPath(command, path);
  return { name: command, ok: file !== undefined, found: file ?? 'none', hint: `Install it (Debian: apt-get install -y ${debianPackage}).`, debianPackage };
}

async function checkDisk(name: string, folder: string): Promise<Check> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return { name, ok: free >= DISK_NEEDED, found: `${(free / GIB).toFixed(1)} GiB free in ${folder}`, hint: `Free at least ${DISK_NEEDED / GIB} GiB there.` };
}

/** Real shippers are no need: none is missing. */
async function checkShippers({ path }: Environment): Promise<readonly Check[]> {
  const engine = engineOf(DEFAULT_VERSION);
  const found = await findPrograms({ path });
  const { programs } = chooseShippers('auto', found, engine);
  const none: Check = { name: 'shippers', ok: true, found: 'none; the built-in collector ships everything' };
  if (found.length === 0) return [none];
  return found.map(({ program, command, version }): Check => {
    const { sources } = programs.find((each) => each.program.program === program) ?? { sources: [] };
    const first = Object.entries(CANDIDATES).find(([, candidates]) => candidates.includes(program))?.[0] as EmbeddedSource;
    const use = usability({ program, version }, first, engine);
    const says = sources.length > 0 ? `ships ${sources.join(' and ')} with "podscope up --shippers auto"` : 'why' in use ? `not used: ${use.why}` : 'another one comes first';
    return { name: `shipper ${program}`, ok: true, found: `${version ?? 'unknown version'} (${command}); ${says}` };
  });
}

/** Every check, in the order in which `up` would meet them. */
export async function runChecks(environment: Environment): Promise<readonly Check[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const memory = freemem();
  return [
    { name: 'node', ok: major > 22 || (major === 22 && minor >= 19), found: process.versions.node, hint: 'Install Node 22.19 or newer; in the repository "npm start" brings its own.' },
    await checkJava(environment),
    await checkCommand('redis-server', 'redis-server', environment.path),
    await checkCommand('redis-cli', 'redis-tools', environment.path),
    ...(environment.opensearchHome === undefined ? [await checkCommand('mvn', 'maven', environment.path)] : []),
    await checkDisk('disk of the cache', environment.cacheDir),
    await checkDisk('disk of the run directory', environment.runDir),
    ...(await checkShippers(environment)),
    { name: 'memory', ok: memory >= 1.5 * GIB, found: `${(memory / GIB).toFixed(1)} GiB free`, hint: 'Everything together takes about 1.5 GiB; close something.' },
  ];
}
