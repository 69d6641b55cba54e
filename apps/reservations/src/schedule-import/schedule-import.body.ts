import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, IdField, LineField, PatternField } from '#platform/service/fields.js';

export class ScheduleImportQuery {
  @IdField() termId: string;
  @ChoiceField({ of: ['', 'true', 'false'], optional: true, description: 'Shows what would happen, and does nothing.' })
  dryRun?: string;
  @PatternField({
    pattern: '^[0-9a-f]{16}$',
    max: 16,
    optional: true,
    description: 'The `hash` of the preview that was looked at.',
  })
  confirm?: string;
  @LineField({ max: 60, optional: true, description: '協議記録番号 of the change.' }) agreementNumber?: string;
}

export class CellProblemAnswer {
  @ApiProperty({ example: 'E7' }) cell: string;
  @ApiProperty({
    description: 'In Japanese, for the person who wrote the list; what stands in the cell is not repeated.',
  })
  reason: string;
}

export class ImportedSession {
  @ApiProperty({ type: 'integer', description: 'Row of the sheet.' }) row: number;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty() sessionCode: string;
}

export class ImportedChange extends ImportedSession {
  @ApiProperty({ isArray: true, enum: ['eventCode', 'course', 'venue', 'dates', 'capacity'] }) changed: string[];
  @ApiProperty({ type: 'integer', description: 'How many are booked whom the change touches. (§8.14)' })
  bookings: number;
}

export class UnnamedSession {
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty() sessionCode: string;
}

export class ScheduleImportAnswer {
  @ApiProperty({ format: 'uuid' }) termId: string;
  @ApiProperty({ pattern: '^[0-9a-f]{16}$', description: 'Names exactly what happens; `confirm` repeats it.' })
  hash: string;
  @ApiProperty({ description: 'Whether bookings are affected, so that `confirm` must be sent.' })
  confirmationNeeded: boolean;
  @ApiProperty({ type: [ImportedSession] }) added: ImportedSession[];
  @ApiProperty({ type: [ImportedChange] }) changed: ImportedChange[];
  @ApiProperty({ type: 'integer' }) unchanged: number;
  @ApiProperty({ type: [UnnamedSession], description: 'There, but not in the list. They stay as they are.' })
  missing: UnnamedSession[];
  @ApiProperty({ type: [CellProblemAnswer], description: 'While there is one, nothing can be imported.' })
  problems: CellProblemAnswer[];
  @ApiProperty({ type: [CellProblemAnswer], description: 'May be meant so.' }) warnings: CellProblemAnswer[];
  @ApiProperty({ type: [String], description: 'Headings that were passed over.', example: ['K1'] }) ignored: string[];
  @ApiProperty({ type: [String], required: false, description: 'Each 一斉連絡 that this started.' })
  contactListIds?: string[];
}
