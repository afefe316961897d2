import { contextOf } from '../../targets/aws/cluster/connect.ts';
import { downAws } from '../../targets/aws/down.ts';
import { readLocalLedger } from '../../targets/aws/ledger/localLedger.ts';
import { awsNames } from '../../targets/aws/names.ts';
import { receiptEnd, receiptRows } from '../../targets/aws/receipt/receipt.ts';
import { downTitles } from '../../targets/aws/steps/steps.ts';
import type { FoundEvent } from '../../targets/aws/steps/find.ts';
import { leftLine } from '../../targets/aws/sweep/place.ts';
import { asker } from '../../targets/kubernetes/connection/connect.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { endSession } from '../kubernetes/console.ts';
import { usageError } from '../usageError.ts';
import { openPlace } from './place.ts';
import { showSteps } from './progress.ts';
import { onlyEvent } from './wanted.ts';

/** `podscope down --target aws`: everything of an event, from any machine; exits non-zero until nothing is left by ledger, tag and list. */
export const run: CommandAction = async (context, _args, options) => {
  const { output, environment } = context;
  const wanted = onlyEvent(environment, options);
  const existing = readLocalLedger(environment.runDir, wanted.region, wanted.event)?.record.settings.existingCluster;
  await endSession(context, { context: contextOf({ name: existing ?? awsNames(wanted).cluster, region: wanted.region }) });
  using interrupts = listenForInterrupts(() => output.note('\nEnding … what AWS was told to delete goes on being deleted.'));
  using opened = await openPlace(context, wanted, options, interrupts.signal);
  const shown = showSteps(context, downTitles, ['find']);
  try {
    const result = await downAws({
      ...opened.place, tell: shown.tell, done: shown.done,
      async confirm(found) {
        await shown.pause();
        return isWanted(context, wanted.event, found, options);
      },
    });
    if (result === undefined) {
      await shown.end();
      output.result({ target: 'aws', ...wanted, asked: false, left: [] }, () => ['Nothing was deleted.']);
      return exitCodes.failed;
    }
    const { receipt, wasThere, path, problems } = result;
    const isClean = receipt.left.length === 0 && problems.length === 0;
    await shown.end(isClean ? undefined : new Error('something is left'));
    output.result({ target: 'aws', ...wanted, asked: true, wasThere, receipt, file: path ?? null, problems: problems.map((problem) => problem.toJSON()) }, () => [
      ...(wasThere ? ['', ...columns(['WHAT', 'NAME', 'MADE', 'GONE'], receiptRows(receipt)), '', ...receiptEnd(receipt)] : [`Nothing of the event ${wanted.event} is in ${wanted.region} of ${receipt.account}: not in a ledger, by tag, or in a list.`]),
      ...problems.flatMap(({ message, hint, details }) => [`PROBLEM  ${message}`, ...details.map((line) => `  | ${line}`), ...(hint === undefined ? [] : [`  ${hint}`])]),
      ...(path === undefined ? [] : [`Receipt: ${path}`]),
      ...(wasThere ? [] : ['One in another region, or of another name: --region, --event.']),
      isClean ? 'Nothing is left.' : 'Run "podscope down --target aws" again; what is left is named above.',
    ]);
    return isClean ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    await shown.end(error);
    if (!interrupts.isWanted) throw error;
    throw interruptedError('Interrupted; what AWS was told to delete goes on being deleted.', 'Run "podscope down --target aws" again: it goes on, and says what is left.');
  }
};

async function isWanted({ output }: CommandContext, event: string, { left, caller, ledger }: FoundEvent, options: Readonly<Record<string, unknown>>): Promise<boolean> {
  for (const line of new Set(left.map(leftLine))) output.note(`- ${line}`);
  if (options['yes'] === true) return true;
  const ask = asker(output);
  const settings = ledger.record?.settings;
  const stays = [settings?.existingCluster, settings?.existingDomain].filter((name) => name !== undefined);
  if (ask === undefined) throw usageError(`The event ${event} has things in the account ${caller.account}, and nobody is there to ask whether to delete them.`, 'Add --yes. Nothing was deleted.');
  return ask(`Delete all of the event ${event} in the account ${caller.account}, with the data of its domain${stays.length === 0 ? '' : ` (${stays.join(', ')} stays)`}?`);
}

