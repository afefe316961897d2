import type { EChartsOption } from 'echarts';

type Part = Readonly<Record<string, unknown>>;

/** The size for which options are written. */
const USUAL = 300;

/** An option made to fit a picture of a known size: dials as thick and their texts as large as they are wide, axes with as many steps as have room. */
export function sizedOption(option: EChartsOption, width: number, height: number): EChartsOption {
  const factor = Math.min(width, height) / USUAL;
  const series = Array.isArray(option.series) ? (option.series as unknown as readonly Part[]) : [];
  const axis = (part: unknown, upright: boolean): unknown => {
    if (Array.isArray(part)) return part.map((each) => axis(each, upright));
    if (typeof part !== 'object' || part === null) return part;
    const { nameTruncate, type, splitNumber } = part as Part;
    const room = upright ? height : width;
    return {
      ...part,
      ...(type === 'value' && splitNumber !== undefined ? { splitNumber: Math.min(10, Math.max(3, Math.round(room / (upright ? 70 : 110)))) } : {}),
      ...(nameTruncate === undefined ? {} : { nameTruncate: { maxWidth: room * 0.7, ellipsis: '…' } }),
    };
  };
  return {
    ...option,
    ...(option.xAxis === undefined ? {} : { xAxis: axis(option.xAxis, false) }),
    ...(option.yAxis === undefined ? {} : { yAxis: axis(option.yAxis, true) }),
    series: series.map((each) => (each['type'] === 'gauge' ? sizedDial(each, factor) : each)),
  } as EChartsOption;
}

/** Sizes of a dial, by their names wherever they stand in it. */
const SIZES: readonly string[] = ['width', 'fontSize', 'lineHeight'];

function sizedDial(dial: Part, factor: number): Part {
  const scaled = (value: unknown, name: string): unknown => {
    if (typeof value === 'number') return SIZES.includes(name) ? Math.max(1, value * factor) : value;
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, scaled(member, key)]));
  };
  return scaled(dial, 'dial') as Part;
}
