/** Whether papers are printed with 見本: on a desk for training or demonstration. (§8.25) */
export class Specimen {
  readonly isOne: boolean;

  constructor(mark: 'production' | 'training' | 'demo') {
    this.isOne = mark !== 'production';
  }
}
