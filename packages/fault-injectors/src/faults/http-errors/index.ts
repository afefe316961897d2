import { z } from 'zod';
import { onSwitch, switchParams } from '../../application/web/onSwitch.ts';
import { pathsParam, shareParam } from '../../application/web/requestParams.ts';
import { ask, SAMPLE_PATH } from '../../application/web/see.ts';
import { defineFault } from '../../definition/defineFault.ts';

const params = z.object({
  share: shareParam.default(0.2),
  paths: pathsParam,
  status: z.union([z.literal(429), z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).default(503).describe('status of the answers: 429, 500, 502, 503 or 504'),
  ...switchParams,
});

/** Parameters of {@link httpErrors}. */
export type HttpErrorsParams = z.input<typeof params>;

/** Lets the guestbook's web pods answer a share of the requests with an error. */
export const httpErrors = defineFault({
  id: 'http-errors',
  title: 'The guestbook answers with errors',
  params,
  provable: 'application',
  symptom: 'In apache-*, a share of the access lines has http.response.status_code 503 (or the one that was chosen), and as many lines with event.dataset error say "upstream answered".',
  targets: onSwitch<z.output<typeof params>>({
    behaviour: ({ share, paths, status }) => ({ kind: 'errors', share, paths, status }),
    what: ({ share, paths, status }) => `answers ${Math.round(share * 100)} % of the requests${paths.length === 0 ? '' : ` under ${paths.join(', ')}`} with ${status}`,
    async already(web, pod, { paths: [path = SAMPLE_PATH], status }) {
      return (await ask(web, pod, path, 1)).some((answer) => answer.status === status) ? `answers ${path} with ${status}` : undefined;
    },
    async see(web, pod, { share, paths, status }) {
      const answers = await ask(web, pod, paths[0] ?? SAMPLE_PATH, share);
      const failed = answers.filter((answer) => answer.status === status).length;
      return { isSeen: failed > 0, finding: `${pod}: ${failed} of ${answers.length} answers have status ${status}` };
    },
    readsLog: false,
  }),
});
