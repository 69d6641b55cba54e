import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { ROLES, type Role } from '#contracts/access/roles.js';
import { ChoiceField, ChoicesField, CountField, DateField, PatternField } from '#platform/service/fields.js';
import { Type } from 'class-transformer';
import { TRAINING_MODULES } from './accounts.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.js';

// What may be said about accounts.

/** A name of an account: no name of a person, it stands in addresses and logs. */
export const ACCOUNT_ID = { pattern: '^[a-z0-9][a-z0-9._-]{1,39}$', max: 40 } as const;

export class NewAccount {
  @PatternField({ ...ACCOUNT_ID, description: 'Not the name of a person: it stands in logs.' })
  accountId: string;

  @ApiProperty({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD, format: 'password' })
  @IsString()
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  password: string;

  @ChoicesField({ of: ROLES, min: 1, max: ROLES.length })
  roles: Role[];
}

export class NewRoles {
  @ChoicesField({ of: ROLES, min: 1, max: ROLES.length })
  roles: Role[];
}

export class NewTraining {
  @ChoiceField({ of: TRAINING_MODULES })
  module: (typeof TRAINING_MODULES)[number];

  @DateField()
  completedOn: string;

  @DateField({ optional: true, description: 'A year after completion unless given, and at most that (P04).' })
  validUntil?: string;
}

export class NewDesignation {
  @DateField()
  from: string;

  @DateField()
  until: string;
}

export class NewServiceAccount {
  @PatternField({ ...ACCOUNT_ID })
  accountId: string;

  @ChoiceField({ of: ROLES })
  role: Role;

  @DateField({ description: 'The last day on which its token is good, at most a year from now.' })
  validUntil: string;
}

export class AccountsQuery {
  @Type(() => Number)
  @CountField({ min: 1, max: 500, optional: true })
  limit?: number;

  @PatternField({ ...ACCOUNT_ID, optional: true })
  after?: string;
}

export class AccountPath {
  @PatternField({ ...ACCOUNT_ID })
  accountId: string;
}
