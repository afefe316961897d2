import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** What of a Python decides what is installed for it. */
export interface FoundPython {
  readonly command: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  /** Such as `cpython-311-linux-x86_64`: wheels fit nothing else. */
  readonly tag: string;
}

/** venv and ensurepip are packages of their own on Debian: a Python without them makes no environment. */
const PROBE = 'import sys, platform, sysconfig, venv, ensurepip; assert sys.version_info >= (3, 10); print(platform.python_version(), sys.implementation.cache_tag + "-" + sysconfig.get_platform())';

/** The `python3` on the PATH when it is 3.10 or newer and can make virtual environments. */
export async function findPython(): Promise<FoundPython | undefined> {
  try {
    const { stdout } = await exec('python3', ['-c', PROBE]);
    const [version = '', tag = ''] = stdout.trim().split(' ');
    return { command: 'python3', version, tag };
  } catch {
    return undefined;
  }
}
