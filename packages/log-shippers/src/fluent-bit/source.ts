/** Where a section was read. */
export interface SectionPlace {
  readonly file?: string;
  readonly line: number;
  /** 1-based lines of the options, by their name in lower case. */
  readonly lines: Readonly<Record<string, number>>;
}

/** The text that a configuration was read from: a renderer changes it only where the configuration has changed. */
export interface SourceText {
  readonly format: 'yaml' | 'classic';
  readonly text: string;
  readonly file: string | undefined;
}

/** The key of {@link SourceText} in a configuration; a copy by `{ ...config }` takes it along. */
export const SOURCE = Symbol('source');

const places = new WeakMap<object, SectionPlace>();

/** Remembers where a section was read, for as long as that object lives. */
export function rememberPlace(section: object, place: SectionPlace): void {
  places.set(section, place);
}

/** Where a section was read; undefined for one that was written by hand. */
export function placeOf(section: object): SectionPlace | undefined {
  return places.get(section);
}
