import { redactText } from '@podscope/core';

/** How a request says who asks. */
export type Credentials = { readonly username: string; readonly password: string } | { readonly token: string } | { readonly apiKey: string };

/** An address without the login in it, which `fetch` refuses there, and that login. */
export function withoutLogin(address: string): { readonly url: URL; readonly login: Credentials | undefined } {
  const url = new URL(address);
  const login = url.username === '' && url.password === '' ? undefined : { username: decoded(url.username), password: decoded(url.password) };
  url.username = '';
  url.password = '';
  return { url, login };
}

/** As it was meant, where it is encoded at all: a lone `%` stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The header that says who asks. */
export function authorization(auth: Credentials | undefined): Readonly<Record<string, string>> {
  if (auth === undefined) return {};
  if ('token' in auth) return { authorization: `Bearer ${auth.token}` };
  if ('apiKey' in auth) return { authorization: `ApiKey ${auth.apiKey}` };
  return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` };
}

/** Why a request failed, without what it carried: `ECONNREFUSED`, where the system says so. */
export function requestFailure(error: unknown): string {
  let last = 'for a reason that is not known';
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    last = redactText(each.message);
  }
  return last;
}
