import { statusAws } from '../../targets/aws/status.ts';
import { leftLine } from '../../targets/aws/sweep/place.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction } from '../command.ts';
import { listenForInterrupts } from '../indices/interrupts.ts';
import { openPlace } from './place.ts';
import { sayWhenSlow } from './progress.ts';
import { wantedEvent } from './wanted.ts';

/** `podscope status --target aws`: what isn't well is said, and is no error of the question. */
export const run: CommandAction = async (context, _args, options) => {
  const { output, environment } = context;
  const wanted = wantedEvent(environment, options);
  using interrupts = listenForInterrupts(() => undefined);
  using opened = await openPlace(context, wanted, options, interrupts.signal);
  using _waiting = sayWhenSlow(context, `AWS is asked about ${wanted.event} in ${wanted.region} …`);
  const { isThere, isWell, account, record, parts, there, costUsd } = await statusAws(opened.place);
  const hoursLeft = record === undefined ? undefined : Math.round(((Date.parse(record.expires) - Date.now()) / 3_600_000) * 10) / 10;
  output.result(
    { running: isThere, healthy: isThere && isWell, target: 'aws', ...wanted, account, began: record?.began ?? null, expires: record?.expires ?? null, costUsd: costUsd ?? null, parts: parts.map(({ kind, name, state, issues }) => ({ kind, name, state, issues })), there: there.map(({ by, kind, id, why = null }) => ({ by, kind, id, why })) },
    () => [
      !isThere ? `Nothing of the event ${wanted.event} is in ${wanted.region} of ${account}.` : isWell ? `The event ${wanted.event} runs in ${wanted.region} of ${account}.` : `The event ${wanted.event} in ${wanted.region} of ${account} is not whole: see below.`,
      ...(isThere ? ['', ...columns(['WHAT', 'NAME', 'STATE'], parts.map(({ kind, name, state }) => [kind, name, state])), ...parts.flatMap(({ name, issues }) => issues.map((issue) => `${name}: ${issue}`))] : []),
      ...(record === undefined ? [] : ['', hoursLeft !== undefined && hoursLeft < 0 ? `Its time was over at ${record.expires}: the account deletes it.` : `The account deletes it at ${record.expires}, in ${hoursLeft} hours.`]),
      ...(costUsd === undefined ? [] : [`It has cost about ${costUsd.toFixed(2)} US dollars so far, by the estimate.`]),
      ...(isThere && record === undefined ? ['', 'There is no ledger of it; this was found:', ...there.map((each) => `  ${leftLine(each)}`)] : []),
    ],
  );
  return isThere ? exitCodes.ok : exitCodes.notRunning;
};
