import { z } from 'zod';
import { helperParams } from '../../application/redis/clientPods.ts';
import { webPlace } from '../../application/web/tier.ts';

const client = z
  .object({
    id: z.string().min(1).max(63).describe('name of the client; on a cluster that of its Deployment, so that it must be a name for objects'),
    userAgent: z.string().min(1).max(200).regex(/^[ -~]+$/).describe('what the access log shows as user_agent.original'),
    address: z.string().max(45).default('127.0.0.1').describe('source address that the access log shows; on a cluster it is the pod’s own'),
    rate: z.number().gt(0).max(500).describe('requests in a second'),
    paths: z.array(z.string().regex(/^\/[!-~]{0,1000}$/)).min(1).max(50).describe('the paths that it asks for; none of them may be served'),
  })
  .describe('the client to start');

/** Parameters of the storm. */
export const params = z.object({
  client,
  from: helperParams.from,
  image: helperParams.image,
  seconds: helperParams.seconds,
  url: z.string().regex(/^http:\/\/[\w.:-]{1,253}$/).default('http://frontend').describe('where the client in the cluster finds the guestbook'),
  namespace: webPlace.namespace,
  selector: webPlace.selector,
  port: webPlace.port,
});

/** Checked, with defaults. */
export type StormParams = z.output<typeof params>;
