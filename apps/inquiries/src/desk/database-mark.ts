/** What the database is marked as for good: papers of a 研修 or デモ one print 見本. (§8.25) */
export class DatabaseMark {
  readonly specimen: boolean;

  constructor(mark: 'production' | 'training' | 'demo') {
    this.specimen = mark !== 'production';
  }
}
