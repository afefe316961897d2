import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJava, parseJavaVersion } from './find-java.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-java-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A program that prints what a Java of that version prints. */
async function installed(name: string, version: string): Promise<string> {
  await mkdir(join(directory, name, 'bin'), { recursive: true });
  const path = join(directory, name, 'bin/java');
  await writeFile(path, `#!/bin/sh\necho 'openjdk version "${version}" 2025-01-01' >&2\n`, { mode: 0o755 });
  return path;
}
const nowhere = (): { directories: string[]; pathCommand: string } => ({ directories: [directory], pathCommand: join(directory, 'none') });

describe('parseJavaVersion', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17, '17.0.15'],
    ['java version "1.8.0_412"', 8, '1.8.0_412'],
    ['openjdk version "25" 2025-09-16 LTS', 25, '25'],
    ['openjdk version "24-ea" 2025-03-18', 24, '24-ea'],
    ['openjdk version "21.0.5+11-LTS"', 21, '21.0.5+11-LTS'],
  ])('reads %s', (text, feature, version) => {
    expect(parseJavaVersion(text)).toEqual({ feature, version });
  });

  it('reads nothing out of other texts', () => {
    expect(parseJavaVersion('command not found')).toBeUndefined();
    expect(parseJavaVersion('version "mystery"')).toBeUndefined();
  });
});

describe('findJava', () => {
  it('takes the first one that fits, not the first', async () => {
    await installed('jdk-11', '11.0.2');
    const fitting = await installed('jdk-17', '17.0.1');
    await installed('jdk-21', '21.0.1');
    await installed('jdk-25', '25.0.1');
    expect(await findJava('2.19.6', nowhere())).toEqual({ command: fitting, feature: 17, version: '17.0.1' });
    expect((await findJava('3.8.0', nowhere())).feature).toBe(21);
  });

  it('says which server asks for which Java', async () => {
    await installed('jdk-25', '25.0.1');
    await expect(findJava('7.10.2', nowhere())).rejects.toMatchObject({
      code: 'OPENSEARCH_JAVA_TOO_NEW', message: 'Elasticsearch OSS 7.10.2 needs Java 17 to 23; found 25.0.1.',
    });
  });

  it('takes the server’s own before the system’s', async () => {
    const own = await installed('own', '21.0.9');
    await installed('jdk-17', '17.0.1');
    expect((await findJava('2.19.6', { ...nowhere(), bundled: own })).command).toBe(own);
  });

  it('takes no other than javaHome', async () => {
    await installed('jdk-17', '17.0.1');
    await installed('old', '1.8.0_1');
    const wish = findJava('2.19.6', { ...nowhere(), javaHome: join(directory, 'old') });
    await expect(wish).rejects.toMatchObject({ code: 'OPENSEARCH_JAVA_TOO_OLD', message: expect.stringContaining('1.8.0_1') });
  });

  it('says whether there is none, or none new or old enough', async () => {
    await expect(findJava('2.19.6', nowhere())).rejects.toMatchObject({ code: 'OPENSEARCH_NO_JAVA', hint: expect.stringContaining('17') });
    await installed('jdk-25', '25.0.1');
    await expect(findJava('2.19.6', nowhere())).rejects.toMatchObject({ code: 'OPENSEARCH_JAVA_TOO_NEW' });
    expect((await findJava('3.8.0', nowhere())).feature).toBe(25);
  });
});
