import type { PrivacyMonth } from '#office/report/desk-paper-data.js';
import { senderOf } from '../daily-report/daily-report.js';
import { nameOf } from '../delivery/delivery-files.js';
import { MEDIA_NAMES } from '../delivery/delivery-receipt.js';
import type { Row } from '../query/query.js';
import type { DeskFacts } from '../report/desk-facts.js';
import type { Handing, LogReview, PrivacyRecord } from './privacy-records.js';

/** Everything that a month is told of: by the logs, the access logs, the records of deliveries, and people. */
export interface ToldOfMonth {
  readonly month: string;
  readonly facts: DeskFacts;
  readonly record: PrivacyRecord;
  readonly reviews: readonly LogReview[];
  readonly accesses: PrivacyMonth['accesses'];
  readonly handedOut: readonly Handing[];
  readonly destroyed: readonly Handing[];
  /** Rows of the query `deletions`. */
  readonly deleted: readonly Row[];
  readonly incidents: readonly string[];
  readonly today: string;
  readonly at: number;
  readonly specimen: boolean;
}

const ERASED: Readonly<Record<string, readonly [what: string, method: string]>> = {
  person: ['本人の個人情報', '鍵の破棄（以後復号できない）'],
  term: ['期の個人情報', '期の鍵の破棄（以後復号できない）'],
  drafts: ['通話の下書き', '日次締めでの消去'],
};

const DESTROYED: Readonly<Record<string, string>> = {
  erased: 'ファイルの消去',
  overwritten: '上書き消去',
  mediumDestroyed: '媒体の物理的破壊',
};

/** 様式１ of a month: what is recorded nowhere is left to be filled in by hand. (R047) */
export function privacyMonth(told: ToldOfMonth): PrivacyMonth {
  const { month, facts, record, reviews, destroyed } = told;
  const inMonth = ({ date }: { date: string }) => date.startsWith(month);
  return {
    month,
    contractName: facts.contract.name,
    officers: { chief: facts.chiefPrivacyOfficer, officer: facts.privacyOfficer },
    staff: record.staff ?? facts.roles.map(({ role, people }) => ({ role, people })),
    // Where no training was ever recorded, nothing says that there was none this month
    ...(facts.trainings.length > 0 && { trainings: facts.trainings.filter(inMonth) }),
    accesses: told.accesses,
    ...(reviews.length > 0 && { reviews: sumOf(reviews) }),
    // Nothing leaves but through the desk: no line says that nothing left
    exports: told.handedOut.map(({ day, subject, pieces, recipient, medium, medium_number }) => ({
      date: day,
      what: `${nameOf(subject)} ${pieces}件`,
      recipient,
      medium: [MEDIA_NAMES[medium] ?? medium, medium_number].filter(Boolean).join(' '),
    })),
    ...(record.media && {
      media: record.media.map(({ mediumNumber, kind, state }) => ({ id: mediumNumber, kind, state })),
    }),
    deletions: [
      ...told.deleted.map(({ day, what, pieces }) => {
        const [name, method] = ERASED[String(what)]!;
        return { date: String(day), what: name, count: Number(pieces), method };
      }),
      ...destroyed.map(({ day, subject, pieces, method }) => {
        return {
          date: day,
          what: `引き渡した${nameOf(subject)}`,
          count: pieces,
          method: DESTROYED[method!] ?? method!,
        };
      }),
    ].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    incidents: told.incidents,
    ...(record.subcontracting && { subcontracting: subcontractingText(record.subcontracting) }),
    remarks: record.remarks ?? [],
    from: senderOf(facts),
    date: told.today,
    at: told.at,
    ...(told.specimen && { specimen: true }),
  };
}

function sumOf(reviews: readonly LogReview[]): NonNullable<PrivacyMonth['reviews']> {
  return {
    times: reviews.length,
    sampled: reviews.reduce((sum, { sampled }) => sum + sampled, 0),
    findings: reviews.reduce((sum, { findings }) => sum + findings, 0),
    measures: reviews.flatMap(({ measures }) => measures ?? []),
  };
}

function subcontractingText(suppliers: NonNullable<PrivacyRecord['subcontracting']>): string {
  if (suppliers.length === 0) return 'なし';
  return suppliers
    .map(({ supplier, task, permissionNumber }) => `${supplier}：${task}（市の許可 ${permissionNumber}）`)
    .join('\n');
}
