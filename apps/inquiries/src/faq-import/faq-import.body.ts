import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, PatternField } from '#platform/service/fields.js';

export class FaqImportQuery {
  @ChoiceField({ of: ['true', 'false', ''], optional: true, description: 'Only tells what would happen.' })
  dryRun?: 'true' | 'false' | '';
  @PatternField({ pattern: '^[0-9a-f]{16}$', max: 16, optional: true, description: '`hash` of the preview.' })
  confirm?: string;
}

export class FaqImportProblem {
  @ApiProperty({ example: 'C7' }) cell: string;
  @ApiProperty() reason: string;
}

export class FaqImportLine {
  @ApiProperty({ type: 'integer' }) row: number;
  @ApiProperty({ format: 'uuid' }) faqId: string;
  @ApiProperty() faqNo: string;
  @ApiProperty({ type: [String] }) changed: string[];
}

export class FaqImportAnswer {
  @ApiProperty({ description: 'To be sent as `confirm`.' }) hash: string;
  @ApiProperty({ type: [FaqImportLine] }) added: FaqImportLine[];
  @ApiProperty({ type: [FaqImportLine] }) changed: FaqImportLine[];
  @ApiProperty({ type: 'integer' }) unchanged: number;
  @ApiProperty({
    type: [FaqImportLine],
    description: 'Answered, and not on the list; they stay until they are retired.',
  })
  missing: FaqImportLine[];
  @ApiProperty({ type: [FaqImportProblem], description: 'While there is one, nothing can be imported.' })
  problems: FaqImportProblem[];
  @ApiProperty({ type: [FaqImportProblem], description: 'May be meant so.' }) warnings: FaqImportProblem[];
  @ApiProperty({ type: [String], description: 'Headings that were passed over.' }) ignored: string[];
}
