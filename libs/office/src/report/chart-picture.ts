import { renderAsync } from '@resvg/resvg-js';
import type { Chart } from './chart.js';
import { chartOption } from './chart-option.js';
import { LabelFont } from './label-font.js';

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
  // With the first chart: half a second of processor that a desk does not spend when it starts
  const { drawnSvg } = await import('./chart-drawing.js');
  const svg = withOutlines(drawnSvg(chartOption(chart), WIDTH, height));
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false },
    fitTo: { mode: 'zoom', value: 2 },
    background: '#ffffff',
  });
  return { png: image.asPng(), width: WIDTH, height };
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
