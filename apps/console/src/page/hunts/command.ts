/** The verbs that a learner may use from the page. */
export type VerbName = 'scale' | 'restart' | 'exec' | 'stop-client' | 'publish';

/** A verb ready to send. */
export interface VerbCall {
  readonly verb: VerbName;
  readonly body: Readonly<Record<string, unknown>>;
  /** The same for the command line, to learn it by the way. */
  readonly command: string;
}

/** What a reader typed that is no command: a line for them. */
export interface CommandProblem {
  readonly problem: string;
}

/** Splits a command line at blanks; single and double quotes hold blanks together, a backslash takes the next character as it is. */
export function splitCommand(text: string): readonly string[] | CommandProblem {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\\' && quote !== "'" && index + 1 < text.length) {
      word += text[++index] ?? '';
      started = true;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      started = true;
    } else if (/\s/.test(character)) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else {
      word += character;
      started = true;
    }
  }
  if (quote !== '') return { problem: `A quote ${quote} is not closed.` };
  if (started) words.push(word);
  return words;
}

/** Scales a deployment. */
export function scaleCall(deployment: string, replicas: number): VerbCall | CommandProblem {
  if (!Number.isInteger(replicas) || replicas < 0) return { problem: 'Replicas are a whole number from 0 up.' };
  return { verb: 'scale', body: { deployment, replicas }, command: `podscope scale ${deployment} ${replicas}` };
}

/** Restarts `deployment/<name>` or `pod/<name>`. */
export function restartCall(target: string): VerbCall | CommandProblem {
  if (!/^(?:deployment|pod)\/[^/\s]+$/.test(target)) return { problem: 'Choose a deployment or a pod.' };
  return { verb: 'restart', body: { target }, command: `podscope restart ${target}` };
}

/** Runs a command in a pod. */
export function execCall(pod: string, text: string): VerbCall | CommandProblem {
  const command = splitCommand(text);
  if ('problem' in command) return command;
  if (command.length === 0) return { problem: 'Type a command, such as redis-cli INFO memory.' };
  return { verb: 'exec', body: { pod, command }, command: `podscope exec ${pod} -- ${text.trim()}` };
}

/** Stops a client of the web tier. */
export function stopClientCall(id: string): VerbCall | CommandProblem {
  if (id === '') return { problem: 'Choose a client.' };
  return { verb: 'stop-client', body: { id }, command: `podscope clients stop ${id}` };
}

/** Makes the web tier serve a path. */
export function publishCall(path: string): VerbCall | CommandProblem {
  if (!/^\/\S*$/.test(path)) return { problem: 'A path starts with / and has no blanks.' };
  return { verb: 'publish', body: { path }, command: `podscope publish ${path}` };
}
