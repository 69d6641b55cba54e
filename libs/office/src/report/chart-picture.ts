import { renderAsync } from '@resvg/resvg-js';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from './chart.js';
import { chartOption } from './chart-option.js';
import { LabelFont } from './label-font.js';

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

// Without a browser echarts guesses widths; the labels are set in this font, so it can know them.
setPlatformAPI({
  measureText(text, font) {
    const face = LabelFont.of(/bold|[6-9]00/.test(font ?? '') ? 'bold' : 'regular');
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12);
    return { width: (face.outline(text).width * size) / face.unitsPerEm };
  },
});

/** A picture of a chart; `width` and `height` are points of 1/96 inch, the pixels are twice as many. */
export interface ChartPicture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 620;
const HEIGHT = 290;
/** A lying bar and its gap. */
const BAR = 26;

/** The chart as it is printed: the same chart is the same picture, byte for byte. */
export async function chartPicture(chart: Chart): Promise<ChartPicture> {
  const height = chart.kind === 'ranking' ? 70 + BAR * Math.max(1, chart.categories.length) : HEIGHT;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    drawing.setOption(chartOption(chart));
    const svg = withOutlines(drawing.renderToSVGString());
    const image = await renderAsync(svg, {
      font: { loadSystemFonts: false },
      fitTo: { mode: 'zoom', value: 2 },
      background: '#ffffff',
    });
    return { png: image.asPng(), width: WIDTH, height };
  } finally {
    drawing.dispose();
  }
}

/** Sets every label as outlines of its glyphs. */
export function withOutlines(svg: string): string {
  return svg.replaceAll(/<text\b([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, content: string) => {
    const given = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
    const style = given('style') ?? '';
    const size = Number(/font-size:\s*([\d.]+)px/.exec(style)?.[1] ?? 12);
    const face = LabelFont.of(/font-weight:\s*(?:bold|[6-9]00)/.test(style) ? 'bold' : 'regular');
    const scale = size / face.unitsPerEm;
    const { glyphs, width } = face.outline(plainText(content));
    const anchor = given('text-anchor') ?? 'start';
    const x = Number(given('x') ?? 0) - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0) * scale;
    const y = Number(given('y') ?? 0) + (given('dominant-baseline') === 'central' ? face.middle * scale : 0);
    const move = `${given('transform') ?? ''} translate(${round(x)} ${round(y)}) scale(${scale} ${-scale})`.trim();
    const paths = glyphs.map(({ d, x: at }) => `<path transform="translate(${at} 0)" d="${d}"/>`).join('');
    return `<g fill="${given('fill') ?? '#000'}" transform="${move}">${paths}</g>`;
  });
}

function plainText(content: string): string {
  return content
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
