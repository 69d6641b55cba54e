import { describe, expect, test } from '@jest/globals';
import { afterTown, townsOf } from './postal-town.js';

describe('the town of a postcode', () => {
  test('comes from the data of the post, with its municipality', () => {
    expect(townsOf('0640804')).toEqual([{ prefecture: '北海道', city: '札幌市中央区', town: '南四条西' }]);
    expect(townsOf('0600000')).toEqual([{ prefecture: '北海道', city: '札幌市中央区', town: '' }]);
    expect(townsOf('0640000')).toEqual([]);
    expect(townsOf('06408')).toEqual([]);
  });

  test.each([
    ['南4条西29丁目1524-23', '南四条西', '29丁目1524-23'],
    ['南四条西二十九丁目', '南四条西', '二十九丁目'],
    ['北２４条西5丁目1-20', '北二十四条西', '5丁目1-20'],
    ['南郷通7丁目南', '南郷通', '7丁目南'],
    ['あいの里二条3丁目', 'あいの里二条', '3丁目'],
    ['厚別中央1条', '厚別中央一条', ''],
    ['字堀見内南田茂木添60-1', '堀見内', '南田茂木添60-1'],
    ['霞ヶ関1-3-2', '霞が関', '1-3-2'],
  ])('%s after %s is %j', (address, town, rest) => expect(afterTown(address, town)).toBe(rest));

  test('is not found in an address elsewhere', () => expect(afterTown('北24条西5丁目', '南四条西')).toBeUndefined());
});
