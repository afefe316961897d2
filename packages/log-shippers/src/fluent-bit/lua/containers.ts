import { SHARED_LUA } from './document.ts';

/** Lines of containers, in the fields of `filebeatFields`. */
export const CONTAINERS_LUA = String.raw`${SHARED_LUA}
function podscope_containers(tag, time, record)
  return 2, time, finished({
    message = text_of(record),
    stream = record.stream or 'stdout',
    kubernetes = origin(record),
    log = { file = { path = record.log_path }, offset = record.log_offset },
  })
end
`;
