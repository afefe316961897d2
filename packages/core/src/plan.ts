/** What a change does to the thing it names. */
export type ChangeAction = 'create' | 'update' | 'delete' | 'none';

/** One step of a plan: plain data, so that it can be printed, saved and compared. */
export interface Change<Kind extends string = string, Desired = unknown, Action extends string = ChangeAction> {
  readonly kind: Kind;
  /** The name of the thing in its own system. */
  readonly name: string;
  readonly action: Action;
  /** Why, in one line: which settings differ. */
  readonly reason: string;
  readonly desired?: Desired;
}

/** Changes in the order in which they are to be made. */
export interface Plan<C extends Change<string, unknown, string> = Change> {
  readonly changes: readonly C[];
}

/** True when applying the plan would change nothing. */
export function isEmptyPlan(plan: Plan<Change<string, unknown, string>>): boolean {
  return plan.changes.every((change) => change.action === 'none');
}
