import type { Addressee } from './paper.js';

/** Where everything is handed in. (R056, specification 11) */
export const DIGITAL_PLANNING: Addressee = {
  organisation: '札幌市デジタル戦略推進局',
  office: 'スマートシティ推進部デジタル企画課',
  honorific: '御中',
};
