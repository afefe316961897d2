/** One entry in the guestbook, as the list `guestbook:entries` holds it (JSON). */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly message: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The Redis list of all entries, oldest first. It is never trimmed. */
export const ENTRIES_KEY = 'guestbook:entries';

/** The Redis key of one page of the archive: a JSON array of entries. */
export function archiveKey(page: number): string {
  return `guestbook:archive:${page}`;
}

/** Longest name and message, in characters. */
export const NAME_LENGTH = 80;
export const MESSAGE_LENGTH = 1_000;

/** Reads entries back from their JSON; what is no entry is left out. */
export function parseEntry(json: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isEntry(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True for an object with all of an entry's texts. */
export function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, message, at } = value as Record<string, unknown>;
  return [id, name, message, at].every((text) => typeof text === 'string');
}
