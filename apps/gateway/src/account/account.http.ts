import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { plusDays } from '#calendar/civil-time.js';
import { CurrentCaller, type Caller } from '#platform/service/caller.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { invalidBody } from '#platform/service/validation.js';
import { AccountName, AccountPage } from './account-answers.js';
import { AccountLog } from './account-log.js';
import { AccountPath, AccountsQuery, NewAccount, NewDesignation, NewRoles, NewTraining } from './account-requests.js';
import { accountExists, Accounts, today } from './accounts.js';
import { hashPassword } from './password.js';

/** The longest a training is good for (P04: every year). */
const TRAINING_DAYS = 365;

@ApiTags('accounts')
@Controller('api/accounts')
export class AccountHttp {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(AccountLog) private readonly log: AccountLog,
  ) {}

  @Get()
  @ApiOkResponse({ type: AccountPage })
  @ApiProblems({ 400: ['invalid-body'] })
  async list(@Query() { limit = 100, after = '' }: AccountsQuery): Promise<AccountPage> {
    const accounts = await this.accounts.page(limit, after);
    return { accounts, ...(accounts.length === limit && { next: accounts.at(-1)!.accountId }) };
  }

  @Post()
  @ApiCreatedResponse({ type: AccountName })
  @ApiProblems({ 400: ['invalid-body'], 409: ['account-exists'] })
  async add(@Body() { accountId, password, roles }: NewAccount, @CurrentCaller() by: Caller): Promise<AccountName> {
    if (!(await this.accounts.add(accountId, roles, await hashPassword(password)))) throw accountExists();
    await this.note(by, accountId, 'made', ...roles.map((role) => `role-${role}`));
    return { accountId };
  }

  @Put(':accountId/roles')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Whoever is signed in with this account has to sign in again.' })
  @ApiProblems({ 400: ['invalid-body'], 404: ['not-found'], 409: ['last-administrator'] })
  async setRoles(@Param() { accountId }: AccountPath, @Body() { roles }: NewRoles, @CurrentCaller() by: Caller) {
    await this.accounts.setRoles(accountId, roles);
    await this.note(by, accountId, ...roles.map((role) => `role-${role}`));
  }

  @Post(':accountId/disable')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out everywhere, for good.' })
  @ApiProblems({ 400: ['invalid-body'], 404: ['not-found'], 409: ['last-administrator'] })
  async disable(@Param() { accountId }: AccountPath, @CurrentCaller() by: Caller): Promise<void> {
    await this.accounts.disable(accountId);
    await this.note(by, accountId, 'disabled');
  }

  @Post(':accountId/trainings')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems({ 400: ['invalid-body'], 404: ['not-found'] })
  async train(@Param() { accountId }: AccountPath, @Body() training: NewTraining, @CurrentCaller() by: Caller) {
    const { module, completedOn } = training;
    const last = plusDays(completedOn, TRAINING_DAYS);
    const validUntil = training.validUntil ?? last;
    if (completedOn > today()) throw invalidBody([{ field: 'completedOn', rules: ['notInTheFuture'] }]);
    if (validUntil < completedOn || validUntil > last) {
      throw invalidBody([{ field: 'validUntil', rules: ['withinAYear'] }]);
    }
    await this.accounts.train(accountId, { module, completedOn, validUntil }, by.accountId);
    await this.note(by, accountId, `training-${module}`);
  }

  @Post(':accountId/designations')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems({ 400: ['invalid-body'], 404: ['not-found'] })
  async designate(
    @Param() { accountId }: AccountPath,
    @Body() { from, until }: NewDesignation,
    @CurrentCaller() by: Caller,
  ): Promise<void> {
    if (until < from) throw invalidBody([{ field: 'until', rules: ['notBeforeFrom'] }]);
    await this.accounts.designate(accountId, { from, until }, by.accountId);
    await this.note(by, accountId, 'designation');
  }

  private async note({ accountId }: Caller, subjectId: string, ...purposes: string[]): Promise<void> {
    await Promise.all(
      purposes.map((purpose) => this.log.note({ accountId, action: 'account', purpose, outcome: 'done', subjectId })),
    );
  }
}
