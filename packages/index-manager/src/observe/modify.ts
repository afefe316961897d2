import { type IndexClient, send } from '../client.ts';
import { NO_SUCH_PATH } from './ask.ts';

/**
 * Whether the server exchanges backing indices of data streams (`POST _data_stream/_modify`). One that does refuses an empty
 * list because it is empty; another doesn't know the method, or takes the path for an index.
 */
export async function modifiesStreams(client: IndexClient): Promise<boolean> {
  const { status, reason } = await send(client, { method: 'POST', path: '/_data_stream/_modify', body: { actions: [] }, expected: [400, 403, 404, 405] });
  return status === 200 || (status === 400 && !NO_SUCH_PATH.test(reason));
}
