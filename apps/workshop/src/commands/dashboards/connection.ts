import type { DashboardsAuth, DashboardsConnection } from '@podscope/saved-objects';
import type { Environment } from '../../environment.ts';
import type { CommandContext } from '../command.ts';
import { usageError } from '../usageError.ts';

/**
 * The product after `--url`. Credentials come from the environment only: command lines can be read by every user of a machine.
 *
 * @throws PodscopeError CLI_USAGE for an address that is none, or one with credentials in it.
 */
export function connectionTo({ environment, output }: Pick<CommandContext, 'environment' | 'output'>, options: Readonly<Record<string, unknown>>): DashboardsConnection {
  const url = addressOf(String(options['url']));
  const auth = identity(environment, options);
  if (auth !== undefined && 'password' in auth && url.protocol === 'http:' && !isThisMachine(url)) output.note(`The password goes to ${url.host} in the clear: the address begins with http.`);
  const given = (name: string): Readonly<Record<string, string>> => (options[name] === undefined ? {} : { [name]: String(options[name]) });
  return { url: url.href.replace(/\/$/u, ''), ...(auth === undefined ? {} : { auth }), ...given('tenant'), ...given('workspace'), ...given('space') };
}

/** Options that say where in a live product, and who asks. */
const OF_A_PRODUCT = ['tenant', 'workspace', 'space', 'awsRegion', 'awsService', 'target'];

/** @throws PodscopeError CLI_USAGE for an option that is about a live product where none is named. */
export function requireNoneOfAProduct(options: Readonly<Record<string, unknown>>): void {
  const given = OF_A_PRODUCT.find((name) => options[name] !== undefined);
  if (given !== undefined) throw usageError(`--${given.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)} is about a live product, and none is named.`, 'Add --url, or leave it out.');
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol)) throw usageError('What follows --url is no address of a product.', 'Give one such as https://search.example.com/_dashboards.');
  if (url.username !== '' || url.password !== '') {
    throw usageError('The address after --url carries credentials, which others on this machine can read.', 'Put them into PODSCOPE_DASHBOARDS_USERNAME and PODSCOPE_DASHBOARDS_PASSWORD.');
  }
  return url;
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./u.test(hostname);
}

function identity({ dashboardsUser, awsCredentials }: Environment, options: Readonly<Record<string, unknown>>): DashboardsAuth | undefined {
  const region = options['awsRegion'];
  if (region === undefined) {
    if (options['awsService'] !== undefined) throw usageError('--aws-service says what is signed for, and nothing is signed.', 'Add --aws-region, or leave it out.');
    return dashboardsUser;
  }
  if (awsCredentials === undefined) {
    throw usageError('--aws-region needs AWS credentials in the environment.', 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as `aws configure export-credentials --format env` prints them.');
  }
  const { sessionToken, ...keys } = awsCredentials;
  return { sigv4: { region: String(region), ...(options['awsService'] === 'aoss' ? { service: 'aoss' as const } : {}), credentials: { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) } } };
}
