/** Words that tell whoever sees a card more about a person than the person may like. (§8.5) */
const TELLING =
  /認知症|もの忘れ|物忘れ|精神|うつ|発達|障害|障がい|難病|がん患者|依存|ひきこもり|引きこもり|不登校|介護|生活保護|生活困窮|失業|求職|債務|多重債務|ＤＶ|DV|虐待|性暴力|ＨＩＶ|HIV|感染症|更生|ひとり親|遺族|被害者|LGBT|同和/;

export interface TitleAdvice {
  /** The word that tells too much. */
  readonly word: string;
  readonly neutralTitle: string;
  /** A sentence for the desk. */
  readonly message: string;
}

/** Undefined for a title that may stand on open mail as it is. */
export function titleAdvice(courseTitle: string): TitleAdvice | undefined {
  const word = TELLING.exec(courseTitle)?.[0];
  if (word === undefined) return undefined;
  const neutralTitle = 'デジタル活用講座';
  return {
    word,
    neutralTitle,
    message: `講座名の「${word}」は、はがきでは人の目に触れます。「${neutralTitle}」など市の中立な講座名にするか、目隠しシール（圧着はがき）を使ってください。`,
  };
}
