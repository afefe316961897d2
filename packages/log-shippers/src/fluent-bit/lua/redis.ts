import { SHARED_LUA } from './document.ts';

/** `INFO` of a Redis server as one text, in the fields of `redisFields`. The lag of a replica is not in its own `INFO`; the primary has none. */
export const REDIS_LUA = String.raw`${SHARED_LUA}
local NUMBERS = {
  'uptime_in_seconds', 'connected_clients', 'connected_slaves', 'used_memory', 'used_memory_rss', 'used_memory_dataset',
  'mem_fragmentation_ratio', 'mem_fragmentation_bytes', 'allocator_allocated', 'allocator_active',
  'allocator_frag_ratio', 'allocator_frag_bytes', 'instantaneous_ops_per_sec', 'total_commands_processed',
  'keyspace_hits', 'keyspace_misses', 'evicted_keys',
}

function podscope_redis(tag, time, record)
  local info = {}
  local keys = 0
  for line in tostring(record.log or ''):gmatch('[^\r\n]+') do
    local name, value = line:match('^([%w_.-]+):(.*)$')
    if name then
      info[name] = value
      if name:find('^db%d+$') then keys = keys + (tonumber(value:match('^keys=(%d+)')) or 0) end
    end
  end
  if info.redis_version == nil and info.used_memory == nil then return -1, time, record end
  local pod = set('POD_NAME') or set('HOSTNAME') or 'redis'
  local replica = info.role == 'slave'
  local redis = { instance = pod, role = info.role, version = info.redis_version, keys = keys }
  for _, name in ipairs(NUMBERS) do redis[name] = tonumber(info[name]) end
  redis.active_defrag_running = (tonumber(info.active_defrag_running) or 0) > 0
  redis.master_repl_offset = tonumber(replica and info.slave_repl_offset or info.master_repl_offset)
  if replica then
    redis.master_link_up = info.master_link_status == 'up'
  else
    redis.replication_lag_bytes = 0
  end
  return 2, time, finished({
    redis = redis,
    kubernetes = { namespace = set('POD_NAMESPACE'), pod = named(set('POD_NAME')), container = named('redis'), deployment = named(deployment_of(pod)), node = named(NODE) },
  })
end
`;
