import type { ReadContext } from './list.ts';
import type { Sender } from './repeat.ts';
import { accessText } from './forbidden.ts';
import type { Access } from './types.ts';

/** Which accesses the server's own authorizer does not allow the user who asks (SelfSubjectAccessReview), in the order given. */
export async function accessesMissing(sender: Sender, fail: ReadContext['fail'], accesses: readonly Access[]): Promise<Access[]> {
  const allowed = await Promise.all(
    accesses.map(async (access) => {
      const { verb, group, resource, subresource, namespace, name } = access;
      const spec = { resourceAttributes: { verb, group, resource, subresource, namespace, name } };
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
      // A question that leaves nothing behind, though it is a POST.
      const answer = await sender.send({ method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body }, { safe: true });
      if (answer.status >= 300) throw fail(`Whether you may ${accessText(access)}`, answer);
      return (answer.body as { readonly status: { readonly allowed: boolean } }).status.allowed;
    }),
  );
  return accesses.filter((_access, index) => allowed[index] !== true);
}
