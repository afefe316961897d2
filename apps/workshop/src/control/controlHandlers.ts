import type { Shipping } from '../targets/embedded/shippers/choose.ts';
import type { PartState } from './api.ts';
import type { ControlHandlers, HuntControl } from './handlers.ts';

/** What a running system does for the commands, the console and the learners, whatever its target is. */
export type PublicVerbs = Pick<ControlHandlers, 'state' | 'scale' | 'restart' | 'exec' | 'logs' | 'stopClient' | 'publish' | 'setVisitorRate' | 'rollover'>;

export interface HandlersOptions {
  readonly verbs: PublicVerbs;
  /** Loaded when somebody first asks for them. */
  readonly hunts: { control(): Promise<HuntControl> };
  readonly parts: () => readonly PartState[];
  readonly shipping: () => readonly Shipping[];
  /** Ends everything but this process. */
  readonly end: () => Promise<void>;
  /** Called once the answer to the order to end is on its way. */
  readonly onDown: () => void;
}

/** What the control socket and the console ask for, by the parts that do it. */
export function controlHandlers({ verbs, hunts, parts, shipping, end, onDown }: HandlersOptions): ControlHandlers {
  return {
    state: () => verbs.state(),
    parts: async () => parts(),
    shipping: async () => shipping(),
    scale: (deployment, replicas) => verbs.scale(deployment, replicas),
    restart: (target) => verbs.restart(target),
    exec: (pod, command) => verbs.exec(pod, command),
    logs: (pod, tail) => verbs.logs(pod, tail),
    stopClient: (id) => verbs.stopClient(id),
    publish: (path) => verbs.publish(path),
    setVisitorRate: (rate) => verbs.setVisitorRate(rate),
    rollover: () => verbs.rollover(),
    hunts: async () => (await hunts.control()).hunts(),
    startHunt: async (id, seed) => (await hunts.control()).startHunt(id, seed),
    takeHint: async (id) => (await hunts.control()).takeHint(id),
    answerHunt: async (id, answers) => (await hunts.control()).answerHunt(id, answers),
    submitHunt: async (id) => (await hunts.control()).submitHunt(id),
    stopHunt: async (id) => (await hunts.control()).stopHunt(id),
    faults: {
      listFaults: async () => (await hunts.control()).listFaults(),
      injectFault: async (request) => (await hunts.control()).injectFault(request),
      verifyFault: async (id) => (await hunts.control()).verifyFault(id),
      revertFault: async (id, force) => (await hunts.control()).revertFault(id, force),
      recoverFaults: async () => (await hunts.control()).recoverFaults(),
    },
    shutdown: async () => {
      await end();
      setImmediate(onDown);
    },
  };
}
