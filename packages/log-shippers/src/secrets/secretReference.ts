import { PodscopeError } from '@podscope/core';

/**
 * A value that a configuration only refers to: the program reads it from an environment variable, which Kubernetes fills
 * from a key of a Secret. The value itself is nowhere in what this library writes.
 */
export interface SecretReference {
  readonly kind: 'secret';
  /** The Secret's name. */
  readonly secret: string;
  readonly key: string;
  /** The environment variable. */
  readonly variable: string;
}

const VARIABLE = /^[A-Z_][A-Z0-9_]*$/;

/**
 * A reference to a key of a Secret. The environment variable is named after both, unless `variable` says otherwise.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE when the variable's name is none.
 */
export function fromSecret(secret: string, key: string, options: { readonly variable?: string } = {}): SecretReference {
  const variable = options.variable ?? `${secret}_${key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^(?=\d)/, '_');
  if (!VARIABLE.test(variable)) {
    throw new PodscopeError('SHIPPER_BAD_VALUE', `${JSON.stringify(variable)} is no name of an environment variable.`, { hint: 'Capital letters, digits and underscores, not beginning with a digit.' });
  }
  return { kind: 'secret', secret, key, variable };
}

/** True for what {@link fromSecret} returns. */
export function isSecretReference(value: unknown): value is SecretReference {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'secret' && typeof (value as { variable?: unknown }).variable === 'string';
}
