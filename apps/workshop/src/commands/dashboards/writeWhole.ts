import { randomUUID } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import { listenForInterrupts } from '../indices/interrupts.ts';

/** Writes all of a file or nothing, and replaces nobody's file without being asked for. @throws PodscopeError SAVED_OBJECT_NOT_WRITTEN */
export async function writeWhole(file: string, content: string | Uint8Array, overwrite: boolean): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  // Ctrl-C waits for the end, so that no part is left behind.
  using _ = listenForInterrupts(() => undefined);
  try {
    await writeFile(part, content, { flag: 'wx' });
    if (overwrite) await rename(part, file);
    else await link(part, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${file} can't be written: ${(error as Error).message}.`, { hint: 'Check that the folder is there and can be written to.', cause: error });
    throw new PodscopeError('SAVED_OBJECT_NOT_WRITTEN', `${file} is there already.`, { hint: 'Name another file, or add --overwrite.' });
  } finally {
    await rm(part, { force: true });
  }
}
