import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Refusal } from '#kernel/refusal.js';

// Licences: docs/decisions/0021. All may be embedded in documents.

export interface FontFile {
  readonly name: string;
  readonly path: string;
  /** Which of a collection (.ttc), from 0. */
  readonly face?: number;
}

export interface FontFiles {
  /** In the order in which they are tried. */
  readonly body: readonly FontFile[];
  readonly heading: FontFile;
}

interface DebianFont extends Omit<FontFile, 'path'> {
  readonly brings: string;
  readonly package: string;
  readonly paths: readonly string[];
}

const NOTO = '@expo-google-fonts/noto-serif-jp';
const DEBIAN: readonly DebianFont[] = [
  {
    name: 'IPAmjMincho',
    brings: 'the rare kanji and the forms of the family registers',
    package: 'fonts-ipamj-mincho',
    paths: ['/usr/share/fonts/truetype/ipamj/ipamjm.ttf'],
  },
  {
    name: 'Noto Serif CJK JP',
    brings: 'the variant forms of the Adobe-Japan1 collection',
    package: 'fonts-noto-cjk',
    paths: ['/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc'],
    face: 0,
  },
];

/** @throws Refusal `card-fonts-missing` */
export function fontFiles(): FontFiles {
  const noto = { name: 'Noto Serif JP', path: notoPath('500Medium', 'NotoSerifJP_500Medium') };
  const rare = DEBIAN.flatMap(({ name, face, paths }) => {
    const path = paths.find((at) => existsSync(at));
    return path === undefined ? [] : [{ name, path, ...(face !== undefined && { face }) }];
  });
  return {
    body: [noto, ...rare],
    heading: { name: 'Noto Serif JP Bold', path: notoPath('700Bold', 'NotoSerifJP_700Bold') },
  };
}

/** A sentence for each font that this machine lacks: cards are printed without it, but names that need it are listed. */
export function missingFonts(exists: (path: string) => boolean = existsSync): string[] {
  return DEBIAN.filter(({ paths }) => !paths.some(exists)).map(
    (font) =>
      `The font ${font.name}, ${font.brings}, is missing: cards that need it are listed, not printed; ` +
      `\`apt-get install ${font.package}\` brings it.`,
  );
}

function notoPath(weight: string, file: string): string {
  try {
    return createRequire(import.meta.url).resolve(`${NOTO}/${weight}/${file}.ttf`);
  } catch {
    throw new Refusal(
      'card-fonts-missing',
      'unavailable',
      `The font package ${NOTO} is not installed; \`npm install\` brings it.`,
    );
  }
}
