import type { KubeClient } from '../client.ts';
import type { KubeObject } from '../objects.ts';

/** A kind whose objects can be listed. */
export interface ListableKind {
  /** '' for the core group. */
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural, as in the path. */
  readonly resource: string;
  /** Of all namespaces. */
  readonly path: string;
}

async function body<Body>(client: KubeClient, path: string, query?: Readonly<Record<string, string>>): Promise<Body> {
  const answer = await client.request({ path, query });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}

/** All kinds that the server has and lists, custom resources too, each group in the version that it prefers. */
export async function listableKinds(client: KubeClient): Promise<readonly ListableKind[]> {
  const { groups } = await body<{ readonly groups: readonly { readonly name: string; readonly preferredVersion: { readonly groupVersion: string } }[] }>(client, '/apis');
  const versions = [{ group: '', root: '/api/v1', apiVersion: 'v1' }, ...groups.map(({ name, preferredVersion: { groupVersion } }) => ({ group: name, root: `/apis/${groupVersion}`, apiVersion: groupVersion }))];
  const found = await Promise.all(
    versions.map(async ({ group, root, apiVersion }) => {
      const { resources } = await body<{ readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[] }>(client, root);
      return resources
        .filter(({ name, verbs }) => !name.includes('/') && verbs.includes('list'))
        .map(({ name, kind }): ListableKind => ({ group, apiVersion, kind, resource: name, path: `${root}/${name}` }));
    }),
  );
  return found.flat();
}

const PAGE = '500';

/** All objects of a kind. */
export async function listAll(client: KubeClient, { path, apiVersion, kind }: ListableKind): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = [];
  let more: string | undefined = '';
  while (more !== undefined) {
    const page: { readonly items: readonly KubeObject[]; readonly metadata: { readonly continue?: string } } = await body(client, path, { limit: PAGE, ...(more === '' ? {} : { continue: more }) });
    // The items of a list don't say what they are.
    for (const item of page.items) objects.push({ ...item, apiVersion, kind });
    more = page.metadata.continue === '' ? undefined : page.metadata.continue;
  }
  return objects;
}
