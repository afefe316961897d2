import { PodscopeError } from '../../packages/core/src/index.ts';

interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly field?: string; readonly message?: string }[] };
}

/**
 * Fields that the server does not know, with their paths. Server-side apply says `.spec.replica: field not declared in schema`
 * (structured-merge-diff, whose error comes back with status 500), other writes `unknown field "spec.replica"`, and a field that is
 * there twice `duplicate field "spec.replica"` or `key "replica" already set in map`.
 */
export function unknownFieldsOf(message: string): string[] {
  const declared = [...message.matchAll(/(?:^|\s)\.(\S(?:[^\n]*?\S)?): field not declared in schema/gm)].map(([, path = '']) => path);
  const strict = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map(([, path = '']) => path);
  return [...new Set([...declared, ...strict])].sort();
}

/** What server-side apply says of a value of another type: `.data.port: expected string, got &value.valueUnstructured{Value:80}`. */
function mistypedOf(message: string): string[] {
  return [...message.matchAll(/(?:^|\s)\.(\S+): expected (\w+), got &value\.valueUnstructured\{Value:(.*)\}$/gm)].map(([, path, type, value]) => `${path} is ${value}, where ${type === 'string' ? 'a string' : `a ${type}`} belongs`);
}

/** The server's answer as an error that says what was wrong and where. */
export function refusal(title: string, { status, body }: { readonly status: number; readonly body: unknown }): PodscopeError {
  const { message = typeof body === 'string' ? body : '', reason = '', details } = (typeof body === 'object' && body !== null ? body : {}) as Status;
  const unknown = unknownFieldsOf(message);
  if (unknown.length > 0) {
    return new PodscopeError('KUBE_UNKNOWN_FIELD', `${title}: the API server has no field ${unknown.join(', ')}.`, {
      hint: 'Check the spelling and the level of indentation; the reference of the API lists the fields of each version.',
      details: [message],
    });
  }
  const mistyped = mistypedOf(message);
  if (mistyped.length > 0) return new PodscopeError('KUBE_REFUSED', `${title}: ${mistyped.join('; ')}.`, { hint: 'A number or true and false under a key that takes text need quotes in YAML.', details: [message] });
  const causes = (details?.causes ?? []).map(({ field, message: text }) => [field, text].filter((part) => part !== undefined && part !== '').join(': '));
  if (status === 403 && !/violates PodSecurity|exceeded quota|denied the request/.test(message)) {
    return new PodscopeError('KUBE_FORBIDDEN', `${title}: ${message}`, { hint: 'The message names the verb and the resource that this user has no rule for.' });
  }
  return new PodscopeError('KUBE_REFUSED', `${title}: ${message === '' ? `the API server answered ${status}` : message}`, {
    hint: `The API server answered ${status}${reason === '' ? '' : ` (${reason})`}.`,
    details: causes,
  });
}
