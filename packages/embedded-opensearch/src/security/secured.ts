import type { StartedOpenSearch } from '../run/run.ts';
import { ADMIN } from './options.ts';
import type { Security } from './prepare.ts';

/** What a client needs; the options of the official one. */
export interface ClientOptions {
  readonly node: string;
  readonly auth: { readonly username: string; readonly password: string };
  readonly ssl: { readonly ca: string };
}

/** A running server with the security plugin. */
export interface SecuredOpenSearch<Name extends string = string> extends StartedOpenSearch {
  /** The certificate, as PEM, of the authority that signed the server's own. Made for this start. */
  readonly ca: string;
  /**
   * What a client needs to speak as that user. The passwords are in here only, not in a property of the handle, so that
   * a printed handle has none.
   *
   * @default the user `admin`, who may do everything
   */
  clientOptions(user?: Name | typeof ADMIN): ClientOptions;
}

/** The handle of a server that was started with `security`. */
export function secured(server: StartedOpenSearch, security: Security): SecuredOpenSearch {
  const { certificates: { ca }, passwords } = security;
  return {
    ...server,
    ca,
    clientOptions(user = ADMIN) {
      const password = passwords.get(user);
      if (password === undefined) throw new TypeError(`"${user}" is not among the users that this server was started with.`);
      return { node: server.url, auth: { username: user, password }, ssl: { ca } };
    },
  };
}
