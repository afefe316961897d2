import { upAws, type UpProspect } from '../../targets/aws/up.ts';
import { upTitles } from '../../targets/aws/steps/steps.ts';
import { awsParts } from '../../targets/aws/compose.ts';
import { PRICED_REGIONS } from '../../targets/aws/estimate/price.ts';
import { asker } from '../../targets/kubernetes/connection/connect.ts';
import { PodscopeError } from '@podscope/core';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { usageError } from '../usageError.ts';
import { mirrorWanted } from '../../targets/aws/deploy/options.ts';
import { openPlace } from './place.ts';
import { tellPolicy } from './policy.ts';
import { showSteps } from './progress.ts';
import { costLines, prospectDocument, prospectLines, upDocument, upLines } from './shown.ts';
import { wantedSettings } from './wanted.ts';

/** `podscope up --target aws` */
export const run: CommandAction = async (context, _args, options) => {
  const { output, environment } = context;
  if (options['detach'] === true) throw usageError('On AWS, up returns when everything runs; there is nothing to detach.', 'Leave --detach out.');
  const settings = wantedSettings(environment, options);
  if (options['estimate'] === true) return tellEstimate(context, settings);
  if (options['policy'] !== undefined) return tellPolicy(context, settings, options['policy']);
  // Said by the half in the cluster, too, when cluster and domain have been paid for.
  if (settings.egress === 'endpoints' && options['imageMirror'] === undefined) throw mirrorWanted();
  const dryRun = options['dryRun'] === true;
  using interrupts = listenForInterrupts(() => output.note('\nEnding … what AWS was told to make goes on being made; "podscope down" deletes it. (Ctrl-C once more ends it at once)'));
  using opened = await openPlace(context, settings, options, interrupts.signal);
  const shown = showSteps(context, upTitles);
  let prospect: UpProspect | undefined;
  try {
    const result = await upAws({
      ...opened.place, settings, tell: shown.tell, done: shown.done,
      async confirm(found) {
        prospect = found;
        if (dryRun) return false;
        for (const line of prospectLines(found)) output.note(line);
        return options['yes'] === true || (await isWanted(context));
      },
    });
    await shown.end();
    if (result === undefined) {
      const found = prospect as UpProspect;
      output.result({ dryRun, ...prospectDocument(found) }, () => [...(dryRun ? prospectLines(found) : []), '', 'Nothing was made.']);
      return dryRun ? exitCodes.ok : exitCodes.failed;
    }
    output.result(upDocument(result), () => upLines(result));
    return exitCodes.ok;
  } catch (error) {
    await shown.end(error);
    if (!interrupts.isWanted) throw error;
    throw interruptedError('Interrupted. What was begun until then is in the ledger, and its expiry is armed.', 'Run "podscope up --target aws" again to go on, or "podscope down --target aws" to delete it.');
  }
};

async function isWanted({ output }: CommandContext): Promise<boolean> {
  const ask = asker(output);
  if (ask === undefined) throw usageError('Nobody is there to confirm what it costs: this is no terminal, or --json was given.', 'Look at "podscope up --target aws --estimate", and add --yes. Nothing was made.');
  return ask('Make it?');
}

function tellEstimate({ output }: CommandContext, settings: UpProspect['settings']): number {
  const costs = awsParts({ note: () => undefined }).estimate(settings);
  if (costs === undefined) throw new PodscopeError('AWS_NO_PRICE', `There are no prices for ${settings.region}.`, { hint: `There are some for ${PRICED_REGIONS.join(', ')}.` });
  output.result({ eventName: settings.event, region: settings.region, hours: settings.hours, currency: 'USD', ...costs }, () => costLines(costs, settings.hours));
  return exitCodes.ok;
}
