import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, PatternField } from '#platform/service/fields.js';
import type { LineProblem } from './queue-line.js';

export const FORMATS = ['queueLog', 'calls', 'traffic'] as const;

export class CallImportQuery {
  @ChoiceField({
    of: FORMATS,
    description: '`queueLog`: Asterisk; `calls`: a .csv of calls; `traffic`: of the carrier.',
  })
  format: (typeof FORMATS)[number];
  @PatternField({
    ...{ pattern: '^[\\w.-]{1,60}(,[\\w.-]{1,60}){0,9}$', max: 300, optional: true },
    description: "The desk's queues, by commas; needed for `queueLog`. Lines of others are counted and left alone.",
  })
  queue?: string;
}

const PROBLEMS: Readonly<Record<LineProblem, string>> = {
  cutOff: '行が途中で切れています',
  noTime: '先頭が時刻ではありません',
  noCall: '通話の番号がありません',
  unknownEvent: '知らない種類の行です',
  noNumber: '秒数があるべきところに数がありません',
};

export class LineProblemAnswer {
  @ApiProperty({ type: 'integer', description: 'From 1.' }) line: number;
  @ApiProperty({ description: 'In Japanese; what stands in the line is not repeated.' }) reason: string;
}

export class CallImportAnswer {
  @ApiProperty({ type: 'integer' }) lines: number;
  @ApiProperty({ type: 'integer', description: 'Lines of calls of the queues named.' }) callLines: number;
  @ApiProperty({ type: 'integer', description: 'Lines that tell nothing of a call.' }) otherLines: number;
  @ApiProperty({ type: 'integer', description: 'Lines of other queues.' }) otherQueueLines: number;
  @ApiProperty({ type: 'integer' }) unreadableLines: number;
  @ApiProperty({ type: [LineProblemAnswer], description: 'The first 200.' }) unreadable: LineProblemAnswer[];
  @ApiProperty({ type: 'integer' }) calls: number;
  @ApiProperty({ type: 'integer', description: 'New to the desk.' }) added: number;
  @ApiProperty({ type: 'integer', description: 'Known, and now known better; of a `traffic` file: days told anew.' })
  changed: number;
  @ApiProperty({ type: 'integer' }) answered: number;
  @ApiProperty({ type: 'integer' }) abandoned: number;
  @ApiProperty({ type: 'integer', description: 'Of the abandoned: in less than 5 seconds.' }) shortAbandoned: number;
  @ApiProperty({ type: 'integer', description: 'Of all: when the telephones were closed.' }) outOfHours: number;
  @ApiProperty({ type: 'integer', description: 'Still waiting where the file ends.' }) withoutEnd: number;
  @ApiProperty({ type: 'integer', description: 'Their first line is in another file; not counted before it is read.' })
  withoutBeginning: number;
  @ApiProperty({ type: 'integer', description: 'Taken out of the counts by a person before.' }) struck: number;
  @ApiProperty({ type: 'integer', description: 'On a screen as well, and counted as one.' }) joined: number;
  @ApiProperty({ type: 'integer', description: 'Seconds left out: a clock had jumped.' }) clockJumped: number;
  @ApiProperty({ type: [String], description: 'Calls on screens that may be one of several in the file.' })
  ambiguous: string[];
  @ApiProperty({ type: 'integer', required: false, description: 'Of a `traffic` file: days that it tells of.' })
  days?: number;
}

export const SHOWN = 200;

export function shownProblems(unreadable: readonly { readonly line: number; readonly problem: LineProblem }[]) {
  return unreadable.slice(0, SHOWN).map(({ line, problem }) => ({ line, reason: PROBLEMS[problem] }));
}
