/** How the demonstration posts its notices: two days from the central post office, one more around New Year. (requirements §4.5) */
export function demoPosting(fiscalYear: number) {
  const newYear = { from: `${fiscalYear}-12-25`, to: `${fiscalYear + 1}-01-07` };
  return {
    validFrom: `${fiscalYear}-04-01`,
    agreementNumber: 'デモ協議-1',
    ...{ daysAhead: 7, approveAhead: 1, freezeAhead: 2, batchAt: '13:00' },
    offices: [{ name: '札幌中央郵便局', cutOff: '17:00', leads: [{ days: 2 }] }],
    safety: [{ ...newYear, days: 1, reason: '年末年始の混雑' }],
    ...{ deskDays: [], deliveryDays: [] },
    ...{ cardYen: 85, expressYen: 300, cardStock: 'postalCard' },
    sender: {
      ...{ name: '札幌市デジタル講習会', section: '受付窓口', postalCode: '0608611' },
      address: '札幌市中央区北一条西二丁目',
    },
    reception: '札幌市デジタル講習会受付 011-000-0000（平日9:00〜16:00）',
  };
}
