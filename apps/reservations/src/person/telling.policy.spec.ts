import { describe, expect, test } from '@jest/globals';
import { mayBeTold, type Registered } from './telling.policy.js';

const registered: Registered = {
  applicant: {
    ...{ familyName: '髙﨑', givenName: '花子', familyNameKana: 'タカサキ', givenNameKana: 'ハナコ' },
    ...{ prefecture: '北海道', city: '札幌市', ward: '北区', town: '北二十四条西', chome: '5', blockLot: '1番8号' },
    phoneNumber: '0110000001',
  },
  receiptNumber: '12345678',
  classDates: ['2026-08-05'],
  proxyNames: ['髙﨑 一郎'],
};

describe('what a caller may be told (§8.10)', () => {
  test('the person who knows given name and receipt number is told', () => {
    const { told } = mayBeTold('person', { givenNameKana: 'はなこ', receiptNumber: '1234-5678' }, registered);
    expect(told).toBe(true);
  });

  test('without the receipt number two of block, telephone and date are needed', () => {
    const said = { givenNameKana: 'ﾊﾅｺ', addressBlock: '１－８' };
    expect(mayBeTold('person', said, registered).told).toBe(false);
    expect(mayBeTold('person', { ...said, classDate: '2026-08-05' }, registered).told).toBe(true);
    expect(mayBeTold('person', { ...said, phoneNumber: '011-000-0001' }, registered).told).toBe(true);
  });

  test('the name alone, or everything but the name, tells nothing', () => {
    expect(mayBeTold('person', { givenNameKana: 'ハナコ' }, registered).told).toBe(false);
    expect(mayBeTold('person', { receiptNumber: '12345678', phoneNumber: '0110000001' }, registered).told).toBe(false);
  });

  test('somebody else is told only as the recorded proxy, and only with the same knowledge', () => {
    const said = { givenNameKana: 'ハナコ', receiptNumber: '12345678' };
    expect(mayBeTold('proxy', said, registered).told).toBe(false);
    expect(mayBeTold('proxy', { ...said, proxyName: '高崎一郎' }, registered)).toEqual({
      told: true,
      passed: ['givenName', 'receiptNumber', 'proxyName'],
    });
    expect(mayBeTold('proxy', { proxyName: '高崎一郎' }, registered).told).toBe(false);
  });

  test('nothing said is nothing known, also where nothing is registered', () => {
    const { phoneNumber: _, ...applicant } = registered.applicant;
    const without = { ...registered, applicant };
    expect(mayBeTold('person', { givenNameKana: 'ハナコ', phoneNumber: '', addressBlock: '' }, without).told).toBe(
      false,
    );
  });
});
