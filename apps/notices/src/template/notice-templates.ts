import { Injectable } from '@nestjs/common';

/** Templates of the card, by term. Version 0 is the desk's own. (R022, §8.8) */
@Injectable()
export class NoticeTemplates {
  async versionOf(_termId: string): Promise<number> {
    return 0;
  }
}
