import { serveParent } from '../parentChannel.ts';
import { WebHost } from './host.ts';
import type { WebReply, WebRequest } from './protocol.ts';

const host = new WebHost();
serveParent<WebRequest, WebReply>((request) => host.handle(request), () => host.close());
