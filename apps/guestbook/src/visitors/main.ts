import { serveParent } from '../parentChannel.ts';
import type { VisitorsReply, VisitorsRequest } from './protocol.ts';
import { Traffic } from './traffic.ts';

const traffic = new Traffic();
serveParent<VisitorsRequest, VisitorsReply>((request) => traffic.handle(request), () => traffic.close());
