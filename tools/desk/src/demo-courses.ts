/** What the city's classes are about. */
export const DEMO_COURSES = [
  {
    title: 'はじめてのスマホ',
    description: '電源の入れ方、文字の打ち方、電話とカメラ。全2回で、同じ方が2回とも受講します。',
    bringAlong: 'お持ちの方はスマートフォン。なくても受講できます。',
    audience: '市内にお住まいの方',
  },
  { title: 'LINEの使い方', description: 'ご家族との連絡に。写真の送り方まで。', bringAlong: 'スマートフォン' },
  {
    title: 'マイナポータルの使い方',
    description: '申請と確認のしかた。',
    bringAlong: 'スマートフォン、マイナンバーカード、暗証番号の控え',
    neutralTitle: 'スマートフォン講習会',
  },
  { title: '詐欺にあわないために', description: 'あやしい電話、メール、広告の見分け方。', bringAlong: '筆記用具' },
  {
    title: '個別相談会',
    description: 'お一人20分。お困りのことを何でも。',
    bringAlong: 'お使いの機器',
    neutralTitle: 'スマートフォン講習会',
  },
];
