import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A package of the name moto with the one function that an environment is asked for: nothing is fetched for it. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("moto/__init__.py", "")
    wheel.writestr("moto/cloudformation/__init__.py", "")
    wheel.writestr("moto/cloudformation/parsing.py", "def get_model_map():\\n    return {'AWS::EC2::VPC': None}\\n")
    wheel.writestr("moto-0.0.1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: moto\\nVersion: 0.0.1\\n")
    wheel.writestr("moto-0.0.1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("moto-0.0.1.dist-info/RECORD", "")
`;

/** Requirements that are met from a file of this machine; their path. */
export async function requirementsOfWheel(folder: string): Promise<string> {
  const wheel = join(folder, 'moto-0.0.1-py3-none-any.whl');
  await promisify(execFile)('python3', ['-c', WHEEL, wheel]);
  const sum = createHash('sha256').update(await readFile(wheel)).digest('hex');
  const requirements = join(folder, 'wheel.txt');
  await writeFile(requirements, `moto @ file://${wheel} --hash=sha256:${sum}\n`);
  return requirements;
}
