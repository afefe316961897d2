/** Options of a {@link PodscopeError}. */
export interface PodscopeErrorOptions {
  /** What the reader can do next, one sentence. Printed after the message. */
  readonly hint?: string;
  /** What caused this error. */
  readonly cause?: unknown;
  /** Further lines for the reader, such as the last lines of a server's log. Already redacted. */
  readonly details?: readonly string[];
}

/**
 * The one base class of every error that Podscope throws on purpose.
 *
 * `code` is a literal such as `OPENSEARCH_NO_JAVA`; `docs/errors/<code>.md` explains it. The message is one line that
 * says what was wrong and where; `hint` says what to do next. Neither may contain a secret.
 */
export class PodscopeError<Code extends string = string> extends Error {
  override readonly name = 'PodscopeError';
  readonly code: Code;
  readonly hint: string | undefined;
  readonly details: readonly string[];

  constructor(code: Code, message: string, options: PodscopeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
  }

  /** The page about this error, relative to the documentation's root. */
  get docsPath(): string {
    return `errors/${this.code}.md`;
  }

  /** The first error in the chain of causes (this one first) for which `test` holds. */
  walk(test: (error: unknown) => boolean): unknown {
    if (test(this)) return this;
    let cause = this.cause;
    while (cause !== undefined && !test(cause)) cause = cause instanceof Error ? cause.cause : undefined;
    return cause;
  }

  /** The shape that `--json` prints for an error. */
  toJSON(): { code: Code; message: string; hint?: string; details?: readonly string[]; docs: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details.length === 0 ? {} : { details: this.details }),
      docs: this.docsPath,
    };
  }
}

/** True when `error` is a {@link PodscopeError}, of `code` if one is given. Works across copies of this package. */
export function isPodscopeError<Code extends string>(error: unknown, code?: Code): error is PodscopeError<Code> {
  return (
    error instanceof Error &&
    error.name === 'PodscopeError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  );
}
