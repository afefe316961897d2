import type { ExperimentInput } from '../experiment.ts';
import type { Unreadable } from './arguments.ts';

type Variables = NonNullable<ExperimentInput['variables']>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const TYPES: Readonly<Record<string, 'text' | 'number' | 'boolean'>> = { str: 'text', int: 'number', float: 'number', bool: 'boolean' };
/** What chaosk8s itself reads to log in: here the context is given to the command. */
const LOGIN = /^KUBERNETES_/;

/** `configuration` and `secrets` as variables (chaoslib/configuration.py, chaoslib/secret.py). */
export function convertSettings(configuration: unknown, secrets: unknown, problems: Unreadable[], notes: string[]): Variables {
  const variables: Record<string, Variables[string]> = {};
  for (const [key, value] of Object.entries(isRecord(configuration) ? configuration : {})) {
    const converted = setting(value, ['configuration', key], problems);
    if (converted !== undefined) variables[key] = converted;
  }
  for (const [group, values] of Object.entries(isRecord(secrets) ? secrets : {})) {
    for (const [key, value] of Object.entries(isRecord(values) ? values : {})) {
      const path = ['secrets', group, key];
      if (LOGIN.test(key)) {
        notes.push(`${path.join('.')} is not used: the cluster is the one of the context that is given.`);
        continue;
      }
      if (!isRecord(value) || value['type'] !== 'env') {
        problems.push({ path, message: isRecord(value) ? `secrets of the type ${JSON.stringify(value['type'])} can't be read` : 'a secret that stands in the file is not carried over: take it from the environment (type: env)' });
        continue;
      }
      variables[key] = { env: String(value['key']), secret: true };
    }
  }
  return variables;
}

function setting(value: unknown, path: readonly string[], problems: Unreadable[]): Variables[string] | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!isRecord(value) || value['type'] !== 'env') {
    problems.push({ path, message: isRecord(value) && value['type'] === 'probe' ? 'a configuration that a probe gives can’t be read' : 'only a text, a number, true, false or a variable of the environment can be read' });
    return undefined;
  }
  const type = TYPES[String(value['env_var_type'] ?? 'str')];
  if (type === undefined) {
    problems.push({ path: [...path, 'env_var_type'], message: `an environment variable of the type ${JSON.stringify(value['env_var_type'])} can't be read` });
    return undefined;
  }
  const standard = value['default'];
  return {
    env: String(value['key']),
    ...(type === 'text' ? {} : { type }),
    ...(typeof standard === 'string' || typeof standard === 'number' || typeof standard === 'boolean' ? { default: standard } : {}),
  };
}

/** Python's `string.Template`: `$name`, `${name}`, `$$`. A name that nobody defines stays as it is. */
const PLACE = /\$(?:(\$)(\{?)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/** Writes the places of variables as ours are written. */
export function convertPlaces(data: unknown, known: ReadonlySet<string>): unknown {
  if (typeof data === 'string') {
    return data.replace(PLACE, (whole, escaped: string | undefined, brace: string | undefined, plain: string | undefined, braced: string | undefined) => {
      // Before a brace, ours wants the second one as well.
      if (escaped !== undefined) return brace === '{' ? '$${' : '$';
      const name = plain ?? braced ?? '';
      if (known.has(name)) return `\${${name}}`;
      return braced === undefined ? whole : `$${whole}`;
    });
  }
  if (Array.isArray(data)) return data.map((each) => convertPlaces(each, known));
  if (isRecord(data)) return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, convertPlaces(value, known)]));
  return data;
}
