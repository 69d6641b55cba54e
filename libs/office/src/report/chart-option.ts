import type { EChartsCoreOption } from 'echarts/core';
import { printableText } from '../text/printable-text.js';
import type { Chart, ChartSeries } from './chart.js';

// Dark to light, so that a copy in black and white still tells them apart.
const COLOURS = ['#1b4f8f', '#e08214', '#6fa8dc', '#8a8a8a', '#7a4b94', '#c9b458'];
/** Of a rate over the bars. */
const RATE = '#2e7d4f';
const INK = '#333333';
const RULE = '#d5d9de';

/** What echarts is to draw. */
export function chartOption(chart: Chart): EChartsCoreOption {
  const lying = chart.kind === 'ranking';
  const categories = {
    type: 'category',
    data: chart.categories.map(printableText),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK } },
    axisLabel: { color: INK, fontSize: 12, interval: labelInterval(chart) },
    ...(lying && { inverse: true }),
  };
  // a line over lying bars says nothing
  const all = lying ? chart.series.filter(({ onRight }) => onRight !== true) : chart.series;
  const hasRight = all.some(({ onRight }) => onRight === true);
  const values = [
    valueAxis(chart.unit, true, lying),
    ...(hasRight ? [valueAxis(chart.rightUnit ?? '', false, lying)] : []),
  ];
  return {
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: 'label', color: INK },
    title: {
      text: printableText(chart.title),
      left: 'center',
      top: 6,
      textStyle: { fontSize: 15, fontWeight: 'bold', color: INK },
    },
    ...(all.length > 1 && {
      legend: { bottom: 4, itemWidth: 22, itemHeight: 11, textStyle: { fontSize: 12, color: INK } },
    }),
    grid: {
      left: 12,
      right: lying ? 44 : 16,
      top: lying ? 36 : 62,
      bottom: all.length > 1 ? 34 : 10,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: lying ? values : categories,
    yAxis: lying ? categories : values,
    series: all.map((series) => drawn(chart, series)),
  };
}

function drawn(chart: Chart, series: ChartSeries) {
  const line = chart.kind === 'lines' || series.onRight === true;
  const percent = series.onRight === true && chart.rightUnit === '%';
  const few = chart.categories.length * chart.series.filter(({ onRight }) => onRight !== true).length <= 14;
  return {
    type: line ? 'line' : 'bar',
    name: printableText(series.name),
    data: series.values.map((value) => (percent && value !== null ? Math.round(value * 1000) / 10 : value)),
    ...(series.onRight === true && { yAxisIndex: 1 }),
    ...(chart.kind === 'stacked' && !line && { stack: 'all' }),
    ...(line
      ? {
          symbol: 'circle',
          symbolSize: 6,
          lineStyle: { width: 2.5, type: series.onRight === true ? 'dashed' : 'solid' },
          ...(series.onRight === true && { color: RATE }),
          connectNulls: false,
          z: 3,
        }
      : { barMaxWidth: 34, barGap: '10%' }),
    label: {
      show: !line && chart.kind !== 'stacked' && few,
      position: chart.kind === 'ranking' ? 'right' : 'top',
      fontSize: 11,
      color: INK,
    },
  };
}

function valueAxis(unit: string, left: boolean, lying: boolean) {
  return {
    type: 'value',
    min: 0,
    ...(unit === '%' && { max: 100 }),
    // whole numbers only: there is no half a call
    minInterval: 1,
    name: lying || unit === '' ? '' : `（${unit}）`,
    nameGap: 12,
    nameTextStyle: { color: INK, fontSize: 12, align: left ? 'right' : 'left' },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: INK, fontSize: 12 },
    splitLine: { show: left, lineStyle: { color: RULE } },
  };
}

/** Every label up to 16, then so many that they do not touch. */
function labelInterval(chart: Chart): number {
  return chart.kind === 'ranking' ? 0 : Math.ceil(chart.categories.length / 16) - 1;
}
