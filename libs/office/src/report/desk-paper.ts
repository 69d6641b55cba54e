import type {
  CoverLetter,
  EscalationSheet,
  FaxReply,
  PrivacyMonth,
  RosterChange,
  StaffingNotice,
} from './desk-paper-data.js';
import type { Paper } from './paper.js';

/** 名簿変更連絡票. */
export function rosterChangePaper(data: RosterChange): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}

/** 体制届. */
export function staffingPaper(data: StaffingNotice): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}

/** エスカレーション票. */
export function escalationPaper(data: EscalationSheet): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}

/** 回答票. */
export function faxReplyPaper(data: FaxReply): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}

/** 送付状. */
export function coverLetterPaper(data: CoverLetter): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}

/** 個人情報取扱状況報告書（様式１）. */
export function privacyMonthPaper(data: PrivacyMonth): Paper {
  throw new Error(`Not in yet: ${data.at}`);
}
