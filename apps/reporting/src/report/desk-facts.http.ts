import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { QuestionRoute } from '#platform/hosting/route.js';
import { CountField, DateField, LineField, LinesField, PartField, PartsField } from '#platform/service/fields.js';
import { DeskNotes, type DeskFacts } from './desk-facts.js';

export class ContractBody {
  @LineField({ max: 200 }) name: string;
  @DateField() from: string;
  @DateField() until: string;
}

export class RoleBody {
  @LineField({ max: 60 }) role: string;
  @CountField({ min: 0, max: 999 }) people: number;
}

export class TrainingBody {
  @DateField() date: string;
  @LineField({ max: 200 }) title: string;
  @CountField({ min: 0, max: 999 }) attended: number;
}

/** What stands on every paper of the desk; what is left out stays as it was. Offices and their holders, never a caller. */
export class DeskFactsBody {
  @PartField(() => ContractBody, { optional: true }) contract?: ContractBody;
  @LineField({ max: 200, optional: true }) organisation?: string;
  @LineField({ max: 200, optional: true }) office?: string;
  @LineField({ max: 25, optional: true }) phoneNumber?: string;
  @LineField({ max: 60, optional: true, description: '責任者' }) responsiblePerson?: string;
  @LineField({ max: 60, optional: true, description: '総括保護管理者' }) chiefPrivacyOfficer?: string;
  @LineField({ max: 60, optional: true, description: '保護管理者' }) privacyOfficer?: string;
  @LinesField({ max: 30, length: 500, optional: true }) outline?: string[];
  @PartsField(() => RoleBody, { max: 20, optional: true }) roles?: RoleBody[];
  @PartsField(() => TrainingBody, { max: 100, optional: true }) trainings?: TrainingBody[];
  @LinesField({ max: 50, length: 1_000, optional: true, description: '課題と提案' }) proposals?: string[];
}

/** What the desk says of itself on its papers. (R029, R056) */
@ApiTags('reports')
@Controller('reports/desk-facts')
export class DeskFactsHttp {
  constructor(@Inject(DeskNotes) private readonly notes: DeskNotes) {}

  @Get()
  @ApiOperation({ summary: 'What stands on every paper' })
  @QuestionRoute(DeskFactsBody)
  async read(): Promise<DeskFactsBody> {
    return (await this.notes.facts()) as unknown as DeskFactsBody;
  }

  @Put()
  @ApiOperation({ summary: 'Changes some of it; the rest stays' })
  @QuestionRoute(DeskFactsBody)
  async save(@Body() body: DeskFactsBody): Promise<DeskFactsBody> {
    await this.notes.saveFacts(body as Partial<DeskFacts>);
    return this.read();
  }
}
