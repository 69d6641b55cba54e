import { dateAt, timeAt } from '#calendar/civil-time.js';
import { weekdayName } from '#calendar/japanese-date.js';
import type { IvrStretch } from './ivr-schedule.policy.js';

/** What the recording says, in short sentences. (R033; requirements §4.1 on callers who hear badly) */
export function announcementOf({ state, nextOpening }: IvrStretch, contactAfterClosing?: string): string {
  const desk = 'こちらは、札幌市スマートフォン講習会の受付です。';
  if (state === 'open') return `${desk}係の者におつなぎします。そのままお待ちください。`;
  const reason = {
    closedToday: 'ただいまは、受付時間の外です。',
    dayOff: '本日は、受付をお休みしています。',
    outOfPeriod: 'ただいまは、お申し込みの受付期間ではありません。',
  }[state];
  const next = nextOpening === undefined ? '' : `次の受付は、${spoken(nextOpening)}からです。`;
  const contact =
    state === 'outOfPeriod' && contactAfterClosing !== undefined
      ? `取り消しのご連絡は、${contactAfterClosing}へお願いします。`
      : '';
  return desk + reason + next + contact;
}

function spoken(instant: number): string {
  const date = dateAt(instant);
  const [hour, minute] = timeAt(instant).split(':').map(Number) as [number, number];
  const half = hour < 12 ? '午前' : '午後';
  const minutes = minute === 0 ? '' : `${minute}分`;
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日、${weekdayName(date)}曜日`;
  return `${day}の、${half}${hour > 12 ? hour - 12 : hour}時${minutes}`;
}
