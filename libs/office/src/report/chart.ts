/** A chart of numbers over named places: hours, days, weekdays, categories. */
export interface Chart {
  readonly title: string;
  /** `bars` side by side, `stacked` on each other, `lines`, `ranking` lying bars in the order given. */
  readonly kind: 'bars' | 'stacked' | 'lines' | 'ranking';
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Of the left axis: 件, 通, 秒. */
  readonly unit: string;
  /** Of the right axis, where a series uses it. */
  readonly rightUnit?: string;
  /** Printed under the picture for those who hear the document read aloud; the title when missing. */
  readonly description?: string;
}

export interface ChartSeries {
  readonly name: string;
  /** One value a category; null leaves a gap. A share for the right axis is from 0 to 1 when `rightUnit` is `%`. */
  readonly values: readonly (number | null)[];
  /** Drawn as a line over the bars, on the right axis. */
  readonly onRight?: boolean;
}
