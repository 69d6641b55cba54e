import { dateAt } from '#calendar/civil-time.js';
import { defaultTemplateFile } from '#office/template/default-template.js';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import type { DemoAccount } from '../desk-accounts.js';
import { seedDemo } from '../demo-data.js';
import { DeskClient } from '../desk-client.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A booking that moves, one that is cancelled, a hold, a session that is called off, and a person who is erased. */
export async function liveADay(url: string, accounts: readonly DemoAccount[]): Promise<void> {
  await seedDemo(url, accounts);
  const as = (role: string) =>
    DeskClient.signIn(
      url,
      accounts.find((one) => one.role === role)!,
    );
  const [operator, supervisor, manager, officer] = await Promise.all(
    ['operator', 'supervisor', 'manager', 'privacyOfficer'].map(as),
  );
  await dayOfPaper(operator!, supervisor!);
  await reviseFacts(supervisor!);
  const { sessions } = await operator!.must<{ sessions: { sessionId: string }[] }>('GET', '/capacity/sessions');
  const [one, two, three] = sessions.map(({ sessionId }) => sessionId) as [string, string, string];
  const book = async (sessionId: string, givenName: string, givenNameKana: string) => {
    const name = { familyName: '𠮷野', familyNameKana: 'ヨシノ', givenName, givenNameKana };
    const address = { prefecture: '北海道', city: '札幌市', ward: '北区', town: '北二十四条西', blockLot: '1番8号' };
    const body = { sessionId, attendees: [{ applicant: { ...name, ...address, postalCode: '0010024' } }] };
    const made = await operator!.must<{ reservations: { reservationId: string; personId: string }[] }>(
      'POST',
      '/reservations',
      body,
    );
    return made.reservations[0]!;
  };
  const moved = await book(one, '花子', 'ハナコ');
  await operator!.must('POST', `/reservations/${moved.reservationId}/move`, { toSessionId: two });
  const cancelled = await book(one, '太郎', 'タロウ');
  await operator!.must('POST', `/reservations/${cancelled.reservationId}/cancel`, { reasonCode: 'illness' });
  await operator!.must('POST', '/holds', { sessionId: three, seats: 2 });
  const erased = await book(one, '清', 'キヨシ');
  const order = { instructionNumber: '札デ第1号' };
  await manager!.must('POST', `/persons/${erased.personId}/erase`, order);
  await officer!.must('POST', `/persons/${erased.personId}/erase`, order);
  await supervisor!.must('POST', `/sessions/${two}/call-off`, { reason: 'weather' });
  await supervisor!.must(
    'PUT',
    '/templates/notice',
    new Blob([new Uint8Array(await defaultTemplateFile())], { type: DOCX }),
  );
  await manager!.must('POST', '/call-rates', {
    validFrom: '2026-01-01',
    unitSeconds: 180,
    yenPerUnit: 8.5,
    monthlyYen: 0,
  });
}

/** A pack of paper that comes back, and a day that is closed with a draft left. */
async function dayOfPaper(operator: DeskClient, supervisor: DeskClient): Promise<void> {
  const { terms } = await supervisor.must<{ terms: { termId: string }[] }>('GET', '/terms');
  const pack = { termId: terms[0]!.termId, forms: 3 };
  const { packId } = await supervisor.must<{ packId: string }>('POST', '/paper-packs', pack);
  await supervisor.must('POST', `/paper-packs/${packId}/return`, { usedTokens: [], formsUsed: 1 });
  const { callId } = await operator.must<{ callId: string }>('POST', '/calls', {});
  await operator.must('PUT', `/calls/${callId}/draft`, { content: { kana: 'ヨシ' } });
  const day = `/days/${dateAt(Date.now())}`;
  // The seats of the pack are free in another log first; the day cannot be closed before that is heard
  await until(async () => {
    const { checks } = await supervisor.must<{ checks: { unreleasedHolds: number } }>('GET', day);
    return checks.unreleasedHolds === 0;
  });
  await supervisor.must('POST', `${day}/close`, { anyway: true });
  await supervisor.must('POST', '/paper-packs', pack);
}

/** A venue has another way in, a course another thing to bring along. */
async function reviseFacts(supervisor: DeskClient): Promise<void> {
  const { venues } = await supervisor.must<{ venues: { venueId: string }[] }>('GET', '/venues');
  const { venueId, ...venue } = venues[0]!;
  await supervisor.must('PUT', `/venues/${venueId}`, { ...venue, access: '北口から入る' });
  const { courses } = await supervisor.must<{ courses: { courseId: string }[] }>('GET', '/courses');
  const { courseId, ...course } = courses[0]!;
  await supervisor.must('PUT', `/courses/${courseId}`, { ...course, bringAlong: '筆記用具' });
}
