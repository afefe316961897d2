import { SHARED_LUA } from './document.ts';

/**
 * Access lines (combined, with the time to answer behind), error lines, and `unparsed` ones, in the fields of `apacheFields`. By separators
 * and not by one regular expression: a quote in a user agent is written `\"` by Apache, and a request needn't have three parts.
 */
export const APACHE_LUA = String.raw`${SHARED_LUA}
local function closing_quote(line, from)
  local at = line:find('"', from, true)
  while at do
    local slashes = 0
    while at - slashes > from and line:byte(at - slashes - 1) == 92 do slashes = slashes + 1 end
    if slashes % 2 == 0 then return at end
    at = line:find('"', at + 1, true)
  end
  return nil
end

local function plain(text)
  return (text:gsub('\\(["\\])', '%1'))
end

local function present(text)
  if text == '' or text == '-' then return nil end
  return plain(text)
end

local function digits(text)
  if #text > 15 or not text:find('^%d+$') then return nil end
  return tonumber(text)
end

local function is_v4(text)
  local parts = { text:match('^(%d+)%.(%d+)%.(%d+)%.(%d+)$') }
  if #parts ~= 4 then return false end
  for _, part in ipairs(parts) do
    if #part > 3 or tonumber(part) > 255 or (#part > 1 and part:sub(1, 1) == '0') then return false end
  end
  return true
end

local function is_v6(text)
  if not text:find(':', 1, true) or text:find('[^%x:.]') or text:find(':::', 1, true) then return false end
  local groups = 0
  local v4 = text:match(':([^:]*%.[^:]*)$')
  if v4 then
    if not is_v4(v4) then return false end
    text = text:sub(1, #text - #v4) .. '0:0'
  end
  local _, gaps = text:gsub('::', '')
  if gaps > 1 or text:find('^:[^:]') or text:find('[^:]:$') then return false end
  for group in text:gmatch('[^:]+') do
    if not group:find('^%x%x?%x?%x?$') then return false end
    groups = groups + 1
  end
  if gaps == 1 then return groups < 8 end
  return groups == 8
end

local function address(text)
  if is_v4(text) or is_v6(text) then return { ip = text } end
  return nil
end

-- The fields of an access line; nil when it is none.
local function access(line)
  local ident = line:find(' ', 1, true)
  if ident == nil or ident == 1 then return nil end
  local user = line:find(' ', ident + 1, true)
  if user == nil then return nil end
  local time = line:find(' [', user + 1, true)
  if time == nil or line:byte(time + 4) ~= 47 then return nil end
  local _, request_at = line:find('] "', time + 1, true)
  if request_at == nil then return nil end
  local request_end = closing_quote(line, request_at + 1)
  if request_end == nil then return nil end
  local status = digits(line:sub(request_end + 2, request_end + 4))
  if status == nil or status < 100 or line:byte(request_end + 5) ~= 32 then return nil end
  local bytes_end = line:find(' "', request_end + 6, true)
  if bytes_end == nil then return nil end
  local referrer_end = closing_quote(line, bytes_end + 2)
  if referrer_end == nil or line:byte(referrer_end + 2) ~= 34 then return nil end
  local agent_end = closing_quote(line, referrer_end + 3)
  if agent_end == nil then return nil end

  local method, target, version = line:sub(request_at + 1, request_end - 1):match('^([^ ]+) (.+) HTTP/([^ ]*)$')
  local url
  if target then
    target = plain(target)
    local query = target:find('?', 1, true)
    url = { path = query and target:sub(1, query - 1) or target, query = query and target:sub(query + 1) or nil }
  end
  local duration = digits(line:sub(agent_end + 2))
  if duration and duration > 2147483647 then duration = nil end
  local agent = present(line:sub(referrer_end + 3, agent_end - 1))
  return {
    event = { dataset = 'access', duration_us = duration },
    http = {
      version = version,
      request = filled({ method = method, referrer = present(line:sub(bytes_end + 2, referrer_end - 1)) }),
      response = { status_code = status, bytes = digits(line:sub(request_end + 6, bytes_end - 1)) },
    },
    url = url,
    source = address(line:sub(1, ident - 1)),
    user = named(present(line:sub(user + 1, time - 1))),
    user_agent = agent and { original = agent } or nil,
  }
end

-- The fields and the level of an error line: [day month …] [module:level] [pid …] [client address:port] text
local function failure(line)
  local rest = line:match('^%[%u%l%l %u%l%l [^%]]+%] %[(.*)$')
  if rest == nil then return nil end
  local level, after = rest:match('^[%w_-]*:(%l+%d?)%](.*)$')
  if level == nil then level, after = rest:match('^(%l+%d?)%](.*)$') end
  if level == nil then return nil end
  after = after:match('^ %[pid [^%]]*%](.*)$') or after
  local client = after:match('^ %[client ([^%]]+)%]') or ''
  client = client:match('^([%d.]+):%d+$') or client:match('^([%x:]+):%d+$') or ''
  return { event = { dataset = 'error' }, source = address(client) }, level
end

function podscope_apache(tag, time, record)
  local text = text_of(record)
  local level
  local document = access(text)
  if document == nil then document, level = failure(text) end
  if document == nil then document = { event = { dataset = 'unparsed' } } end
  document.message = text
  document.kubernetes = origin(record)
  document.log = { file = { path = record.log_path }, offset = record.log_offset, level = level }
  return 2, time, finished(document)
end
`;
