/**
 * What inquiries are about (分類), in the order of the keys of the one-key tally. A code list of the desk: an event holds
 * any code, so that a category that is given up can still be read.
 */
export const INQUIRY_CATEGORIES = {
  venue: '会場',
  schedule: '日時',
  content: '内容',
  belongings: '持ち物',
  eligibility: '対象',
  application: '申込方法',
  booking: '予約の確認',
  notice: '受講通知書',
  access: '交通・駐車場',
  support: '配慮事項',
  privacy: '個人情報',
  other: 'その他',
} as const;

export type InquiryCategory = keyof typeof INQUIRY_CATEGORIES;

/** Tallied with one key, without personal data: 会場／日時／内容／持ち物／対象／その他. (R040) */
export const TALLY_CATEGORIES = [
  'venue',
  'schedule',
  'content',
  'belongings',
  'eligibility',
  'other',
] as const satisfies readonly InquiryCategory[];
