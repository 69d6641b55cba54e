import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { marksIn } from '#platform/rehearsal/canary.js';
import type { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { describeKafka } from '#servers/test-kafka.js';
import { openInquiriesDesk, type InquiriesDesk, type Told } from './inquiries-desk.js';
import { sessionId, tellSmallPlan } from './small-plan.js';
import { until } from './until.js';

jest.setTimeout(60_000);

await describeKafka('inquiries over Kafka', (brokers) => {
  const prefix = `${newId()}.`;
  let desk: InquiriesDesk;
  beforeAll(async () => {
    desk = await openInquiriesDesk({ kafka: { brokers, prefix } });
    await tellSmallPlan(desk, '2099-08-05');
  });
  afterAll(() => desk?.close());

  /** To look at, not to send: the service has a relay of its own. */
  const topicOfInquiries = () => new KafkaRig({ url: desk.databaseUrl } as RehearsalLog, brokers, prefix, 'inquiries');
  const returned = (): Told => {
    const [noticeId, reservationId, personId] = [newId(), newId(), newId()];
    const data = { noticeId, reservationId, reservationRevision: 1, sessionId, personId };
    return { stream: `notice-${noticeId}`, event: { type: 'NoticeReturned', data: { ...data, reason: 'unknownAddress' } } }; // prettier-ignore
  };
  const list = (): Told => {
    const contactListId = newId();
    const data = { contactListId, sessionId, cause: 'calledOff' as const, reservationIds: [newId(), newId()] };
    return { stream: `contact-list-${contactListId}`, event: { type: 'ContactListStarted', data } as Told['event'] };
  };
  const openOnes = async () => {
    const { callbacks } = (await desk.read('/callbacks?open=true&limit=500')).body;
    return (callbacks as { cause: string }[]).reduce<Record<string, number>>(
      (counts, { cause }) => ({ ...counts, [cause]: (counts[cause] ?? 0) + 1 }),
      {},
    );
  };

  test('one reaction hears reservations and notices, and nothing of either is lost on the way', async () => {
    // So many that every partition of both topics has some
    await Promise.all([
      desk.tellOfNotices(...Array.from({ length: 40 }, returned)),
      desk.tell(...Array.from({ length: 40 }, list)),
    ]);
    await until(async () => (await openOnes())['returnedMail'] === 40 && (await openOnes())['contactList'] === 80);
    // A restart goes on where it was: what came before is not done twice, what comes after is done
    await desk.restart();
    await Promise.all([desk.tellOfNotices(returned()), desk.tell(list())]);
    await until(async () => (await openOnes())['returnedMail'] === 41 && (await openOnes())['contactList'] === 82);
  });

  test('the two topics have a group each, and every group has its member', async () => {
    const rig = topicOfInquiries();
    const groupIds = ['reservations', 'notices'].map((source) => `inquiries.callback-jobs.${source}`);
    await until(async () => {
      const { groups } = await rig.asAdmin((admin) => admin.describeGroups(groupIds));
      return groups.every(({ state, members }) => state === 'Stable' && members.length === 1);
    });
  });

  test('what inquiries tells travels without a word of what was said', async () => {
    const contact = { name: '鸚鵡山 金糸雀', phoneNumber: '011-999-8877' };
    const { callId } = (await desk.ask('POST', '/calls', { extension: 'SIP/oumuyama' })).body;
    const note = '鳥籠荘の鸚鵡山様';
    await desk.ask('POST', '/inquiries', { category: 'other', outcome: 'answered', note, unlisted: '籠の鍵', callId });
    await desk.ask('POST', '/complaints', { category: 'notice', words: note, contact });
    const topic = topicOfInquiries();
    const typesOf = (records: readonly { headers: Readonly<Record<string, string>> }[]) =>
      new Set(records.map(({ headers }) => headers['ce_type']));
    const records = await until(async () => {
      const read = await topic.records();
      return typesOf(read).has('ComplaintRaised') && read;
    });
    // What is nobody else's business travels as a number only
    expect(typesOf(records)).toContain('Internal');
    expect(typesOf(records)).not.toContain('CallTold');
    const marks = ['鸚鵡山', '金糸雀', '999-8877', '0119998877', '鳥籠荘', '籠の鍵', 'oumuyama'];
    expect(marksIn({ topic: JSON.stringify(records) }, marks)).toEqual([]);
  });
});
