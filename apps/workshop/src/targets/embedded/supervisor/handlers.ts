import type { PartState } from '../../../control/api.ts';
import type { ControlHandlers } from '../../../control/handlers.ts';
import type { Shipping } from '../shippers/choose.ts';
import type { Hunts } from './hunts.ts';
import type { Verbs } from './verbs.ts';

export interface HandlersOptions {
  readonly verbs: Verbs;
  readonly hunts: Hunts;
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
