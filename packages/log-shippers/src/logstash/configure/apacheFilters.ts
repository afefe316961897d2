import { absent, and, equal, field, when } from '../language/build.ts';
import type { LogstashBranch, LogstashFilter } from '../language/model.ts';

/**
 * Takes a line of a web pod apart as the catalogue has it: combined log format with the time to answer (`%D`) at its end, else an error
 * line, else `unparsed`. In Ruby and not by grok, since grok makes a field of a dash, leaves backslashes before quotes, and its
 * addresses may be host names, which an index of addresses refuses. `\x22` is the quote, so that the language can spell the code.
 */
const CODE = String.raw`
        require "ipaddr"
        line = event.get("message").to_s.scrub
        quoted = "((?:[^\\x22\\\\]|\\\\.)*+)"
        access = Regexp.new("\\A(\\S+) \\S* ?(.*?) \\[[^\\]/]+/[^\\]]+\\] \\x22" + quoted + "\\x22 ([1-9]\\d\\d) (\\S+) \\x22" + quoted + "\\x22 \\x22" + quoted + "\\x22(?: (\\d{1,15}))?", Regexp::MULTILINE)
        error = /\A\[[A-Z][a-z]{2} [A-Z][a-z]{2} [^\]]+\] \[(?:[\w-]*:)?([a-z]+\d?)\](?: \[pid [^\]]*\])?(?: \[client ([\d.]+|[\da-fA-F:]+)(?::\d+)\])?/
        plain = lambda { |text| text.gsub(/\\([\x22\\])/) { $1 } }
        put = lambda { |path, text| event.set(path, plain.call(text)) unless text.nil? || text.empty? || text == "-" }
        address = nil
        if found = access.match(line)
          address = found[1]
          event.set("[event][dataset]", "access")
          put.call("[user][name]", found[2])
          if request = /\A(\S+) (.+) HTTP\/([^ ]*)\z/m.match(found[3])
            path, query = plain.call(request[2]).split("?", 2)
            event.set("[http][request][method]", request[1])
            event.set("[http][version]", request[3])
            event.set("[url][path]", path.to_s)
            event.set("[url][query]", query) unless query.nil?
          end
          event.set("[http][response][status_code]", found[4].to_i)
          event.set("[http][response][bytes]", found[5].to_i) if found[5] =~ /\A\d{1,15}\z/
          put.call("[http][request][referrer]", found[6])
          put.call("[user_agent][original]", found[7])
          event.set("[event][duration_us]", found[8].to_i) if found[8] && found[8].to_i <= 2147483647
        elsif found = error.match(line)
          address = found[2]
          event.set("[event][dataset]", "error")
          event.set("[log][level]", found[1])
        else
          event.set("[event][dataset]", "unparsed")
        end
        begin
          event.set("[source][ip]", address) if address && address !~ /[%\/]/ && IPAddr.new(address)
        rescue IPAddr::Error
        end
      `;

/** For lines of web pods, unless the Beat has taken them apart already. */
export const apacheFilters = (): LogstashBranch<LogstashFilter> =>
  when(and(equal(field('@metadata', 'family'), 'apache'), absent(field('event', 'dataset'))), [{ plugin: 'ruby', options: { id: 'apache-lines', code: CODE } }]);
