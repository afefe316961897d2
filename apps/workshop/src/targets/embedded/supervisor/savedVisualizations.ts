import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsoleSavedObject } from '@podscope/console/server';

/** The visualizations that somebody saved in the console, on disk beside the installed ones. */
export class SavedVisualizations {
  readonly #path: string;
  #objects: readonly ConsoleSavedObject[] = [];

  constructor(runDir: string) {
    this.#path = join(runDir, 'visualizations.json');
  }

  get objects(): readonly ConsoleSavedObject[] {
    return this.#objects;
  }

  async load(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    this.#objects = JSON.parse(text) as ConsoleSavedObject[];
  }

  /** Adds an object, or replaces the one of the same id. */
  async save(object: ConsoleSavedObject): Promise<void> {
    this.#objects = [...this.#objects.filter((each) => each.id !== object.id), object];
    await writeFile(`${this.#path}.new`, JSON.stringify(this.#objects), { mode: 0o600 });
    await rename(`${this.#path}.new`, this.#path);
  }
}
