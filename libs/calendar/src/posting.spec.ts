import { describe, expect, test } from '@jest/globals';
import { expectationOf } from './arrival.js';
import { instantOf } from './civil-time.js';
import { isDeliveryDay } from './delivery-days.js';
import { deliveredOn, postingPlan } from './posting-plan.js';
import { settingsOn, type DatedPostingSettings, type PostingSettings } from './posting-settings.js';

/** As in requirements §4.5: two days, no safety. */
const settings: PostingSettings = {
  ...{ daysAhead: 7, approveAhead: 1, freezeAhead: 2, batchAt: '13:00' },
  offices: [{ name: '札幌中央郵便局', cutOff: '17:00', leads: [{ destination: '', days: 2 }] }],
  ...{ safety: [], deskDays: [], deliveryDays: [] },
};
const first = { from: '2025-07-11', to: '2025-07-31' };
const second = { from: '2025-09-11', to: '2025-10-01' };
const third = { from: '2025-12-11', to: '2025-12-31' };

describe('the dates computed back (requirements §4.5)', () => {
  test.each([
    ['2025-08-01', first, '07-25', '07-23', '07-22', '07-18'],
    ['2025-08-18', first, '08-08', '07-31', '07-30', '07-29'],
    ['2025-10-03', second, '09-26', '09-24', '09-22', '09-19'],
    ['2026-01-05', third, '12-29', '12-26', '12-25', '12-24'],
    ['2026-01-06', third, '12-30', '12-26', '12-25', '12-24'],
    ['2026-01-14', third, '01-07', '12-26', '12-25', '12-24'],
    ['2026-01-19', third, '01-09', '12-26', '12-25', '12-24'],
  ])('a class on %s', (classDate, dispatchWindow, ...expected) => {
    const { arriveBy, postBy, approveBy, freeze } = postingPlan({ classDate, dispatchWindow }, settings);
    expect([arriveBy, postBy, approveBy, freeze].map((day) => day.slice(5))).toEqual(expected);
  });

  test('without the window those of 1/14 and 1/19 would be posted in January', () => {
    expect(postingPlan({ classDate: '2026-01-14' }, settings).postBy).toBe('2026-01-05');
    expect(postingPlan({ classDate: '2026-01-19' }, settings).postBy).toBe('2026-01-07');
  });

  test('each date says why, in Japanese', () => {
    expect(postingPlan({ classDate: '2025-08-18', dispatchWindow: first }, settings).reasons).toEqual([
      'お届け期限8/8（金）：受講日8/18（月）の7日前（8/11（月）は配達のない日）までの最後の配達日',
      '差出期限7/31（木）：発送期間の最終営業日（期間がなければ8/6（水））',
      '承認期限7/30（水）：差出期限の1営業日前',
      '通知締切7/29（火）：差出期限の2営業日前（受付は続けます）',
    ]);
    expect(postingPlan({ classDate: '2025-08-01', dispatchWindow: first }, settings).reasons.slice(0, 2)).toEqual([
      'お届け期限7/25（金）：受講日8/1（金）の7日前',
      '差出期限7/23（水）：この日に差し出すと7/25（金）に届く最後の営業日',
    ]);
  });

  test('approval and freeze may be on the posting day', () => {
    const plan = postingPlan({ classDate: '2025-08-01' }, { ...settings, approveAhead: 0, freezeAhead: 0 });
    expect([plan.approveBy, plan.freeze]).toEqual(['2025-07-23', '2025-07-23']);
  });
});

describe('the post', () => {
  test('delivers on the last days of the year, and not on the first three of the next', () => {
    const days = ['2025-12-29', '2025-12-31', '2026-01-01', '2026-01-02', '2026-01-05', '2025-11-24'];
    expect(days.filter((day) => isDeliveryDay(day))).toEqual(['2025-12-29', '2025-12-31', '2026-01-05']);
  });

  test('takes a day more around New Year where the settings say so', () => {
    const safety = [{ from: '2025-12-25', to: '2026-01-07', days: 1, reason: '年末年始の混雑' }];
    expect(deliveredOn('2025-12-25', {}, settings)).toBe('2025-12-29');
    expect(deliveredOn('2025-12-26', {}, { ...settings, safety })).toBe('2025-12-29');
    expect(deliveredOn('2025-12-29', {}, { ...settings, safety })).toBe('2026-01-05');
  });

  test('takes as long as it takes to where the notice goes, the slowest way while that is unknown', () => {
    const leads = [{ destination: '', days: 4 }, { destination: '0', days: 3 }, { destination: '06', days: 2 }]; // prettier-ignore
    const office = { name: '札幌中央郵便局', cutOff: '17:00', leads };
    const to = (postalCode?: string) =>
      deliveredOn('2025-07-14', postalCode === undefined ? {} : { postalCode }, { ...settings, offices: [office] });
    expect([to('0600001'), to('0010024'), to('1000001'), to()].map((day) => day.slice(8))).toEqual(
      ['16', '17', '18', '18'], // prettier-ignore
    );
  });

  test('is told otherwise by exceptions', () => {
    const open = { date: '2025-07-26', open: true, reason: '土曜配達の試行' };
    expect(deliveredOn('2025-07-24', {}, { ...settings, deliveryDays: [open] })).toBe('2025-07-26');
  });
});

describe('the three lanes (§8.2)', () => {
  const booked = (day: string, time: string, classDate: string, changed: Partial<PostingSettings> = {}) => {
    const asked = { classDate, dispatchWindow: first };
    const { postOn, predictedArrival, lane } = expectationOf(asked, instantOf(day, time), { ...settings, ...changed });
    return [postOn.slice(5), predictedArrival.slice(5), lane];
  };

  test.each([
    ['before the batch of the day before posting', '2025-07-22', '12:59', '07-23', '07-25', 'normal'],
    ['at the very minute of that batch', '2025-07-22', '13:00', '07-23', '07-25', 'normal'],
    ['after it', '2025-07-22', '13:01', '07-24', '07-28', 'late'],
    ['two days after', '2025-07-24', '10:00', '07-25', '07-28', 'late'],
    ['on the last day of the telephones', '2025-07-25', '15:59', '07-29', '07-31', 'late'],
    ['the Saturday after', '2025-07-26', '10:00', '07-29', '07-31', 'late'],
    ['too late', '2025-07-28', '13:01', '07-30', '08-01', 'tooLate'],
  ])('a class on 8/1, booked %s', (_, day, time, ...expected) => {
    expect(booked(day, time, '2025-08-01')).toEqual(expected);
  });

  test('before the dispatch window nothing is posted', () => {
    expect(booked('2025-07-01', '10:00', '2025-08-01')).toEqual(['07-11', '07-14', 'normal']);
  });

  test('approved on the same day it is posted on that day, unless the office has closed', () => {
    expect(booked('2025-07-23', '10:00', '2025-08-01', { approveAhead: 0 })).toEqual(['07-23', '07-25', 'normal']);
    expect(booked('2025-07-23', '10:00', '2025-08-01', { approveAhead: 0, batchAt: '17:00' })).toEqual(
      ['07-24', '07-28', 'late'], // prettier-ignore
    );
  });

  test('the reasons say which lane, and what there is to do', () => {
    const { reasons } = expectationOf({ classDate: '2025-08-01' }, instantOf('2025-07-29', '10:00'), settings);
    expect(reasons.slice(-2)).toEqual([
      '次の発送束7/29（火）13:00締め、差出7/30（水）、お届け見込み日8/1（金）',
      '受講日前日までに届かない：8/1（金）の見込みで受講日は8/1（金）です。内容をすべて読み上げ、電話案内済を記録してください（直前受付）',
    ]);
  });

  test('and that the window is over', () => {
    const asked = { classDate: '2025-09-10', dispatchWindow: first };
    const { reasons, lane } = expectationOf(asked, instantOf('2025-07-31', '15:00'), settings);
    expect([lane, reasons.find((reason) => reason.includes('発送期間（7/31（木）まで）の後'))]).toEqual([
      'normal',
      expect.stringContaining('別の手配'),
    ]);
  });
});

test('settings hold from their day on', () => {
  const version = (validFrom: string): DatedPostingSettings => ({ ...settings, validFrom });
  const versions = [version('2025-10-01'), version('2025-04-01')] as const;
  const on = (day: string) => settingsOn([...versions], day).validFrom;
  expect([on('2025-01-01'), on('2025-09-30'), on('2025-10-01')]).toEqual(['2025-04-01', '2025-04-01', '2025-10-01']);
});
