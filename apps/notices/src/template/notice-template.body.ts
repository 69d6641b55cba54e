import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ChoiceField, CountField, IdField, LineField } from '#platform/service/fields.js';

export class TemplateQuery {
  @IdField({ optional: true, description: 'Absent: for every term that has none of its own.' }) termId?: string;
  @Type(() => Number)
  @CountField({
    min: 0,
    max: 1_000_000,
    optional: true,
    description: 'An earlier one instead of a file; 0 is the desk’s own.',
  })
  templateVersion?: number;
  @LineField({ max: 60, optional: true, description: 'Required for an earlier one.' }) agreementNumber?: string;
}

export class PreviewQuery {
  @Type(() => Number)
  @CountField({
    min: 0,
    max: 1_000_000,
    optional: true,
    description: 'An accepted one instead of a file; 0 is the desk’s own.',
  })
  templateVersion?: number;
  @ChoiceField({ of: ['docx', 'pdf'], optional: true, description: 'Absent: docx. A PDF is LibreOffice’s rendering.' })
  as?: 'docx' | 'pdf';
}

export class RemarkAnswer {
  @ApiProperty() code: string;
  @ApiProperty({ description: 'In Japanese.' }) message: string;
  @ApiProperty({ required: false }) subject?: string;
}

export class TemplateAccepted {
  @ApiProperty({ type: 'integer' }) templateVersion: number;
  @ApiProperty() sha256: string;
  @ApiProperty({ type: [String] }) fields: string[];
  @ApiProperty({ type: [RemarkAnswer], description: 'What the doctor advises.' }) advice: RemarkAnswer[];
}

export class TemplateVersion {
  @ApiProperty({ type: 'integer' }) templateVersion: number;
  @ApiProperty() sha256: string;
  @ApiProperty({ type: [String] }) fields: string[];
}

export class TemplateChoice {
  @ApiProperty({ format: 'uuid', required: false, description: 'Absent: every term that has none of its own.' })
  termId?: string;
  @ApiProperty({ type: 'integer' }) templateVersion: number;
  @ApiProperty({ required: false }) agreementNumber?: string;
  @ApiProperty({ format: 'date-time' }) chosenAt: string;
}

export class TemplatesAnswer {
  @ApiProperty({ type: [TemplateChoice], description: 'Where there is none, the desk’s own (0) is used.' })
  inUse: TemplateChoice[];
  @ApiProperty({ type: [TemplateVersion], description: 'Newest first.' }) versions: TemplateVersion[];
}
