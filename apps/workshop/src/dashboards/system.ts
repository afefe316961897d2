import { area, avg, dashboard, dateHistogram, gauge, line, max, panel, row, table, terms } from '@podscope/saved-objects';
import { metricbeat } from './dataViews.ts';

const x = dateHistogram('@timestamp');

const cpuGauge = gauge('system-cpu-gauge', 'CPU, average', metricbeat, {
  filter: 'metricset.name: "cpu"',
  y: avg('system.cpu.total.norm.pct', { label: 'of all cores' }),
  bounds: [0, 0.6, 0.8, 1],
});

const memoryGauge = gauge('system-memory-gauge', 'Memory, average', metricbeat, {
  filter: 'metricset.name: "memory"',
  y: avg('system.memory.actual.used.pct', { label: 'used' }),
  bounds: [0, 0.7, 0.85, 1],
});

const diskGauge = gauge('system-disk-gauge', 'Disk, fullest', metricbeat, {
  filter: 'metricset.name: "filesystem"',
  y: max('system.filesystem.used.pct', { label: 'used' }),
  bounds: [0, 0.8, 0.9, 1],
});

/** CPU over time by kind of work; also on the overview. */
export const cpu = area('system-cpu', 'CPU', metricbeat, {
  filter: 'metricset.name: "cpu"',
  x,
  y: [
    avg('system.cpu.user.norm.pct', { label: 'User' }),
    avg('system.cpu.system.norm.pct', { label: 'System' }),
    avg('system.cpu.iowait.norm.pct', { label: 'Waiting for disk' }),
  ],
  axisTitle: 'Of all cores',
});

const memory = area('system-memory', 'Memory', metricbeat, {
  filter: 'metricset.name: "memory"',
  x,
  y: [avg('system.memory.actual.used.bytes', { label: 'Used' }), avg('system.memory.total', { label: 'Installed' })],
  mode: 'normal',
  axisTitle: 'Memory',
});

const load = line('system-load', 'Load', metricbeat, {
  filter: 'metricset.name: "load"',
  x,
  y: [avg('system.load.1', { label: '1 minute' }), avg('system.load.5', { label: '5 minutes' }), avg('system.load.15', { label: '15 minutes' })],
  axisTitle: 'Load',
});

const disk = line('system-disk', 'Disk', metricbeat, {
  filter: 'metricset.name: "filesystem"',
  x,
  y: max('system.filesystem.used.pct', { label: 'Used' }),
  split: terms('system.filesystem.mount_point', { size: 8 }),
});

const network = table('system-network', 'Network since boot', metricbeat, {
  filter: 'metricset.name: "network"',
  rows: terms('system.network.name', { size: 10, label: 'Interface' }),
  y: [max('system.network.in.bytes', { label: 'Received' }), max('system.network.out.bytes', { label: 'Sent' })],
});

const filesystems = table('system-filesystems', 'File systems', metricbeat, {
  filter: 'metricset.name: "filesystem"',
  rows: terms('system.filesystem.mount_point', { size: 20, label: 'Mounted at' }),
  y: [
    max('system.filesystem.total', { label: 'Size' }),
    max('system.filesystem.used.bytes', { label: 'Used' }),
    max('system.filesystem.used.pct', { label: 'Share' }),
  ],
});

/** The machine that everything runs on. */
export const system = dashboard(
  'system',
  'System',
  [row(panel(cpuGauge, { height: 10 }), memoryGauge, diskGauge), row(cpu, memory), row(load, disk), row(filesystems, network)],
  { timeFrom: 'now-15m', refresh: 10, description: 'CPU, memory, load and disk of the machine that everything runs on.' },
);
