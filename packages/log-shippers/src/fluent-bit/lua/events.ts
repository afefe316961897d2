import { SHARED_LUA } from './document.ts';

/**
 * Workload events in the fields of `kubernetesFields`: those of the API (`kubernetes_events` input: the Event object) and those of a file
 * of JSON lines. The catalogue has no place for the offset in the file, so it goes into the digits below the millisecond: equal events of
 * one moment stay apart, and a repeated one gets the same id.
 */
export const EVENTS_LUA = String.raw`${SHARED_LUA}
local function document_of(event)
  local one = function(kind) return event.kind == kind and named(event.name) or nil end
  return {
    message = event.message,
    kubernetes = {
      namespace = event.namespace,
      event = { type = event.type, reason = event.reason, involved_object = { kind = event.kind, name = event.name }, count = event.count },
      pod = one('Pod'),
      deployment = one('Deployment'),
      node = one('Node'),
    },
  }
end

local function apart(sec, nsec, number)
  return { sec = sec, nsec = math.floor(nsec / 1000000) * 1000000 + (tonumber(number) or 0) % 1000000 }
end

function podscope_events(tag, time, record)
  if type(record.involvedObject) == 'table' then
    local about = record.involvedObject
    local metadata = type(record.metadata) == 'table' and record.metadata or {}
    local series = type(record.series) == 'table' and record.series or {}
    local sec, nsec
    for _, text in ipairs({ series.lastObservedTime or '', record.lastTimestamp or '', record.eventTime or '', record.firstTimestamp or '', metadata.creationTimestamp or '' }) do
      if sec == nil and type(text) == 'string' then sec, nsec = time_of(text) end
    end
    local document = document_of({
      message = tostring(record.message or ''), namespace = about.namespace or metadata.namespace, type = record.type or 'Normal',
      reason = record.reason or 'Unknown', kind = about.kind, name = about.name, count = tonumber(record.count) or tonumber(series.count) or 1,
    })
    if sec == nil then return 1, apart(time.sec, time.nsec, metadata.resourceVersion), finished(document) end
    return 1, apart(sec, nsec, metadata.resourceVersion), finished(document)
  end
  local line = text_of(record)
  if line:find('^%s*$') then return -1, time, record end
  for _, part in ipairs({ 'at', 'type', 'reason', 'namespace', 'kind', 'name', 'message' }) do
    if type(record[part]) ~= 'string' then
      return 1, apart(time.sec, time.nsec, record.log_offset), finished({ message = line, kubernetes = { event = { type = 'Warning', reason = 'Unparsed' } } })
    end
  end
  local sec, nsec = time_of(record.at)
  if sec == nil then sec, nsec = time.sec, time.nsec end
  record.count = 1
  return 1, apart(sec, nsec, record.log_offset), finished(document_of(record))
end
`;
