import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { type Check, runChecks } from './checks.ts';

/** `podscope doctor [--fix]`: exits non-zero when something is missing. */
export const run: CommandAction = async ({ environment, output }, _args, options) => {
  let checks = await runChecks(environment);
  const missing = checks.filter((check) => !check.ok);
  if (options['fix'] === true && missing.length > 0) {
    await installPackages(missing, output.note);
    checks = await runChecks(environment);
  }
  const ok = checks.every((check) => check.ok);
  output.result({ ok, checks }, () => [
    ...checks.flatMap((check) => [`${check.ok ? '✓' : '✗'} ${check.name}: ${check.found}`, ...(check.ok || check.hint === undefined ? [] : [`    ${check.hint}`])]),
    ok ? 'This machine has what is needed.' : 'Something is missing: see ✗ above, or run "podscope doctor --fix".',
  ]);
  return ok ? exitCodes.ok : exitCodes.failed;
};

async function installPackages(missing: readonly Check[], note: (line: string) => void): Promise<void> {
  const packages = missing.flatMap((check) => (check.debianPackage === undefined ? [] : [check.debianPackage]));
  if (packages.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const debian = await access('/etc/debian_version').then(() => true, () => false);
  if (!debian || process.getuid?.() !== 0) {
    throw new PodscopeError('DOCTOR_CANNOT_FIX', `Only root on Debian can have ${packages.join(', ')} installed from here.`, { hint: debian ? `Run: sudo ${command}` : `Install ${packages.join(', ')} with your system’s package manager.` });
  }
  note(`installing ${packages.join(', ')} with apt`);
  const [program = '', ...args] = command.split(' ');
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new PodscopeError('DOCTOR_CANNOT_FIX', `apt could not install ${packages.join(', ')}.`, { hint: `Run it yourself: ${command}` });
}
