/** What an account may be (R028, R029, P03). An account may hold several; whoever signs in acts with all of them. */
export const ROLES = [
  'operator',
  'supervisor',
  'manager',
  'city',
  'privacyOfficer',
  'auditor',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];

/** In the words of the desk. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  operator: 'オペレーター',
  supervisor: 'スーパーバイザー',
  manager: '責任者',
  city: '市担当課',
  privacyOfficer: '保護管理者',
  auditor: '監査',
  administrator: 'システム管理者',
};
