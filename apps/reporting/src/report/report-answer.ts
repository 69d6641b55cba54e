import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { joinedSlugs } from '#platform/hosting/route.js';
import { LineField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';

export class AsOfQuery {
  @LineField({ max: 2_000, optional: true, description: '`asOf.position` of an earlier answer: the same again.' })
  asOf?: string;
}

export class AskedOfAnswer {
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) instant: string | null;
  @ApiProperty({ description: 'Sent as `asOf`, the same is answered again.' }) position: string;
  @ApiProperty({
    type: 'integer',
    description: 'Streams that could not be applied: above 0, do not trust the numbers.',
  })
  parked: number;
}

export class AsOfAnswer {
  @ApiProperty({ type: 'integer' }) schemaVersion: 1;
  @ApiProperty({ type: AskedOfAnswer }) asOf: AskedOfAnswer;
}

/** What stands on every report: where its numbers are from, and when. */
export class ReportAnswer extends AsOfAnswer {
  @ApiProperty({ type: [Object], description: 'The queries by id.' }) sources: object[];
  @ApiProperty({ type: 'integer', description: 'Of `asOf`, in milliseconds since 1970.' }) at: number;
  @ApiProperty({ required: false, description: 'Made of rehearsed data: 見本.' }) specimen?: boolean;
}

export class SenderAnswer {
  @ApiProperty() organisation: string;
  @ApiProperty({ required: false }) office?: string;
  @ApiProperty({ required: false }) person?: string;
  @ApiProperty({ required: false }) phoneNumber?: string;
}

type Slugs = Parameters<typeof joinedSlugs>[0];
type FileKind = 'docx' | 'xlsx' | 'zip';

const TYPES: Readonly<Record<FileKind, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

const FILE_PROBLEMS: Slugs = {
  400: ['invalid-body', 'invalid-as-of'],
  401: ['not-signed-in'],
  403: ['forbidden'],
  503: ['not-yet', 'unavailable'],
};

/** A route that answers a file: documented with its kind and its refusals. */
export function FileRoute(kind: FileKind, summary: string, slugs: Slugs = {}): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({ content: { [TYPES[kind]]: { schema: { type: 'string', format: 'binary' } } } }),
    ApiProblems(joinedSlugs(FILE_PROBLEMS, slugs)),
  );
}

/** Where a document is from: `asOf` that makes it again. */
export const AS_OF_HEADER = 'uketsuke-as-of';

/** A document with its SHA-256 and the place of the log it was made from. @param name no personal data, ASCII @param asOf '' of a letter, which counts nothing */
export async function sendFile(reply: FastifyReply, content: Buffer, name: string, asOf: string): Promise<void> {
  const sha256 = createHash('sha256').update(content).digest('base64');
  await named(reply, name, asOf).header('repr-digest', `sha-256=:${sha256}:`).send(content);
}

/** One that is made while it leaves, so that it never stands whole in the memory. */
export async function sendStream(reply: FastifyReply, content: Readable, name: string, asOf: string): Promise<void> {
  await named(reply, name, asOf).send(content);
}

function named(reply: FastifyReply, name: string, asOf: string): FastifyReply {
  return reply.headers({
    'content-type': TYPES[name.split('.').at(-1) as FileKind],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    ...(asOf !== '' && { [AS_OF_HEADER]: asOf }),
  });
}
