import { businessDays } from '#calendar/business-days.js';
import { plusDays } from '#calendar/civil-time.js';

/** The three terms of a business year, as the specification has them (R023–R025); months of the year it began in. */
const TERMS = [
  {
    termNo: 1,
    reception: ['07-11', '07-25'],
    classes: ['08-01', '09-30'],
    dispatch: ['07-11', '07-31'],
    nextYear: false,
  },
  {
    termNo: 2,
    reception: ['09-11', '09-26'],
    classes: ['10-01', '12-20'],
    dispatch: ['09-11', '10-01'],
    nextYear: false,
  },
  {
    termNo: 3,
    reception: ['12-11', '12-24'],
    classes: ['01-05', '02-28'],
    dispatch: ['12-11', '12-31'],
    nextYear: true,
  },
] as const;

export interface DemoTerm {
  readonly plan: {
    readonly fiscalYear: number;
    readonly termNo: number;
    readonly bookableClasses: { readonly from: string; readonly to: string };
    readonly reception: { readonly from: string; readonly to: string };
  };
  /** Business days on which classes are held, in order. */
  readonly classDays: readonly string[];
}

/** The term whose reception comes next after `today`. */
export function nextTerm(today: string): DemoTerm {
  const year = Number(today.slice(0, 4));
  const coming = [year - 1, year, year + 1]
    .flatMap((fiscalYear) => TERMS.map((term) => termOf(fiscalYear, term)))
    .find(({ plan }) => plan.reception.from > today)!;
  return coming;
}

/**
 * A term whose telephones were open on the last ten business days and still are: what a reception is played on, since nobody
 * calls in the future. It has the number before that of `nextTerm`, so that the two can stand beside each other.
 */
export function termUnderWay(today: string): DemoTerm {
  const { plan: next } = nextTerm(today);
  const isFirst = next.termNo === 1;
  const [fiscalYear, termNo] = isFirst ? [next.fiscalYear - 1, 3] : [next.fiscalYear, next.termNo - 1];
  const from = businessDays(plusDays(today, -30), plusDays(today, -1)).at(-10)!;
  const to = businessDays(today, plusDays(today, 14))[0]!;
  const classes = { from: plusDays(to, 14), to: plusDays(to, 90) };
  const plan = {
    ...{ fiscalYear, termNo, title: titleOf(fiscalYear, termNo) },
    reception: { from, to, opensAt: '09:00', closesAt: '16:00' },
    bookableClasses: classes,
    dispatchWindow: { from, to: plusDays(classes.from, -1) },
    contactAfterClosing: CONTACT,
  };
  return { plan, classDays: businessDays(plusDays(classes.from, 4), classes.to) };
}

const CONTACT = '札幌市デジタル推進担当課';

function titleOf(fiscalYear: number, termNo: number): string {
  return `令和${fiscalYear - 2018}年度 第${'一二三'[termNo - 1]}期`;
}

function termOf(
  fiscalYear: number,
  { termNo, reception, classes, dispatch, nextYear }: (typeof TERMS)[number],
): DemoTerm {
  const on = (day: string, year = fiscalYear) => `${year}-${day}`;
  const [from, to] = classes.map((day) => on(day, nextYear ? fiscalYear + 1 : fiscalYear)) as [string, string];
  const plan = {
    fiscalYear,
    termNo,
    title: titleOf(fiscalYear, termNo),
    reception: { from: on(reception[0]), to: on(reception[1]), opensAt: '09:00', closesAt: '16:00' },
    bookableClasses: { from, to },
    dispatchWindow: { from: on(dispatch[0]), to: on(dispatch[1]) },
    contactAfterClosing: CONTACT,
  };
  // Not on the first days: a notice has to arrive a week before
  return { plan, classDays: businessDays(plusDays(from, 4), to) };
}
