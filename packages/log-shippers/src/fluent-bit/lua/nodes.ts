import { SHARED_LUA } from './document.ts';

/**
 * Logs of nodes, in the fields of `filebeatFields`. Known forms: `<RFC 3339> <level> <process>: <text>`, syslog (RFC 3164, and with RFC 3339
 * times as rsyslog writes them), kubelet's klog; any other line stays as it is. Records of the journal have their own field names.
 */
export const NODES_LUA = String.raw`${SHARED_LUA}
local LEVELS = { I = 'info', W = 'warning', E = 'error', F = 'fatal' }
local PRIORITIES = { ['0'] = 'emergency', ['1'] = 'alert', ['2'] = 'critical', ['3'] = 'error', ['4'] = 'warning', ['5'] = 'notice', ['6'] = 'info', ['7'] = 'debug' }
local WORDS = { trace = true, debug = true, info = true, notice = true, warn = true, warning = true, error = true, err = true, crit = true, critical = true, alert = true, fatal = true, panic = true, verbose = true }

local function program(text)
  local name, rest = text:match('^([^%s:%[]+)%[?%d*%]?: ?(.*)$')
  if name == nil or #name > 64 then return nil end
  return name, rest
end

local function level_of_klog(text)
  local letter = text:match('^([IWEF])%d%d%d%d %d%d:%d%d:%d%d')
  return letter and LEVELS[letter] or nil
end

local function parsed(line)
  local first, rest = line:match('^(%S+) (.*)$')
  local sec, nsec
  if first then sec, nsec = time_of(first) end
  if sec then
    local level, process, text = rest:match('^(%a+) ([^%s:]+): (.*)$')
    if level and #level >= 3 and #level <= 9 and #process <= 64 and WORDS[level:lower()] then return { level = level:lower(), process = process, text = text, sec = sec, nsec = nsec } end
    local host, body = rest:match('^(%S+) (.*)$')
    local name, said = program(body or '')
    if name then return { host = host, process = name, text = said, level = level_of_klog(said), sec = sec, nsec = nsec } end
  end
  local host, body = line:match('^%u%l%l [ %d]%d %d%d:%d%d:%d%d (%S+) (.*)$')
  local name, said = program(body or '')
  if name then return { host = host, process = name, text = said, level = level_of_klog(said) } end
  local level = level_of_klog(line)
  if level then return { level = level, text = line } end
  return { text = line }
end

function podscope_nodes(tag, time, record)
  if record.MESSAGE ~= nil then
    return 2, time, finished({
      message = tostring(record.MESSAGE),
      log = filled({ level = PRIORITIES[tostring(record.PRIORITY)] }),
      process = named(record.SYSLOG_IDENTIFIER or record._COMM),
      host = named(record._HOSTNAME or NODE),
      kubernetes = filled({ node = named(NODE) }),
    })
  end
  local line = parsed(text_of(record))
  local document = {
    message = line.text,
    log = { file = { path = record.log_path }, offset = record.log_offset, level = line.level },
    process = named(line.process),
    host = named(line.host or NODE or set('HOSTNAME')),
    kubernetes = filled({ node = named(NODE) }),
  }
  if line.sec then return 1, { sec = line.sec, nsec = line.nsec }, finished(document) end
  return 2, time, finished(document)
end
`;
