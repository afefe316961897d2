/**
 * What the Lua scripts share. No `${` may stand in them: Fluent Bit would take it for a variable. Lua is LuaJIT's, 5.1.
 * The callback's form: `docs` of the lua filter; a whole number in Lua becomes an integer (`lua_isinteger` in `src/flb_lua.c`).
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

-- A container's line without the line end that Docker's format keeps.
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
`;
