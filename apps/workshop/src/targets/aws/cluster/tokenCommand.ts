import { join } from 'node:path';
import { fromSource, packageRoot } from '../../embedded/entry.ts';
import type { TokenCommand } from './kubeconfig.ts';

/** This very program, by its whole path: whoever starts it, from wherever, with whatever PATH, gets the same. */
export function tokenCommand(profile: string | undefined): TokenCommand {
  const flags = fromSource ? ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning'] : [];
  return { command: process.execPath, args: [...flags, join(packageRoot(), fromSource ? 'src/main.ts' : 'dist/bin.js')], profile };
}
