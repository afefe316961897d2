import type { Properties } from '../template.ts';
import { awsCall, type Pauses, type State } from './statesLanguage.ts';

/** Some states of a machine, by name. */
export type States = Readonly<Record<string, State>>;

/** Something that is looked for, and deleted piece by piece. */
export interface Sweep {
  /** Names the states, and where the list is: `$.<list>`. */
  readonly list: string;
  readonly find: { readonly service: string; readonly action: string; readonly parameters: Properties; /** Of the answer: a JSONPath to a list of texts. */ readonly items: string };
  /** Of one text, `$`. */
  readonly remove: States & { readonly Remove: State };
}

const title = (list: string): string => `${list.charAt(0).toUpperCase()}${list.slice(1)}`;

/** What begins a sweep. */
export function startOf(sweep: Sweep): string {
  return `Find${title(sweep.list)}`;
}

/** Looks, and deletes what was found. One that is refused is left to the next round: it is found again. */
export function sweepStates(sweep: Sweep, next: string, { retry }: Pauses): States {
  const { service, action, parameters, items } = sweep.find;
  const remove = `Remove${title(sweep.list)}`;
  return {
    [startOf(sweep)]: {
      Type: 'Task',
      Resource: awsCall(service, action),
      Parameters: parameters,
      ResultSelector: { 'Found.$': items },
      ResultPath: `$.${sweep.list}`,
      Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: retry, MaxAttempts: 3, BackoffRate: 2 }],
      Next: remove,
    },
    [remove]: { Type: 'Map', ItemsPath: `$.${sweep.list}.Found`, MaxConcurrency: 1, ItemProcessor: { StartAt: 'Remove', States: { ...sweep.remove, Refused: { Type: 'Pass', End: true } } }, ResultPath: null, Next: next },
  };
}

/** Deletes by one call, and takes a refusal for an answer. */
export function removal(service: string, action: string, parameters: Properties): State {
  return { Type: 'Task', Resource: awsCall(service, action), Parameters: parameters, ResultPath: null, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Refused' }], End: true };
}
