import { PodscopeError, redactText } from '@podscope/core';
import { forbidden } from './forbidden.ts';

/** What the API server says of a failure (`metav1.Status`). */
interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly name?: string; readonly causes?: readonly { readonly reason?: string; readonly field?: string; readonly message?: string }[] };
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

/** Who asked, for what is said of a user that the server does not know. */
export interface Asker {
  readonly context: string;
  /** The name of the user in the kubeconfig. */
  readonly user: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The server's answer as an error that says what was wrong and where. `title` is what was asked for, such as `Deployment guestbook/frontend`. */
export function failureOf(title: string, { status, body }: { readonly status: number; readonly body: unknown }, asker: Asker): PodscopeError {
  const { message: said = typeof body === 'string' ? body.trim().slice(0, 500) : '', reason = '', details } = (isObject(body) ? body : {}) as Status;
  const message = redactText(said);
  // The server quotes values in some of its messages.
  const secret = title.startsWith('Secret ');
  const quoted = secret ? [] : [message];
  const causes = details?.causes ?? [];
  const has = (cause: string): boolean => causes.some(({ reason: why }) => why === cause);

  if (status === 401) {
    return new PodscopeError('KUBE_UNAUTHORIZED', `${title}: the API server of context ${asker.context} does not know user ${asker.user}.`, {
      hint: 'Its token or certificate has expired or belongs to another cluster: sign in again, or choose another context.',
    });
  }
  const unknown = unknownFieldsOf(said);
  if (unknown.length > 0) {
    return new PodscopeError('KUBE_UNKNOWN_FIELD', `${title}: the API server has no field ${unknown.join(', ')}.`, {
      hint: 'Check the spelling and the level of indentation; the reference of the API lists the fields of each version.',
      details: quoted,
    });
  }
  const mistyped = mistypedOf(said);
  if (mistyped.length > 0) {
    return new PodscopeError('KUBE_REFUSED', `${title}: ${secret ? 'a value has another type than its field' : mistyped.join('; ')}.`, { hint: 'A number or true and false under a key that takes text need quotes in YAML.', details: quoted });
  }
  if (has('NamespaceTerminating') || /because it is being terminated/.test(said)) {
    return new PodscopeError('KUBE_NAMESPACE_ENDING', `${title}: its namespace is being deleted, and nothing new can be made in it.`, { hint: 'Wait until it is gone, or look at its finalizers: kubectl get namespace -o yaml.' });
  }
  if (status === 403 && !/violates PodSecurity|exceeded quota|denied the request|is forbidden: (?!User )/.test(said)) return forbidden(title, said);
  if (status === 409) {
    const already = reason === 'AlreadyExists';
    const managers = causes.filter(({ reason: why }) => why === 'FieldManagerConflict').map(({ field, message: text }) => `${field ?? ''}: ${text ?? ''}`);
    return new PodscopeError('KUBE_CONFLICT', `${title}: ${already ? 'it is there already' : message}`.replace(/([^.])$/, '$1.'), {
      hint: already ? 'Somebody made it in the meantime; read it before you decide.' : managers.length > 0 ? 'Another field manager owns these fields; force takes them.' : 'It was changed since it was read: read it again.',
      details: managers,
    });
  }
  if (status === 429 && has('DisruptionBudget')) {
    return new PodscopeError('KUBE_DISRUPTION_REFUSED', `${title}: a PodDisruptionBudget does not allow its eviction now.`, { hint: 'Wait until more of its pods are ready, or choose another pod.', details: causes.flatMap(({ message: text }) => text ?? []) });
  }
  if (status === 404) {
    return new PodscopeError('KUBE_NOT_FOUND', `${title}: ${message === '' ? 'it is not there' : message}`.replace(/([^.])$/, '$1.'), { hint: 'Check its name and namespace, and that you are in the right context.' });
  }
  return new PodscopeError('KUBE_REFUSED', `${title}: ${message === '' ? `the API server answered ${status}` : secret ? `the API server refused it (${reason})` : message}`, {
    hint: `The API server answered ${status}${reason === '' ? '' : ` (${reason})`}.`,
    details: secret ? causes.flatMap(({ field }) => field ?? []) : causes.map(({ field, message: text }) => [field, text].filter((part) => part !== undefined && part !== '').join(': ')),
  });
}
