import { eraDay } from '#calendar/japanese-date.js';
import type { NoticeRow } from '../notice-list/notice.row.js';

export interface ArrivalAdvice {
  readonly advice: 'wait' | 'reissue' | 'readOut' | 'onItsWay' | 'ended';
  /** What is said to whoever asks. It holds no name. */
  readonly words: string;
}

/**
 * What whoever says "it has not arrived" is told: before the お届け見込み日 to wait; after it a new one, or, when that would
 * not arrive before the class, the contents by telephone, the caller's identity checked. (§4.4.9)
 * @param today civil date
 * @param canArrive whether one that is sent now would be there before the class
 */
export function adviceOn(row: NoticeRow, today: string, canArrive: boolean): ArrivalAdvice {
  const expected = row.predicted_arrival;
  switch (row.state) {
    case 'due':
    case 'drafted':
    case 'printed': {
      const by = expected === null ? '' : `${eraDay(expected)}ごろのお届け見込みです。`;
      return { advice: 'onItsWay', words: `通知書はこれからお送りします。${by}` };
    }
    case 'posted': {
      const sent = `${eraDay(row.posted_on!)}にお出ししました。`;
      if (expected !== null && today <= expected) {
        return {
          advice: 'wait',
          words: `${sent}${eraDay(expected)}ごろのお届け見込みです。もうしばらくお待ちください。`,
        };
      }
      return canArrive ? again(sent) : byTelephone(sent);
    }
    case 'returned': {
      const back = 'お出しした通知書が、こちらに戻っています。ご住所の確認をお願いします。';
      return canArrive ? again(back) : byTelephone(back);
    }
    case 'reissued':
      return { advice: 'onItsWay', words: '新しい通知書をお送りする手続きをしています。' };
    case 'voided':
      return { advice: 'ended', words: 'この通知書は取り消されています。お申し込みの内容をお調べします。' };
  }
}

function again(before: string): ArrivalAdvice {
  return { advice: 'reissue', words: `${before}もう一度お送りします。` };
}

function byTelephone(before: string): ArrivalAdvice {
  return {
    advice: 'readOut',
    words: `${before}受講日までに届きませんので、ご本人の確認のうえ、内容をお電話でご案内します。`,
  };
}
