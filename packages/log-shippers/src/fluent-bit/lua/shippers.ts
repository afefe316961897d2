import { SHARED_LUA } from './document.ts';

/**
 * The family of what comes over OTLP: a field or an attribute of the record or its resource, `podscope.family`, which is taken off the
 * record. The five arguments are the lua filter's form with metadata.
 */
export const FROM_OTLP_LUA = String.raw`${SHARED_LUA}
local function family_in(map)
  if type(map) ~= 'table' then return nil end
  if map['podscope.family'] ~= nil then return map['podscope.family'] end
  if type(map.podscope) == 'table' then return map.podscope.family end
  return nil
end

function podscope_family(tag, time, group, metadata, record)
  local resource = type(group.resource) == 'table' and group.resource.attributes or nil
  local otlp = type(metadata.otlp) == 'table' and metadata.otlp.attributes or nil
  local family = family_in(record) or family_in(otlp) or family_in(resource)
  record['podscope.family'] = nil
  record.podscope = nil
  return 2, time, metadata, { podscope_family = family, podscope = json(record) }
end
`;
