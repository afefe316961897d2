import { obtainPythonEnvironment } from '../install/environment.ts';

/** Obtains an environment of the requirements and in the cache that are given, and says how it goes. */
const [, , requirements = '', cacheDir = ''] = process.argv;
const { folder } = await obtainPythonEnvironment({ requirements, cacheDir, onProgress: (line) => process.stdout.write(`${line}\n`) });
process.stdout.write(`FOLDER ${folder}\n`);
