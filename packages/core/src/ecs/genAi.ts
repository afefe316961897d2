// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { double, integer, keyword, nested } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `gen_ai`. */
export const genAi = /* @__PURE__ */ fieldSet(() => ({
  'gen_ai.agent.description': keyword({ parameters: { index: false, doc_values: false } }),
  'gen_ai.agent.id': keyword(),
  'gen_ai.agent.name': keyword(),
  'gen_ai.operation.name': keyword(),
  'gen_ai.output.type': keyword(),
  'gen_ai.request.choice.count': integer(),
  'gen_ai.request.encoding_formats': nested(),
  'gen_ai.request.frequency_penalty': double(),
  'gen_ai.request.max_tokens': integer(),
  'gen_ai.request.model': keyword(),
  'gen_ai.request.presence_penalty': double(),
  'gen_ai.request.seed': integer(),
  'gen_ai.request.stop_sequences': nested(),
  'gen_ai.request.temperature': double(),
  'gen_ai.request.top_k': double(),
  'gen_ai.request.top_p': double(),
  'gen_ai.response.finish_reasons': nested(),
  'gen_ai.response.id': keyword(),
  'gen_ai.response.model': keyword(),
  'gen_ai.system': keyword(),
  'gen_ai.token.type': keyword(),
  'gen_ai.tool.call.id': keyword(),
  'gen_ai.tool.name': keyword(),
  'gen_ai.tool.type': keyword(),
  'gen_ai.usage.input_tokens': integer(),
  'gen_ai.usage.output_tokens': integer(),
}));
