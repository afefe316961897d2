import { type Answer, type IndexClient, type Request, send as sendOnce } from '../client.ts';
import { failureOf } from '../failures.ts';

/** Which functions ask, and the code of what fails there. */
const PARTS = { ism: { code: 'ISM_REQUEST_FAILED' }, retention: { code: 'LIFECYCLE_RUN_FAILED' } } as const;

/**
 * Sends one request of the lifecycle functions.
 *
 * @throws PodscopeError ISM_REQUEST_FAILED or LIFECYCLE_RUN_FAILED, with the request and the server's reason; or what
 * {@link failureOf} finds to be the matter.
 */
export async function send(client: IndexClient, part: keyof typeof PARTS, request: Request): Promise<Answer> {
  try {
    return await sendOnce(client, request);
  } catch (error) {
    throw failureOf(error, PARTS[part].code, `${request.method} ${request.path.split('?')[0]}`);
  }
}
