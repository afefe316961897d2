import { z } from 'zod';
import { onSwitch, switchParams } from '../../application/web/onSwitch.ts';
import { lineOfRequest } from '../../application/web/see.ts';
import { defineFault } from '../../definition/defineFault.ts';

const params = z.object({
  format: z.enum(['json', 'pipes']).default('json').describe('the new format of access lines: a JSON object, or parts between |'),
  ...switchParams,
  pods: switchParams.pods.default(1),
});

/** Parameters of {@link logFormatChange}. */
export type LogFormatChangeParams = z.input<typeof params>;

/** `%h - %u [%t] "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D` */
const COMBINED = /^\S+ \S+ \S+ \[[^\]]+\] "[^"]*" \d{3} /;

/** Lets a web pod write its access log in another format, as after a careless release. */
export const logFormatChange = defineFault({
  id: 'log-format-change',
  title: 'A pod’s access log has another format',
  params,
  provable: 'application',
  symptom: 'In apache-*, documents of the pod have event.dataset unparsed and no http.response.status_code, url.path or source.ip; its share of the access lines seems to be gone.',
  targets: onSwitch<z.output<typeof params>>({
    behaviour: ({ format }) => ({ kind: 'log-format', format }),
    what: ({ format }) => `writes access lines as ${format}`,
    async see(web, pod) {
      const line = await lineOfRequest(web, pod);
      if (line === undefined) return { isSeen: (await web.log(pod, 1)) === undefined ? undefined : false, finding: `${pod}: its line about a request can’t be found` };
      const isCombined = COMBINED.test(line);
      return { isSeen: !isCombined, finding: `${pod}: its access line is ${isCombined ? 'in Apache’s format' : 'in another format than Apache’s'}` };
    },
    readsLog: true,
  }),
});
