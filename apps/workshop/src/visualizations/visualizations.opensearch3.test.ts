import { expect, it } from 'vitest';
import { map, pods, startSampleServer, strip } from './sampleServer.fixture.ts';

it('the workshop’s own visualizations are drawn from answers of OpenSearch 3', async () => {
  await using server = await startSampleServer('3.8.0');
  expect((await server.draw(pods)).data('segments')).toHaveLength(12);
  expect((await server.draw(strip)).data('fit')).toHaveLength(1);
  expect((await server.draw(map)).data('followed')).toHaveLength(2);
  // OpenSearch Dashboards 3 writes a bare interval.
  const bare = (body: object) => JSON.parse(JSON.stringify(body).replaceAll(/"(?:fixed|calendar)_interval"/gu, '"interval"')) as object;
  expect((await server.draw(strip, {}, bare)).data('fit')).toHaveLength(1);
});
