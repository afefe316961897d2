import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the app takes from its environment. This file is the only one that reads it; docs/reference/environment.md lists it. */
export interface Environment {
  /** `PODSCOPE_RUN_DIR`: where a run keeps its logs, data and control socket. @default $XDG_STATE_HOME/podscope */
  readonly runDir: string;
  /** `PODSCOPE_CACHE_DIR`: where downloaded servers are kept. @default $XDG_CACHE_HOME/podscope */
  readonly cacheDir: string;
  /** `OPENSEARCH_HOME`: an unpacked OpenSearch to use instead of an installed one. */
  readonly opensearchHome: string | undefined;
  /** `JAVA_HOME`: the JDK to run OpenSearch on, before the PATH's `java`. */
  readonly javaHome: string | undefined;
  /** `PODSCOPE_BROWSER`: the command that `podscope open` starts. @default xdg-open, or open on macOS */
  readonly browser: string | undefined;
  /** `PATH`: where commands are looked for. */
  readonly path: string;
  /** `NO_COLOR`, or a `TERM` of `dumb`: no colours. */
  readonly plain: boolean;
  /** `PODSCOPE_OPENSEARCH_USERNAME` and `PODSCOPE_OPENSEARCH_PASSWORD`: who asks the cluster after `--url`. */
  readonly opensearchUser: { readonly username: string; readonly password: string } | undefined;
  /** `PODSCOPE_DASHBOARDS_USERNAME` and `PODSCOPE_DASHBOARDS_PASSWORD`: who asks the product after `podscope dashboards … --url`. */
  readonly dashboardsUser: { readonly username: string; readonly password: string } | undefined;
  /** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`: what requests after `--aws-region` are signed with. */
  readonly awsCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | undefined } | undefined;
  /** `AWS_PROFILE`: whose credentials of the shared files of AWS are meant. The AWS target's credentials themselves the SDK of AWS finds. */
  readonly awsProfile: string | undefined;
  /** Which cluster, and the way to it: `KUBECONFIG`; `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`; in a pod `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`. */
  readonly kubernetes: Readonly<Record<string, string | undefined>>;
}

/** Reads the environment once. Relative paths count from the working directory. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const home = homedir();
  const state = env['XDG_STATE_HOME'] || join(home, '.local', 'state');
  const cache = env['XDG_CACHE_HOME'] || join(home, '.cache');
  const username = env['PODSCOPE_OPENSEARCH_USERNAME'];
  const dashboardsUsername = env['PODSCOPE_DASHBOARDS_USERNAME'];
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  return {
    runDir: resolve(env['PODSCOPE_RUN_DIR'] || join(state, 'podscope')),
    cacheDir: resolve(env['PODSCOPE_CACHE_DIR'] || join(cache, 'podscope')),
    opensearchHome: env['OPENSEARCH_HOME'] || undefined,
    javaHome: env['JAVA_HOME'] || undefined,
    browser: env['PODSCOPE_BROWSER'] || undefined,
    path: env['PATH'] ?? '',
    plain: Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb',
    opensearchUser: username ? { username, password: env['PODSCOPE_OPENSEARCH_PASSWORD'] ?? '' } : undefined,
    dashboardsUser: dashboardsUsername ? { username: dashboardsUsername, password: env['PODSCOPE_DASHBOARDS_PASSWORD'] ?? '' } : undefined,
    awsCredentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] || undefined } : undefined,
    awsProfile: env['AWS_PROFILE'] || undefined,
    kubernetes: {
      KUBECONFIG: env['KUBECONFIG'] || undefined,
      HTTPS_PROXY: env['HTTPS_PROXY'] || env['https_proxy'] || undefined,
      HTTP_PROXY: env['HTTP_PROXY'] || env['http_proxy'] || undefined,
      NO_PROXY: env['NO_PROXY'] || env['no_proxy'] || undefined,
      KUBERNETES_SERVICE_HOST: env['KUBERNETES_SERVICE_HOST'] || undefined,
      KUBERNETES_SERVICE_PORT: env['KUBERNETES_SERVICE_PORT'] || undefined,
    },
  };
}

/** Puts a variable into this process's environment, for the processes that it starts from now on. */
export function passToChildren(name: string, value: string): void {
  process.env[name] = value;
}

/** This process's environment with some variables more, for a program that is started with them alone. */
export function withEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}

/** The whole environment, for experiments: their files name the variables that they take. */
export function readVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
