import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { dateAt } from '#calendar/civil-time.js';
import { DEMO_COURSES } from './demo-courses.js';
import { demoPosting } from './demo-posting.js';
import { demoSessions } from './demo-sessions.js';
import { nextTerm, type DemoTerm } from './demo-term.js';
import { DEMO_VENUES } from './demo-venues.js';
import { DeskClient, DeskRefusal } from './desk-client.js';
import type { DemoAccount } from './desk-accounts.js';
import type { Fetch } from './desk-trust.js';

/** A term that looks like the city's, entered through the public API; what is there already stays as it is. */
export async function seedDemo(
  url: string,
  accounts: readonly DemoAccount[],
  { term = nextTerm(dateAt(Date.now())), reach = fetch }: { readonly term?: DemoTerm; readonly reach?: Fetch } = {},
): Promise<void> {
  const supervisor = await DeskClient.signIn(
    url,
    accounts.find(({ role }) => role === 'supervisor')!,
    reach,
  );
  await enter(supervisor, '/terms', term.plan);
  const { terms } = await supervisor.must<{ terms: { termId: string; fiscalYear: number; termNo: number }[] }>(
    'GET',
    '/terms',
  );
  const { fiscalYear, termNo } = term.plan;
  const { termId } = terms.find((one) => one.fiscalYear === fiscalYear && one.termNo === termNo)!;
  for (const course of DEMO_COURSES) await enter(supervisor, '/courses', course);
  for (const venue of DEMO_VENUES) await enter(supervisor, '/venues', venue);
  const { courses } = await supervisor.must<{ courses: { courseId: string; title: string }[] }>('GET', '/courses');
  const { venues } = await supervisor.must<{ venues: { venueId: string; name: string }[] }>('GET', '/venues');
  const courseIds = DEMO_COURSES.map(({ title }) => courses.find((course) => course.title === title)!.courseId);
  const venueIds = DEMO_VENUES.map(({ name }) => venues.find((venue) => venue.name === name)!.venueId);
  await Promise.all(
    demoSessions(term, { termId, courseIds, venueIds }).map((one) => enter(supervisor, '/sessions', one)),
  );
  await supervisor.must('POST', `/terms/${termId}/readiness`, { items: READINESS_ITEMS, reference: 'デモ' });
  await supervisor.must('POST', `/terms/${termId}/open`);
  const { versions } = await supervisor.must<{ versions: unknown[] }>('GET', '/notices/posting-settings');
  if (versions.length === 0) await supervisor.must('POST', '/notices/posting-settings', demoPosting(fiscalYear));
}

const THERE = new Set(['term-exists', 'course-exists', 'venue-exists', 'session-code-taken']);

async function enter(supervisor: DeskClient, path: string, body: object): Promise<void> {
  try {
    await supervisor.must('POST', path, body);
  } catch (thrown) {
    if (!(thrown instanceof DeskRefusal) || !THERE.has(String(thrown.problem['slug']))) throw thrown;
  }
}
