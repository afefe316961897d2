import { obtainPythonEnvironment } from './install/environment.ts';

/** Installs what the lane `aws` runs, and prints where it is. */
const { folder } = await obtainPythonEnvironment({ onProgress: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(`${folder}\n`);
