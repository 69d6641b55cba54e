import { describe, expect, jest, test } from '@jest/globals';
import { chartPicture, withOutlines } from './chart-picture.js';
import type { Chart } from './chart.js';
import { LabelFont } from './label-font.js';

const chart: Chart = {
  title: '時間帯別の入電',
  kind: 'bars',
  categories: ['9時台', '10時台'],
  unit: '件',
  rightUnit: '%',
  series: [
    { name: '入電', values: [135, 90] },
    { name: '応答率', values: [0.83, null], onRight: true },
  ],
};

// The library that draws comes with the first of them
jest.setTimeout(240_000);

describe('a chart', () => {
  test.each(['bars', 'stacked', 'lines', 'ranking'] as const)('of %s is the same picture each time', async (kind) => {
    const [first, second] = [await chartPicture({ ...chart, kind }), await chartPicture({ ...chart, kind })];
    expect(first.png.subarray(1, 4).toString()).toBe('PNG');
    expect(first.png.readUInt32BE(16)).toBe(2 * first.width);
    expect(first.png.equals(second.png)).toBe(true);
  });

  test('of other numbers or other words is another picture', async () => {
    const { png } = await chartPicture(chart);
    expect((await chartPicture({ ...chart, title: '時間帯別の応答' })).png.equals(png)).toBe(false);
    expect((await chartPicture({ ...chart, series: [{ name: '入電', values: [135, 91] }] })).png.equals(png)).toBe(
      false,
    );
  });

  test('without categories, or of a day without calls, is still a picture', async () => {
    await expect(chartPicture({ ...chart, categories: [], series: [] })).resolves.toBeDefined();
    await expect(chartPicture({ ...chart, series: [{ name: '入電', values: [0, 0] }] })).resolves.toBeDefined();
  });

  test('sets every label as outlines, so that no machine draws a box for a font it lacks', () => {
    const svg = withOutlines(
      '<svg><text x="5" y="7" text-anchor="end" style="font-size:12px" fill="#333">入電&amp;応答</text></svg>',
    );
    expect(svg).not.toContain('<text');
    expect(svg.match(/<path /g)).toHaveLength(5);
  });

  test('has 〓 in place of a character that the face lacks, and nothing for a variation selector', () => {
    const font = LabelFont.of('regular');
    expect(font.outline('𠮷').glyphs[0]!.d).toBe(font.outline('〓').glyphs[0]!.d);
    expect(font.outline('葛󠄀')).toEqual(font.outline('葛'));
  });
});
