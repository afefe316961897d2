import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ConfigFiles } from '../../../packages/log-shippers/src/index.ts';
import type { Program } from './programs.ts';
import { lastWords, start, type StartOptions } from './started.ts';

/** Where a configuration was written to, and what starts a program with it. */
export interface Written {
  readonly folder: string;
  readonly files: ConfigFiles;
}

/** A program's own verdict on a configuration. */
export interface Verdict {
  /** Null where this build of the program lacks a plugin that it is shipped with elsewhere. */
  readonly accepted: boolean | null;
  readonly why: string;
}

/** Fluentd loads Ruby, a Logstash a JVM; on a busy machine that takes its time. */
const CHECKING_MS = 120_000;

/** Where a pod finds its token, and where the matrix says that certificates of authorities are. */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const AUTHORITY = /\/etc\/(?:fluent|beats|opensearch)\/ca\.crt/g;
const CERTIFICATE = new URL('fixtures/ca.pem', import.meta.url);

/**
 * Writes a configuration into a folder, as a ConfigMap would stand there. Beats want nobody else to write to theirs. What a pod
 * has besides, and some programs open for a mere check, stands beside it: paths of certificates and of the account's token are
 * changed to made-up ones here.
 */
export async function write(files: ConfigFiles, folder: string): Promise<Written> {
  const config = join(folder, 'config');
  const account = join(folder, 'account');
  const authority = join(account, 'ca.crt');
  for (const each of [config, account]) await mkdir(each, { recursive: true });
  await copyFile(CERTIFICATE, authority);
  for (const name of ['token', 'namespace']) await writeFile(join(account, name), 'made-up');
  for (const [name, text] of Object.entries(files.files)) await writeFile(join(config, name), text.replaceAll(ACCOUNT, account).replaceAll(AUTHORITY, authority), { mode: 0o600 });
  return { folder, files };
}

/** The arguments with which the program runs a written configuration. */
export function argumentsOf({ folder, files }: Written): readonly string[] {
  return files.args.map((arg) => arg.replaceAll('{config}', join(folder, 'config')));
}

/** The environment of a program: what the constructs set, a made-up value for each secret, and credentials that open nothing. */
export function environmentOf({ folder, files }: Written): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    NODE_NAME: 'node-1',
    POD_NAME: 'shipper-abcde',
    POD_NAMESPACE: 'logging',
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Nobody's: a program that asks AWS for a role hears from this machine that nobody is there.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    ...Object.fromEntries(files.environment.map(({ variable }) => [variable, 'made-up'])),
  };
}

/** What a program needs besides the configuration to be started by hand. */
export function startOf(program: Program, written: Written): StartOptions {
  const args = argumentsOf(written);
  const own = program.shipper === 'filebeat' || program.shipper === 'metricbeat' ? ['--path.home', written.folder, '--path.logs', join(written.folder, 'logs')] : [];
  return { path: program.path, args: [...args, ...own], folder: written.folder, environment: environmentOf(written) };
}

/** Asks a program what it thinks of a configuration, in its own way of asking. */
export async function check(program: Program, written: Written, signal: AbortSignal): Promise<Verdict> {
  signal.throwIfAborted();
  const started = start(checkOf(program, written));
  const late = new AbortController();
  const inTime = await Promise.race([started.ended.then(() => true), setTimeout(CHECKING_MS, false, { signal: AbortSignal.any([late.signal, signal]) }).catch(() => false)]);
  late.abort();
  if (!inTime) await started.stop(2_000);
  signal.throwIfAborted();
  const { code } = await started.ended;
  if (!inTime) return { accepted: false, why: `its check did not end within ${CHECKING_MS / 1000} s: ${lastWords(started.said())}` };
  if (code === 0) return { accepted: true, why: '' };
  const missing = LEFT_OUT.map((pattern) => pattern.exec(started.said())?.[1]).find((name) => name !== undefined);
  if (/sigv4auth: could not retrieve credential provider/.test(started.said())) return { accepted: null, why: 'its check asks AWS for a role' };
  if (missing !== undefined) return { accepted: null, why: `this build of ${program.name} has no ${missing}` };
  return { accepted: false, why: lastWords(started.said()) || `its check ended with ${code}` };
}

/** Plugins that need something of the system or a package of their own, and how the programs say that they are not there. */
const LEFT_OUT: readonly RegExp[] = [/section '(systemd)' tried to instance a plugin name that doesn't exist/, /Unknown (?:input|output) plugin '(systemd|kinesis_firehose|s3)'/, /unknown type: "(k8sattributes|k8sobjects|journald|redis|sigv4auth)"/];

function checkOf(program: Program, written: Written): StartOptions {
  const plain = startOf(program, written);
  switch (program.shipper) {
    case 'fluent-bit':
    case 'fluentd':
      return { ...plain, args: [...plain.args, '--dry-run'] };
    case 'filebeat':
    case 'metricbeat':
      // Metricbeat 7.12 knows this one when it runs only.
      return { ...plain, args: ['test', 'config', ...plain.args.filter((arg) => !/^--?system\.hostfs\b/.test(arg))] };
    case 'otel-collector':
      return { ...plain, args: ['validate', ...plain.args] };
    case 'logstash':
      return program.grammarOnly ? { ...plain, args: [], input: mainText(written.files) } : { ...plain, args: [...plain.args, '--config.test_and_exit', '--path.data', join(written.folder, 'data')] };
  }
}

/** Logstash reads a folder of pipelines as one text. */
function mainText({ files }: ConfigFiles): string {
  return Object.entries(files).filter(([name]) => name.endsWith('.conf')).map(([, text]) => text).join('\n');
}
