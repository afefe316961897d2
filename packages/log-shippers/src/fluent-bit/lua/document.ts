/** The parser that takes what {@link SHARED_LUA}'s `finished` returns. */
export const DOCUMENT_PARSER = { name: 'podscope_json', format: 'json' } as const;
/** The key under which it stands. */
export const DOCUMENT_KEY = 'podscope';

/**
 * What the Lua scripts share. Each returns its document as JSON with sorted keys, which a parser filter puts in place of the record: a Lua
 * table has another order in every process (LuaJIT's string hashes are seeded), and `Generate_ID` hashes the record as it stands, so that a
 * line read again after a restart would get another id. No `${` may stand in them: Fluent Bit would take it for a variable. Lua is LuaJIT's, 5.1.
 * The callback's form: `docs` of the lua filter; `plugins/filter_lua/lua.c`.
 */
export const SHARED_LUA = String.raw`local function set(name)
  local value = os.getenv(name)
  if value == '' then return nil end
  return value
end
local NODE = set('NODE_NAME')

local function filled(map)
  if next(map) == nil then return nil end
  return map
end

-- The deployment of a pod named <deployment>-<template hash>-<suffix>.
local function deployment_of(pod)
  local name, hash, suffix = pod:match('^(.+)%-([a-z0-9]+)%-([a-z0-9]+)$')
  if name == nil or #suffix ~= 5 or #hash < 6 or #hash > 10 or not hash:find('%d') then return nil end
  return name
end

local function named(name)
  if name == nil then return nil end
  return { name = name }
end

-- Where a container's line comes from: what the kubernetes filter found, else kubelet's file name <pod>_<namespace>_<container>-<id>.log.
local function origin(record)
  local found = type(record.kubernetes) == 'table' and record.kubernetes or {}
  local file = tostring(record.log_path or ''):match('([^/]*)$')
  local pod, namespace, container = file:match('^([^_]+)_([^_]+)_(.+)%-[^-]+%.log$')
  pod = found.pod_name or pod
  if pod == nil then return filled({ node = named(NODE) }) end
  local deployment
  local labels = type(found.labels) == 'table' and found.labels or {}
  local hash = labels['pod-template-hash']
  if type(hash) == 'string' then
    local at = pod:find('-' .. hash .. '-', 1, true)
    if at then deployment = pod:sub(1, at - 1) end
  else
    deployment = deployment_of(pod)
  end
  return {
    namespace = found.namespace_name or namespace,
    pod = named(pod),
    container = named(found.container_name or container),
    deployment = named(deployment),
    node = named(found.host or NODE),
  }
end

-- The length of the UTF-8 character at a place, and whether it is whole; a broken one's bytes become one replacement character.
local function character(text, at)
  local first = text:byte(at)
  local more, low, high = 0, 128, 191
  if first < 128 then return 1, true end
  if first >= 194 and first <= 223 then more = 1
  elseif first >= 224 and first <= 239 then
    more = 2
    if first == 224 then low = 160 elseif first == 237 then high = 159 end
  elseif first >= 240 and first <= 244 then
    more = 3
    if first == 240 then low = 144 elseif first == 244 then high = 143 end
  else return 1, false end
  for n = 1, more do
    local byte = text:byte(at + n)
    if byte == nil or byte < low or byte > high then return n, false end
    low, high = 128, 191
  end
  return more + 1, true
end

-- Text as UTF-8: Fluent Bit would leave broken bytes out.
local function valid(text)
  local at = text:find('[\128-\255]')
  if at == nil then return text end
  local parts, from = {}, 1
  while at do
    local length, whole = character(text, at)
    if not whole then
      parts[#parts + 1] = text:sub(from, at - 1)
      parts[#parts + 1] = '\239\191\189'
      from = at + length
    end
    at = text:find('[\128-\255]', at + length)
  end
  if from == 1 then return text end
  parts[#parts + 1] = text:sub(from)
  return table.concat(parts)
end

-- A line without the line end that Docker's format keeps.
local function text_of(record)
  local text = record.log
  if type(text) ~= 'string' then return '' end
  return (text:gsub('\r?\n$', ''))
end

local function days(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = math.floor(year / 400)
  local of_era = year - era * 400
  local of_year = math.floor((153 * (month + (month > 2 and -3 or 9)) + 2) / 5) + day - 1
  return era * 146097 + of_era * 365 + math.floor(of_era / 4) - math.floor(of_era / 100) + of_year - 719468
end

-- Seconds and nanoseconds of an RFC 3339 time; nil when it is none.
local function time_of(text)
  local y, mo, d, h, mi, s, rest = text:match('^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d):(%d%d):(%d%d)(.*)$')
  if y == nil then return nil end
  y, mo, d, h, mi, s = tonumber(y), tonumber(mo), tonumber(d), tonumber(h), tonumber(mi), tonumber(s)
  if mo < 1 or mo > 12 or d < 1 or d > 31 or h > 23 or mi > 59 or s > 60 then return nil end
  local fraction, zone = rest:match('^%.(%d+)(.*)$')
  zone = zone or rest
  local offset = 0
  if zone ~= 'Z' and zone ~= 'z' then
    local sign, zh, zm = zone:match('^([+-])(%d%d):?(%d%d)$')
    if sign == nil then return nil end
    offset = (tonumber(zh) * 60 + tonumber(zm)) * 60
    if sign == '-' then offset = -offset end
  end
  local nanos = tonumber(((fraction or '') .. '000000000'):sub(1, 9))
  return days(y, mo, d) * 86400 + h * 3600 + mi * 60 + s - offset, nanos
end

local ESCAPES = { ['"'] = '\\"', ['\\'] = '\\\\', ['\n'] = '\\n', ['\r'] = '\\r', ['\t'] = '\\t' }
local function escape(byte)
  return ESCAPES[byte] or string.format('\\u%04x', byte:byte())
end

local function json(value)
  local kind = type(value)
  if kind == 'string' then return '"' .. valid(value):gsub('[%c"\\]', escape) .. '"' end
  if kind == 'number' then
    if value == math.floor(value) and math.abs(value) < 1e15 then return string.format('%.0f', value) end
    return string.format('%.14g', value)
  end
  if kind ~= 'table' then return tostring(value) end
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  local parts = {}
  for n, key in ipairs(keys) do parts[n] = '"' .. key .. '":' .. json(value[key]) end
  return '{' .. table.concat(parts, ',') .. '}'
end

local function finished(document)
  return { podscope = json(document) }
end
`;
