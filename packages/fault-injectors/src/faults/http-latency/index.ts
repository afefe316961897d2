import { z } from 'zod';
import { onSwitch, switchParams } from '../../application/web/onSwitch.ts';
import { pathsParam, shareParam } from '../../application/web/requestParams.ts';
import { ask, SAMPLE_PATH } from '../../application/web/see.ts';
import { defineFault } from '../../definition/defineFault.ts';

const params = z.object({
  share: shareParam.default(0.5),
  paths: pathsParam,
  milliseconds: z.number().int().min(10).max(30_000).default(1_500).describe('how long such a request waits before it is answered'),
  ...switchParams,
});

/** Parameters of {@link httpLatency}. */
export type HttpLatencyParams = z.input<typeof params>;

/** Lets a share of the requests to the guestbook's web pods wait. */
export const httpLatency = defineFault({
  id: 'http-latency',
  title: 'The guestbook answers late',
  params,
  provable: 'application',
  symptom: 'In apache-*, event.duration_us of a share of the access lines is above the wait (1,500,000 by default), while status codes are as before and Redis is not busier.',
  targets: onSwitch<z.output<typeof params>>({
    behaviour: ({ share, paths, milliseconds }) => ({ kind: 'latency', share, paths, milliseconds }),
    what: ({ share, paths, milliseconds }) => `lets ${Math.round(share * 100)} % of the requests${paths.length === 0 ? '' : ` under ${paths.join(', ')}`} wait for ${milliseconds} ms`,
    async already(web, pod, { paths: [path = SAMPLE_PATH], milliseconds }) {
      return (await ask(web, pod, path, 1)).every((answer) => answer.milliseconds >= milliseconds) ? `takes ${milliseconds} ms for ${path}` : undefined;
    },
    async see(web, pod, { share, paths, milliseconds }) {
      const answers = await ask(web, pod, paths[0] ?? SAMPLE_PATH, share);
      const late = answers.filter((answer) => answer.milliseconds >= milliseconds).length;
      return { isSeen: late > 0, finding: `${pod}: ${late} of ${answers.length} answers took ${milliseconds} ms or more` };
    },
    readsLog: false,
  }),
});
