import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#contracts/access/roles.js';

// What is answered about accounts.

export class TrainingRecord {
  @ApiProperty() module: string;
  @ApiProperty({ format: 'date' }) completedOn: string;
  @ApiProperty({ format: 'date' }) validUntil: string;
}

export class DesignationRecord {
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ format: 'date' }) until: string;
}

export class Account {
  @ApiProperty() accountId: string;
  @ApiProperty({ enum: ['person', 'service'] }) kind: 'person' | 'service';
  @ApiProperty({ enum: ROLES, isArray: true }) roles: Role[];
  @ApiProperty({ description: 'Trained and designated today: may handle personal data (P03, P04).' }) handler: boolean;
  @ApiProperty() disabled: boolean;
  @ApiProperty({ type: [TrainingRecord] }) trainings: TrainingRecord[];
  @ApiProperty({ type: [DesignationRecord] }) designations: DesignationRecord[];
}

export class AccountPage {
  @ApiProperty({ type: [Account] }) accounts: Account[];
  @ApiProperty({ required: false, description: '`after` of the next page.' }) next?: string;
}

export class AccountName {
  @ApiProperty() accountId: string;
}

export class ServiceAccountToken {
  @ApiProperty() accountId: string;
  @ApiProperty({ description: 'Shown once; kept as a hash.' }) token: string;
  @ApiProperty({ format: 'date-time' }) endsAt: string;
}
