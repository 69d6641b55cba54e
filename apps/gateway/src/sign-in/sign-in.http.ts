import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ROLES, type Role } from '#contracts/access/roles.js';
import { SETTINGS } from '#platform/service/service.module.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCaller, type Caller } from '#platform/service/caller.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { AccountLog } from '../account/account-log.js';
import { Accounts } from '../account/accounts.js';
import { hashPassword, isOutOfDate, isPassword, LONGEST_PASSWORD } from '../account/password.js';
import { Attempts, type Locked } from './attempts.js';
import { giveCookie, signInIdOf, takeCookie } from './cookie.js';
import { SignIns } from './sign-ins.js';
import type { GatewaySettings } from '../gateway.settings.js';

export class Credentials {
  @ApiProperty({ minLength: 1, maxLength: 40 })
  @IsString()
  @Length(1, 40)
  accountId: string;

  @ApiProperty({ minLength: 1, maxLength: LONGEST_PASSWORD, format: 'password' })
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  password: string;
}

export class Me {
  @ApiProperty() accountId: string;
  @ApiProperty({ enum: ROLES, isArray: true }) roles: readonly Role[];
  @ApiProperty({ description: 'Trained and designated today: may handle personal data (P03, P04).' }) handler: boolean;
  @ApiProperty({
    enum: ['production', 'training', 'demo'],
    description: '本番, 研修, デモ: of the desk, for good (§8.25).',
  })
  mark: string;
}

const PASSWORD = { action: 'sign-in', purpose: 'password' } as const;

/** Not what was typed where there is no such account: it may be a password. */
const subjectWhere = (kept: string | undefined, accountId: string) =>
  kept === undefined ? {} : { subjectId: accountId };

@ApiTags('sign-in')
@Controller('api')
export class SignInHttp {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(SignIns) private readonly signIns: SignIns,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(AccountLog) private readonly log: AccountLog,
    @Inject(SETTINGS) private readonly settings: Pick<GatewaySettings, 'mark'>,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  @ApiOkResponse({ type: Me, description: 'Sets the cookie of the session.' })
  @ApiProblems({ 400: ['invalid-body'], 401: ['wrong-credentials'], 429: ['too-many'] })
  async signIn(
    @Body() { accountId, password }: Credentials,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const locked = await this.attempts.begin(accountId, request.ip);
    if (locked) {
      if (locked.isFirst) await this.noteLocked(locked, accountId);
      throw locked.refusal;
    }
    const kept = await this.accounts.passwordHashOf(accountId);
    if (!(await isPassword(kept, password))) {
      await this.log.note({ ...subjectWhere(kept, accountId), ...PASSWORD, outcome: 'refused' });
      throw new Refusal('wrong-credentials', 'not-signed-in', 'The account or the password is wrong: try again.');
    }
    await this.attempts.succeeded(accountId, request.ip);
    if (isOutOfDate(kept!)) await this.accounts.keepPassword(accountId, await hashPassword(password));
    const id = await this.signIns.begin(accountId, signInIdOf(request));
    const caller = await this.signIns.callerOf(id);
    if (caller === undefined) throw new Refusal('not-signed-in', 'not-signed-in', 'Sign in first.');
    await this.log.note({ accountId, ...PASSWORD, outcome: 'done' });
    giveCookie(request, reply, id);
    return { ...caller, mark: this.settings.mark };
  }

  private async noteLocked({ what }: Locked, accountId: string): Promise<void> {
    const subject = subjectWhere(await this.accounts.passwordHashOf(accountId), accountId);
    await this.log.note({ ...subject, action: 'sign-in', purpose: `${what}-locked`, outcome: 'locked' });
  }

  @Post('sign-out')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The session is over, also for a copy of its cookie.' })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<void> {
    const id = signInIdOf(request);
    if (id !== undefined) await this.signIns.end(id);
    await this.log.note({ accountId, action: 'sign-out', purpose: 'asked', outcome: 'done' });
    takeCookie(request, reply);
  }

  @Get('me')
  @ApiOkResponse({ type: Me })
  me(@CurrentCaller() caller: Caller): Me {
    return { ...caller, mark: this.settings.mark };
  }
}
