import { type Command, Option } from 'commander';
import { action, type CommandAction, examples } from '../command.ts';
import { addTarget } from '../kubernetes/flags.ts';

const GROUP = 'Kubernetes target:';

const of = (flags: string, description: string): Option => new Option(flags, description).helpGroup(GROUP);
const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Which cluster a command is about. */
function addCluster(command: Command): Command {
  return addTarget(command)
    .addOption(of('--context <name>', 'context of the kubeconfig; "in-cluster" for the account of the pod that this runs in'))
    .addOption(of('--kubeconfig <file>', 'without it, KUBECONFIG or ~/.kube/config'));
}

/** What keeps a fault within bounds. */
function addSafety(command: Command): Command {
  return command
    .addOption(of('--max-pods <number>', 'refuse when more pods, nodes or instances would be touched, over all faults that run'))
    .addOption(of('--max-share <share>', 'refuse when a larger share of them would be, such as 0.5 or 50%'))
    .addOption(of('--despite-owners', 'inject although an autoscaler, Argo CD, Flux or an operator would undo it'))
    .addOption(of('--opt-in-label <label>', 'label that namespaces and workloads carry with the value "allowed"').default('podscope.dev/faults'))
    .addOption(of('--watchdog-image <image>', 'run the watchdog as a Job in the cluster, by an image with Node 22.19 or later; without it, as a process of this machine'));
}

let helpOfFault = '';

/** Loads what the help of `fault inject <id>` says of the fault's parameters; other command lines need nothing. */
export async function prepareFaultHelp(argv: readonly string[]): Promise<void> {
  const [group, verb, id] = argv;
  if (group !== 'fault' || verb !== 'inject' || id === undefined || id.startsWith('-') || !argv.some((flag) => flag === '--help' || flag === '-h')) return;
  const { helpText } = await import('./describe.ts');
  helpOfFault = helpText(id);
}

/** `podscope fault …` */
export function addFaultCommands(fault: Command): void {
  examples(fault, 'fault list', 'fault describe replica-storm', 'fault inject replica-storm --dry-run');
  const add = (name: string, description: string): Command => fault.command(name).description(description);
  const load = async (file: () => Promise<Readonly<Record<string, CommandAction>>>, verb: string): Promise<CommandAction> => (await file())[verb] as CommandAction;

  examples(
    action(addCluster(add('list', 'every fault, where its symptom can be proved, and what is injected now')), async () => (await import('./list.ts')).run),
    'fault list',
    'fault list --target kubernetes --context staging --json',
  );
  examples(action(add('describe', 'one fault: parameters, symptom, targets').argument('<id>'), async () => (await import('./describe.ts')).run), 'fault describe replica-storm');
  const inject = addSafety(
    addCluster(add('inject', 'inject a fault; it stays until its time is over, or until Ctrl-C'))
      .argument('<id>')
      .option('--param <name=value>', 'a parameter of the fault; may come several times', each)
      .option('--seed <text>', 'draws its details; embedded target')
      .option('--dry-run', 'say what would be done, and whether it would be refused')
      .addOption(of('--ttl <time>', 'when it is reverted at the latest, such as 90s or 10m').default('10m'))
      .addOption(of('--symptom <time>', 'how long its symptom is waited for; 0 doesn’t look').default('60s'))
      .addOption(of('--steady-state <probe>', 'must hold before, and again after the revert; may come several times').argParser(each))
      .addOption(of('--abort-when <probe>', 'one that holds reverts the fault; may come several times').argParser(each))
      .addOption(of('--detach', 'return when it is injected; the watchdog keeps its time'))
      .addOption(of('--yes', 'don’t ask')),
  );
  examples(
    action(inject, async () => (await import('./inject.ts')).run).addHelpText('after', () => helpOfFault),
    'fault inject replica-storm --dry-run',
    'fault inject replica-storm --target kubernetes --context staging --param namespace=guestbook --param deployment=frontend --param replicas=100 --ttl 5m',
    "fault inject pod-kill --target kubernetes --context staging --param namespace=guestbook --param workload=frontend --abort-when '!https://guestbook.example.test/'",
  );
  const file = (): Promise<Readonly<Record<string, CommandAction>>> => import('./injected.ts');
  examples(action(addCluster(add('verify', 'look whether the symptom is there').argument('<id>')), () => load(file, 'verify')), 'fault verify 1a2b3c4d5e6f7a8b');
  examples(
    action(addCluster(add('revert', 'put back what was before').argument('<id>')).option('--force', 'even when somebody changed it since'), () => load(file, 'revert')),
    'fault revert 1a2b3c4d5e6f7a8b',
    'fault revert 1a2b3c4d5e6f7a8b --force',
  );
  examples(
    action(addCluster(add('recover', 'find faults that were left behind and revert them')).addOption(of('--force', 'also those that somebody changed since')), () => load(file, 'recover')),
    'fault recover',
    'fault recover --target kubernetes --context staging',
  );
  examples(
    action(addCluster(add('abort', 'the kill switch: revert everything, and let nothing new in')).option('--all', 'every fault of the target').option('--resume', 'let faults in again'), () => load(file, 'abort')),
    'fault abort --all',
    'fault abort --resume',
  );
  const run = addCluster(add('run', 'run an experiment out of a file, ours or Chaos Toolkit’s').argument('<file>', 'YAML or JSON'))
    .option('--report <file...>', 'write reports: .html, .xml (JUnit), .json or .md by their names')
    .option('--junit <file>', 'write JUnit XML, whatever the file’s name')
    .option('--convert', 'print a Chaos Toolkit experiment as one of ours, and run nothing')
    .option('--dry-run', 'check the file and plan its faults; nothing is changed')
    .option('--force', 'revert although somebody else changed the same since')
    .addOption(of('--despite-owners', 'inject although an autoscaler, Argo CD, Flux or an operator would undo it'))
    .addOption(of('--opt-in-label <label>', 'label that namespaces and workloads carry with the value "allowed"').default('podscope.dev/faults'))
    .addOption(of('--watchdog-image <image>', 'run the watchdog as a Job in the cluster, by an image with Node 22.19 or later; without it, as a process of this machine'));
  examples(
    action(run, async () => (await import('./run.ts')).run),
    'fault run storm.yaml --target kubernetes --context staging --report report.html --junit report.xml',
    'fault run chaos.json --convert',
  );
  examples(
    action(
      add('role', 'the Role that an account needs to inject faults, as YAML')
        .option('--fault <id...>', 'these faults only')
        .option('--namespace <name>', 'where they are injected', 'guestbook')
        .option('--watchdog-in-cluster', 'also what --watchdog-image needs: to make a Job, and an account for it')
        .option('--account <name>', 'also bind it to this service account of the namespace'),
      async () => (await import('./role.ts')).run,
    ),
    'fault role --namespace guestbook',
    'fault role --fault replica-storm pod-kill --account injector',
  );
  examples(action(add('journal', 'what was done, as JSON lines: injections, steps, reverts').option('--last <number>', 'how many lines', '200').option('--id <id>', 'of one fault'), async () => (await import('./journal.ts')).run), 'fault journal', 'fault journal --id 1a2b3c4d5e6f7a8b');
}
