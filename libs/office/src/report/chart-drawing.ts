import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, setPlatformAPI, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
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

/** @returns an SVG document; labels are still text */
export function drawnSvg(option: EChartsCoreOption, width: number, height: number): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(option);
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}
