import { BorderStyle, LineRuleType, type IStylesOptions } from 'docx';

// Lengths are twips (1/20 point), sizes half points: the units of the file.

/** The universal design faces that Windows brings; another machine takes its own Gothic and Mincho. */
export const GOTHIC = {
  ascii: 'BIZ UDPGothic',
  hAnsi: 'BIZ UDPGothic',
  eastAsia: 'BIZ UDPゴシック',
  cs: 'BIZ UDPGothic',
};
export const MINCHO = {
  ascii: 'BIZ UDPMincho Medium',
  hAnsi: 'BIZ UDPMincho Medium',
  eastAsia: 'BIZ UDP明朝 Medium',
  cs: 'BIZ UDPMincho Medium',
};

export const PAGE = { width: 11906, height: 16838, margin: { top: 1247, bottom: 1134, left: 1247, right: 1247 } };

export const INK = '1A1A1A';
export const ACCENT = '1B4F8F';
export const HEADING_FILL = 'E8EEF6';
export const TOTAL_FILL = 'F4F4F4';
export const RULE = { style: BorderStyle.SINGLE, size: 4, color: '8A8F98' } as const;
export const STRONG_RULE = { style: BorderStyle.SINGLE, size: 8, color: '4A4F57' } as const;

/** Line pitch; the rule is said, because LibreOffice takes a missing one for `exact` and cuts pictures off. */
export const leading = (line: number) => ({ line, lineRule: LineRuleType.AUTO });

export const BODY_SIZE = 21;
export const TABLE_SIZE = 18;
export const NOTE_SIZE = 16;

export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: MINCHO, size: BODY_SIZE, color: INK },
      paragraph: { spacing: { ...leading(320), after: 60 } },
    },
    heading1: {
      run: { font: GOTHIC, size: 26, bold: true, color: INK },
      paragraph: {
        spacing: { before: 320, after: 140 },
        keepNext: true,
        border: { bottom: { style: BorderStyle.SINGLE, size: 10, color: ACCENT, space: 3 } },
      },
    },
    heading2: {
      run: { font: GOTHIC, size: 23, bold: true, color: INK },
      paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
    },
    heading3: {
      run: { font: GOTHIC, size: 21, bold: true, color: INK },
      paragraph: { spacing: { before: 180, after: 80 }, keepNext: true },
    },
  },
};

/** Lists of both kinds. */
export const NUMBERING = {
  config: [
    {
      reference: 'points',
      levels: [
        { level: 0, format: 'bullet', text: '・', style: { paragraph: { indent: { left: 420, hanging: 300 } } } },
      ],
    },
    {
      reference: 'numbers',
      levels: [
        {
          level: 0,
          start: 1,
          format: 'decimal',
          text: '(%1)',
          style: { paragraph: { indent: { left: 520, hanging: 480 } } },
        },
      ],
    },
  ],
} as const;
