/** One thing that a translation did, and by which rule. */
export interface AppliedRule {
  /** The rule's name, such as `flattened-to-flat_object`. */
  readonly rule: string;
  /** Where, member names joined by `.`. */
  readonly path: string;
  /** What is different afterwards. */
  readonly why: string;
}

/** Something that has no counterpart on the server. */
export interface RefusedPart {
  readonly path: string;
  readonly why: string;
}

/** Collects what a translation does, and knows what it is for. */
export class Notes {
  readonly applied: AppliedRule[] = [];
  readonly refused: RefusedPart[] = [];
  readonly #lacks: ReadonlySet<string>;

  constructor(lacks: readonly string[]) {
    this.#lacks = new Set(lacks);
  }

  lacks(feature: string): boolean {
    return this.#lacks.has(feature);
  }

  apply(rule: string, path: string, why: string): void {
    this.applied.push({ rule, path, why });
  }

  refuse(path: string, why: string): void {
    this.refused.push({ path, why });
  }
}
