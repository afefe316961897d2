import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipEntries } from './zip.ts';

const DESCRIPTOR = 'plugin-descriptor.properties';

/** Jars, the descriptor and the policy lie at the top; its tools and demonstration users are left out. */
const NEEDED = /^[\w.-]+\.(?:jar|properties|policy)$/;

/**
 * The descriptor without the plugins and modules that are not there. 3.x only adds a rule attribute to one of them, which
 * nothing asks for where that module is missing; but the server refuses to start by the name alone.
 */
export function descriptorFor(text: string, there: readonly string[]): string {
  return text.replace(/^extended\.plugins=(.*)$/m, (_, list: string) => {
    const names = list.split(',').filter((entry) => there.includes(entry.split(';')[0]?.trim() ?? ''));
    return `extended.plugins=${names.join(',')}`;
  });
}

/** Unpacks the security plugin's archive into its directory. `modules` are the names of those that the server has. */
export async function unpackSecurityPlugin(archive: string, directory: string, modules: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const entry of await zipEntries(archive)) {
    if (!NEEDED.test(entry.name)) continue;
    const content = entry.read();
    await writeFile(join(directory, entry.name), entry.name === DESCRIPTOR ? descriptorFor(content.toString('utf8'), modules) : content);
  }
}
