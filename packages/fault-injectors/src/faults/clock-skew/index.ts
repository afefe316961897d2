import { z } from 'zod';
import { onSwitch, switchParams } from '../../application/web/onSwitch.ts';
import { lineOfRequest } from '../../application/web/see.ts';
import { defineFault } from '../../definition/defineFault.ts';

/** A smaller one could not be told from the time that a request takes, and from what clocks of two machines differ by. Seconds. */
const LEAST_OFFSET = 10;

const params = z.object({
  offsetSeconds: z.number().int().min(-31_622_400).max(31_622_400).refine((seconds) => Math.abs(seconds) >= LEAST_OFFSET, `${LEAST_OFFSET} seconds off at least`).default(-7_200).describe('how far the pod’s clock is ahead, or behind when negative'),
  ...switchParams,
  pods: switchParams.pods.default(1),
});

/** Parameters of {@link clockSkew}. */
export type ClockSkewParams = z.input<typeof params>;

/** `[24/Nov/2026:09:22:27 +0000]` */
const TIME = /\[(\d{2})\/(\w{3})\/(\d{4}):(\d{2}:\d{2}:\d{2}) \+0000\]/;

/** Lets a web pod date its log lines by a clock that is wrong. */
export const clockSkew = defineFault({
  id: 'clock-skew',
  title: 'A pod’s clock is wrong',
  params,
  provable: 'application',
  symptom: 'In apache-*, the time within message is off for one kubernetes.pod.name; @timestamp is off too where its log is read from the file that the pod writes, so that its lines seem to be missing now and too many at another time.',
  targets: onSwitch<z.output<typeof params>>({
    behaviour: ({ offsetSeconds }) => ({ kind: 'clock', offsetSeconds }),
    what: ({ offsetSeconds }) => `dates its log lines ${Math.abs(offsetSeconds)} s ${offsetSeconds < 0 ? 'behind' : 'ahead'}`,
    async see(web, pod, { offsetSeconds }) {
      const line = await lineOfRequest(web, pod);
      if (line === undefined) return { isSeen: (await web.log(pod, 1)) === undefined ? undefined : false, finding: `${pod}: its line about a request can’t be found` };
      const [, day, month, year, clock] = TIME.exec(line) ?? [];
      const off = (Date.parse(`${day} ${month} ${year} ${clock} GMT`) - Date.now()) / 1_000;
      // The request took a moment, and clocks of two machines differ.
      const isSeen = Math.abs(off - offsetSeconds) < Math.max(5, Math.abs(offsetSeconds) / 4);
      return { isSeen, finding: `${pod}: its access line is dated ${Math.round(off)} s off` };
    },
    readsLog: true,
  }),
});
