// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { boolean, keyword, long, object, scaledFloat } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `container`. */
export const container = /* @__PURE__ */ fieldSet(() => ({
  'container.cpu.usage': scaledFloat({ parameters: { scaling_factor: 1000 } }),
  'container.disk.read.bytes': long(),
  'container.disk.write.bytes': long(),
  'container.id': keyword(),
  'container.image.hash.all': keyword(),
  'container.image.name': keyword(),
  'container.image.tag': keyword(),
  'container.labels': object(),
  'container.memory.usage': scaledFloat({ parameters: { scaling_factor: 1000 } }),
  'container.name': keyword(),
  'container.network.egress.bytes': long(),
  'container.network.ingress.bytes': long(),
  'container.runtime': keyword(),
  'container.security_context.privileged': boolean(),
}));
