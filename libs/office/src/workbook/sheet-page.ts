import type { HeaderFooter, PageSetup } from 'exceljs';
import { printableText } from '../text/printable-text.js';

/** A4, as wide as the table, as long as it takes. */
export function pageSetup(landscape: boolean): Partial<PageSetup> {
  return {
    paperSize: 9,
    orientation: landscape ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.75, bottom: 0.6, header: 0.35, footer: 0.3 },
  };
}

/** Title above, page numbers below; 見本 on the paper of a training or demonstration desk. (§8.25) */
export function pageText(title: string, specimen: boolean): Partial<HeaderFooter> {
  const plain = printableText(title).replaceAll('&', '&&');
  return {
    oddHeader: `${specimen ? '&L&"-,Bold"&KC00000【見本】研修・デモ用' : ''}&R&9${spaced(plain)}`,
    oddFooter: '&C&9&P ／ &N',
  };
}

/** A title that begins with a digit would be read as part of the size before it. */
function spaced(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}
