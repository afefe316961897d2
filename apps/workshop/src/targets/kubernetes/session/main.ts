import { keepRunning } from '../../../control/keepRunning.ts';
import type { SessionOptions } from './options.ts';
import { Session } from './session.ts';

// The session on a cluster, as a process of its own.
keepRunning((options: SessionOptions, hooks) => new Session(options, hooks));
