import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sealDeliverable } from '../encryption/sealed-file.js';
import { cityTemplate } from '../rehearsal/city-template.js';
import { describeOffice } from '../rehearsal/describe-office.js';
import { OfficeProgram } from '../rehearsal/office-program.js';
import { rosterRehearsal } from '../rehearsal/rosters-rehearsal.js';
import { examineRoster } from './roster-doctor.js';
import { RosterForm } from './roster-form.js';
import type { Roster } from './roster.js';
import { standardRoster } from './standard-roster.js';

describeOffice('LibreOffice opens a roster', () => {
  let office: OfficeProgram;
  let city: RosterForm;
  beforeAll(async () => {
    office = await OfficeProgram.start();
    const examined = examineRoster(cityTemplate());
    if (!examined.ok) throw new Error('The city template was refused.');
    city = RosterForm.of(examined.template);
  });
  afterAll(() => office.close());

  test("on the city's form: names as they were given, totals counted, print area, colours, chart and shape", async () => {
    const roster: Roster = rosterRehearsal(30);
    const odd = { ...roster.entries[0]!, familyName: '=1+1', givenName: '-5', phoneNumber: '+81-11-211-2136' };
    const [sheet, sums] = await office.read(city.file({ ...roster, entries: [odd, ...roster.entries.slice(1)] }));
    roster.entries.slice(1).forEach(({ familyName, receiptNumber }, index) => {
      expect(sheet!.cells[`A${index + 8}`]).toBe(String(index + 2));
      expect(sheet!.cells[`B${index + 8}`]).toBe(receiptNumber);
      expect(sheet!.cells[`C${index + 8}`]).toBe(familyName);
    });
    expect(sheet!.cells).toMatchObject({
      C7: '=1+1',
      D7: '-5',
      E7: '+81-11-211-2136',
      B3: '令和8年1月19日',
      B37: '30',
    });
    for (const cell of ['C7', 'D7', 'E7']) expect(sheet!.texts.has(cell)).toBe(true);
    expect(sums!.cells).toEqual({ A1: '予約者数', B1: '30' });
    expect(sheet).toMatchObject({ printAreas: ['A1:G38'], titleRows: '5:6', charts: 1 });
    expect(sheet!.shapes).toBeGreaterThanOrEqual(2);
    expect(sheet!.conditional).toEqual(expect.arrayContaining(['A7:G36', 'A7:A36']));
  });

  test('of a whole term in one book, each sheet with its own people and totals', async () => {
    const rosters = [2, 25].map((size, index) => rosterRehearsal(size, index + 1));
    const sheets = await office.read(city.book(rosters));
    expect(sheets.map(({ name }) => name)).toEqual(['KTA-0001-A', 'KTA-0002-A', '集計']);
    expect(sheets.map(({ charts }) => charts)).toEqual([1, 1, 0]);
    expect([sheets[0]!.cells['B9'], sheets[1]!.cells['B32']]).toEqual(['2', '25']);
    expect(sheets.map(({ printAreas }) => printAreas[0])).toEqual(['A1:G10', 'A1:G33', undefined]);
  });

  test('on the form that ships: every day of a class of three days is printed whole', async () => {
    const roster = rosterRehearsal(3);
    const days = ['2026-01-19', '2026-01-26', '2026-02-02'].map((date) => ({ ...roster.dates[0]!, date }));
    const [printed] = await office.words(RosterForm.of(await standardRoster()).file({ ...roster, dates: days }));
    for (const day of ['１月19日', '１月26日', '２月２日']) {
      const normal = printed!.normalize('NFKC').replaceAll(/\s/g, '');
      expect(normal).toContain(`${day.normalize('NFKC')}`);
    }
    expect(printed!.normalize('NFKC').match(/午前10時00分から午後0時00分まで/g)).toHaveLength(3);
  });

  test('on the form that ships, sealed, with the password and not without', async () => {
    const roster = rosterRehearsal(21);
    const { content, password } = await sealDeliverable(RosterForm.of(await standardRoster()).file(roster));
    const [sheet] = await office.read(content, password);
    expect(sheet!.cells).toMatchObject({ C2: roster.courseTitle, D27: '渡邉　一郎', C28: '21' });
    expect(sheet).toMatchObject({ printAreas: ['A1:G29'], conditional: ['A7:G27'] });
  });
});
