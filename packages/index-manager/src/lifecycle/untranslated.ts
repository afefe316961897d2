/** A part of a policy that has no counterpart on the other side. */
export interface Untranslated {
  /** Where it stands in the policy that was given, member names joined by `.`. */
  readonly path: string;
  /** Why it was left out, or what the translation does otherwise. */
  readonly why: string;
}

/** A translated policy, with what was lost on the way. */
export interface Translation<Policy> {
  readonly policy: Policy;
  readonly untranslated: readonly Untranslated[];
}
