import { keepRunning } from '../../../control/keepRunning.ts';
import type { SupervisorOptions } from '../protocol.ts';
import { Supervisor } from './supervisor.ts';

// The supervisor of the embedded target, as a process of its own.
keepRunning((options: SupervisorOptions, hooks) => new Supervisor(options, hooks));
