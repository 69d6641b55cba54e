import { Body, Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { instantOf, plusDays } from '#calendar/civil-time.js';
import { CurrentCaller, type Caller } from '#platform/service/caller.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { invalidBody } from '#platform/service/validation.js';
import { ServiceAccountToken } from '../account/account-answers.js';
import { AccountLog } from '../account/account-log.js';
import { AccountPath, NewServiceAccount } from '../account/account-requests.js';
import { today } from '../account/accounts.js';
import { ServiceAccounts } from './service-accounts.js';

@ApiTags('accounts')
@Controller('api/service-accounts')
export class ServiceAccountHttp {
  constructor(
    @Inject(ServiceAccounts) private readonly accounts: ServiceAccounts,
    @Inject(AccountLog) private readonly log: AccountLog,
  ) {}

  @Post()
  @ApiCreatedResponse({ type: ServiceAccountToken })
  @ApiProblems({ 400: ['invalid-body'], 409: ['account-exists'] })
  async add(
    @Body() { accountId, role, validUntil }: NewServiceAccount,
    @CurrentCaller() by: Caller,
  ): Promise<ServiceAccountToken> {
    if (validUntil < today() || validUntil > plusDays(today(), 366)) {
      throw invalidBody([{ field: 'validUntil', rules: ['withinAYear'] }]);
    }
    const endsAt = new Date(instantOf(plusDays(validUntil, 1), '00:00'));
    const token = await this.accounts.add(accountId, role, endsAt);
    await this.note(by, accountId, 'made-service');
    await this.note(by, accountId, `role-${role}`);
    return { accountId, token, endsAt: endsAt.toISOString() };
  }

  @Delete(':accountId')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Its token is refused from now on.' })
  @ApiProblems({ 400: ['invalid-body'], 404: ['not-found'] })
  async end(@Param() { accountId }: AccountPath, @CurrentCaller() by: Caller): Promise<void> {
    await this.accounts.end(accountId);
    await this.note(by, accountId, 'disabled');
  }

  private note({ accountId }: Caller, subjectId: string, purpose: string): Promise<void> {
    return this.log.note({ accountId, action: 'account', purpose, outcome: 'done', subjectId });
  }
}
