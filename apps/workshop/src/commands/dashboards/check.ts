import { fieldsOf, type Mapping } from '@podscope/core';
import { checkSavedObjects, formatFindings, migrateSavedObject, type Target, toSarif } from '@podscope/saved-objects';
import { packageVersion } from '../../targets/embedded/entry.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { inner, readInputFile } from '../indices/inputFile.ts';
import { usageError } from '../usageError.ts';
import { readAll, shownProblem } from './reading.ts';

/** `podscope dashboards check <files...>` */
export const run: CommandAction = async ({ output }, paths, options) => {
  const fields = await fieldsIn((options['mapping'] ?? []) as readonly string[]);
  const { objects, problems } = await readAll(paths);
  // As an import does: older objects are migrated before anything else is looked at.
  const migrated = objects.map(({ object, place }) => ({ object: migrateSavedObject(object), place }));
  const findings = checkSavedObjects(migrated, { target: options['target'] as Target, fields });
  if (options['sarif'] === true) {
    for (const problem of problems) process.stderr.write(`${shownProblem(problem)}\n`);
    process.stdout.write(`${JSON.stringify(toSarif(findings, packageVersion()), null, 2)}\n`);
  } else {
    output.result({ target: options['target'], objects: objects.length, findings, problems }, () => [
      ...problems.map(shownProblem),
      ...(findings.length === 0 && problems.length > 0 ? [] : formatFindings(findings).trimEnd().split('\n')),
      `${objects.length} objects for ${String(options['target'])} looked at.`,
    ]);
  }
  return findings.length === 0 && problems.length === 0 ? exitCodes.ok : exitCodes.failed;
};

/** Each is an index pattern's id or title, `=`, and a file with the mapping as the server answers it. */
async function fieldsIn(given: readonly string[]): Promise<Readonly<Record<string, ReturnType<typeof fieldsOf>['fields']>>> {
  const entries = given.map(async (each) => {
    const [, pattern, file] = /^(.+?)=(.+)$/su.exec(each) ?? [];
    if (pattern === undefined || file === undefined) throw usageError(`"${each}" names no index pattern and file.`, 'For example: --mapping logs-*=mapping.json');
    return [pattern, fieldsOf(inner(await readInputFile(file, '--mapping'), 'mappings') as Mapping).fields] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
