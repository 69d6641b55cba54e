import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';

/** What the desk says of itself on every paper, and no log knows. Offices and their holders, never a caller. */
export interface DeskFacts {
  readonly contract: { readonly name: string; readonly from: string; readonly until: string };
  readonly organisation: string;
  readonly office?: string;
  readonly phoneNumber?: string;
  /** 責任者 (6(5)イ). */
  readonly responsiblePerson: string;
  readonly chiefPrivacyOfficer: string;
  readonly privacyOfficer: string;
  readonly outline: readonly string[];
  readonly roles: readonly { readonly role: string; readonly people: number }[];
  readonly trainings: readonly { readonly date: string; readonly title: string; readonly attended: number }[];
  readonly proposals: readonly string[];
}

/** What no log knows of one day: written by the supervisor at 日次締め. */
export interface DayNotes {
  readonly weather?: string;
  readonly remarks?: string;
  readonly supervisors?: number;
  readonly operators?: number;
  /** 個人情報事故. */
  readonly incidents?: readonly string[];
}

/** What stands on a paper until the desk has said it. */
export const UNSAID: DeskFacts = {
  contract: {
    name: 'デジタル活用支援講習会申込受付及び受講通知発送業務',
    from: '2025-06-01',
    until: '2026-02-28',
  },
  organisation: '（受託者名 未設定）',
  responsiblePerson: '（責任者氏名 未設定）',
  chiefPrivacyOfficer: '（総括保護管理者 未設定）',
  privacyOfficer: '（保護管理者 未設定）',
  outline: ['講習会の申込受付、問い合わせ対応、予約者リストの作成', '受講通知書の作成及び発送', 'ＦＡＱの更新'],
  roles: [],
  trainings: [],
  proposals: [],
};

/** What people wrote for the papers. */
@Injectable()
export class DeskNotes {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async facts(): Promise<DeskFacts> {
    const row = await this.rows.first<{ facts: DeskFacts }>('desk-facts', 'select facts from desk_facts', []);
    return { ...UNSAID, ...row?.facts };
  }

  async saveFacts(facts: Partial<DeskFacts>): Promise<void> {
    await this.rows.all(
      'save-desk-facts',
      `insert into desk_facts (one, facts) values (true, $1)
       on conflict (one) do update set facts = desk_facts.facts || excluded.facts`,
      [JSON.stringify(facts)],
    );
  }

  async of(day: string): Promise<DayNotes> {
    const row = await this.rows.first<{ notes: DayNotes }>('day-notes', 'select notes from day_notes where day = $1', [
      day,
    ]);
    return row?.notes ?? {};
  }

  /** 個人情報事故 of all days, in order. */
  async incidents(from = '', to = '9999'): Promise<string[]> {
    const rows = await this.rows.all<{ incidents: string[] | null }>(
      'incidents',
      `select notes -> 'incidents' as incidents from day_notes where day between $1 and $2 order by day`,
      [from, to],
    );
    return rows.flatMap(({ incidents }) => incidents ?? []);
  }

  async save(day: string, notes: DayNotes): Promise<void> {
    await this.rows.all(
      'save-day-notes',
      'insert into day_notes (day, notes) values ($1, $2) on conflict (day) do update set notes = excluded.notes',
      [day, JSON.stringify(notes)],
    );
  }
}
