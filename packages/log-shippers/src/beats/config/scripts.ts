import type { Processor } from '../model/beatsConfig.ts';

/*
 * Beats run these in goja, which knows ECMAScript 5: no arrow functions, no template texts, no look-behind. `params` come from the
 * configuration, so that nothing is put together into code.
 */

/** Pod, namespace and container out of kubelet's file name; the deployment out of the pod's name where nothing else knows it. */
const ORIGIN = `
var node = '';
function register(params) { node = params.node || ''; }
function missing(event, field) { var value = event.Get(field); return value === null || value === undefined || value === ''; }
function process(event) {
  if (node !== '' && missing(event, 'kubernetes.node.name')) event.Put('kubernetes.node.name', node);
  var path = event.Get('log.file.path');
  if (!path) return;
  var parts = /([^_\\/]+)_([^_\\/]+)_([^\\/]+)-[^-\\/]+\\.log$/.exec(path);
  if (parts === null) return;
  event.Put('kubernetes.pod.name', parts[1]);
  event.Put('kubernetes.namespace', parts[2]);
  event.Put('kubernetes.container.name', parts[3]);
  var owner = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/.exec(parts[1]);
  if (owner !== null && missing(event, 'kubernetes.deployment.name')) event.Put('kubernetes.deployment.name', owner[1]);
}`;

/** The parts of Apache's combined access lines (with \`%D\` behind them) and of its error lines. */
const APACHE = `
var ACCESS = /^(\\S+) \\S+ (.*?) \\[(\\d\\d\\/[^\\]]*)\\] "((?:[^"\\\\]|\\\\.)*)" ([1-9]\\d\\d) (\\S+) "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)"(?: (\\d+))?\\s*$/;
var ERROR = /^\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [^\\]]+\\] \\[(?:[\\w-]*:)?([a-z]+\\d?)\\](?: \\[pid [^\\]]*\\])?(?: \\[client ([\\d.]+|[\\da-fA-F:]+)(?::\\d+)\\])?/;
var REQUEST = /^(\\S+) (.+) HTTP\\/(\\S*)$/;
function unescaped(text) { return text.replace(/\\\\(["\\\\])/g, '$1'); }
function put(event, field, text) { if (text !== undefined && text !== null && text !== '' && text !== '-') event.Put(field, unescaped(text)); }
function isAddress(text) {
  if (!text) return false;
  var four = /^(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})$/.exec(text);
  if (four !== null) {
    for (var at = 1; at <= 4; at++) if (Number(four[at]) > 255 || String(Number(four[at])) !== four[at]) return false;
    return true;
  }
  if (!/^[\\da-fA-F:]+$/.test(text)) return false;
  var halves = text.split('::');
  if (halves.length > 2) return false;
  var groups = 0;
  for (var half = 0; half < halves.length; half++) {
    if (halves[half] === '') continue;
    var list = halves[half].split(':');
    for (var each = 0; each < list.length; each++) {
      if (!/^[\\da-fA-F]{1,4}$/.test(list[each])) return false;
      groups++;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
function process(event) {
  var line = event.Get('message');
  var access = ACCESS.exec(line);
  if (access === null) {
    var error = ERROR.exec(line);
    event.Put('event.dataset', error === null ? 'unparsed' : 'error');
    if (error === null) return;
    event.Put('log.level', error[1]);
    if (isAddress(error[2])) event.Put('source.ip', error[2]);
    return;
  }
  event.Put('event.dataset', 'access');
  if (isAddress(access[1])) event.Put('source.ip', access[1]);
  put(event, 'user.name', access[2]);
  event.Put('http.response.status_code', parseInt(access[5], 10));
  if (/^\\d{1,15}$/.test(access[6])) event.Put('http.response.bytes', parseInt(access[6], 10));
  put(event, 'http.request.referrer', access[7]);
  put(event, 'user_agent.original', access[8]);
  if (access[9] !== undefined && access[9] !== '' && Number(access[9]) <= 2147483647) event.Put('event.duration_us', parseInt(access[9], 10));
  var request = REQUEST.exec(access[4]);
  if (request === null) return;
  event.Put('http.request.method', request[1]);
  event.Put('http.version', request[3]);
  var target = unescaped(request[2]);
  var query = target.indexOf('?');
  event.Put('url.path', query < 0 ? target : target.slice(0, query));
  if (query >= 0) event.Put('url.query', target.slice(query + 1));
}`;

/** Level and process of a node's line: \`<time> <level> <process>: <text>\`, syslog's own form, klog's, or the journal's fields. */
const NODE = `
var host = '';
function register(params) { host = params.node || ''; }
var SHAPE = /^(\\d{4}-\\d\\d-\\d\\dT\\S+) ([A-Za-z]{3,9}) ([^\\s:]{1,64}): ([\\s\\S]*)$/;
var SYSLOG = /^(?:[A-Z][a-z]{2} [ \\d]\\d [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT\\S+) \\S+ ([^\\s:\\[]{1,64})(?:\\[\\d+\\])?: ([\\s\\S]*)$/;
var KLOG = /^([IWEF])\\d{4} [\\d:.]+ /;
var KLOG_LEVELS = { I: 'info', W: 'warning', E: 'error', F: 'fatal' };
var PRIORITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];
function process(event) {
  if (host !== '') { event.Put('host.name', host); event.Put('kubernetes.node.name', host); }
  var priority = event.Get('syslog.priority');
  if (priority !== null && priority !== undefined && PRIORITIES[Number(priority)]) event.Put('log.level', PRIORITIES[Number(priority)]);
  var named = event.Get('syslog.identifier') || event.Get('journald.process.name');
  if (named) event.Put('process.name', named);
  var line = event.Get('message') || '';
  var shape = SHAPE.exec(line);
  if (shape !== null) {
    var time = new Date(shape[1]);
    if (!isNaN(time.getTime())) {
      event.Put('@timestamp', time);
      event.Put('log.level', shape[2].toLowerCase());
      event.Put('process.name', shape[3]);
      event.Put('message', shape[4]);
      return;
    }
  }
  var syslog = SYSLOG.exec(line);
  var text = line;
  if (syslog !== null) { event.Put('process.name', syslog[1]); text = syslog[2]; }
  var klog = KLOG.exec(text);
  if (klog !== null) event.Put('log.level', KLOG_LEVELS[klog[1]]);
}`;

/** The deployment of a pod, out of its name, for metrics that know the pod only. */
const POD_OWNER = `
function process(event) {
  var pod = event.Get('kubernetes.pod.name');
  var known = event.Get('kubernetes.deployment.name');
  if (!pod || known) return;
  var owner = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/.exec(pod);
  if (owner !== null) event.Put('kubernetes.deployment.name', owner[1]);
}`;

const script = (id: string, source: string, params?: Readonly<Record<string, unknown>>): Processor => ({
  script: { lang: 'javascript', tag: id, ...(params === undefined ? {} : { params }), source: `${source.trim()}\n` },
});

/** The node's name; empty where nobody set it. */
const NODE_NAME = '${NODE_NAME:}';

/** Sets pod, namespace, container, node and deployment where they are not known yet. */
export const originScript = (): Processor => script('podscope-origin', ORIGIN, { node: NODE_NAME });
/** Takes an access or error line apart. */
export const apacheScript = (): Processor => script('podscope-apache', APACHE);
/** Takes a node's line apart. */
export const nodeScript = (): Processor => script('podscope-node', NODE, { node: NODE_NAME });
/** Names the deployment of a pod's metrics. */
export const podOwnerScript = (): Processor => script('podscope-pod-owner', POD_OWNER);
