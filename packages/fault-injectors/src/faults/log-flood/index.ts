import { z } from 'zod';
import { onSwitch, switchParams } from '../../application/web/onSwitch.ts';
import { defineFault } from '../../definition/defineFault.ts';

const params = z.object({
  perSecond: z.number().int().min(1).max(5_000).default(200).describe('lines a second, from each pod'),
  ...switchParams,
  pods: switchParams.pods.default(1),
});

/** Parameters of {@link logFlood}. */
export type LogFloodParams = z.input<typeof params>;

const LINE = /cache: lookup (\d+) in /;
const TAIL = 200;
const BETWEEN_MS = 500;
const newest = (lines: readonly string[]): number => Math.max(0, ...lines.map((line) => Number(LINE.exec(line)?.[1] ?? 0)));

/** Lets a web pod write far more lines than it has requests. */
export const logFlood = defineFault({
  id: 'log-flood',
  title: 'A pod floods its log',
  params,
  provable: 'application',
  symptom: 'In apache-*, documents of one kubernetes.pod.name with event.dataset error and message "cache: lookup …" come by the hundred a second; those of other pods may come late where a shipper is at its limit.',
  targets: onSwitch<z.output<typeof params>>({
    behaviour: ({ perSecond }) => ({ kind: 'log-lines', perSecond }),
    what: ({ perSecond }) => `writes ${perSecond} more lines a second into its log`,
    async see(web, pod) {
      const first = await web.log(pod, TAIL);
      if (first === undefined) return { isSeen: undefined, finding: `${pod}: its log can’t be read here` };
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      const grown = newest((await web.log(pod, TAIL)) ?? []) - newest(first);
      return { isSeen: grown > 0, finding: `${pod}: ${grown} such lines more within ${BETWEEN_MS} ms` };
    },
    readsLog: true,
  }),
});
