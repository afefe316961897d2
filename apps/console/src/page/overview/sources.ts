/** Where the documents behind each pattern come from, in the order of the overview. */
export const SOURCES: readonly { readonly pattern: string; readonly title: string; readonly from: string; readonly dashboard: RegExp }[] = [
  { pattern: 'apache-*', title: 'Web logs', from: 'access and error lines of the web pods', dashboard: /web|apache|guestbook/i },
  { pattern: 'redis-*', title: 'Redis samples', from: 'INFO of every Redis instance', dashboard: /redis/i },
  { pattern: 'metricbeat-*', title: 'Metrics', from: 'this machine and the workloads', dashboard: /system|metric/i },
  { pattern: 'kubernetes-*', title: 'Events', from: 'what the cluster did', dashboard: /kubernetes|workload/i },
  { pattern: 'filebeat-*', title: 'Node logs', from: 'nodes, supervisor, other containers', dashboard: /overview/i },
];
