import { ApiProperty } from '@nestjs/swagger';

const STATES = ['open', 'closed', 'calledOff', 'stale'] as const;
export type BoardState = (typeof STATES)[number];

/** One date of a session, in the civil time of Asia/Tokyo. */
export class BoardDate {
  @ApiProperty({ format: 'date', example: '2026-08-03' })
  date: string;

  @ApiProperty({ example: '10:00' })
  startsAt: string;

  @ApiProperty({ example: '12:00' })
  endsAt: string;
}

/** A session as the board shows it (design §7). */
export class BoardSession {
  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ description: "The city's number of the session." })
  sessionCode: string;

  @ApiProperty({ type: String, nullable: true, description: 'The consultation day that this slot belongs to.' })
  eventCode: string | null;

  @ApiProperty({ format: 'uuid' })
  termId: string;

  @ApiProperty({ format: 'uuid' })
  courseId: string;

  @ApiProperty({ description: 'Empty until the course is known.' })
  courseTitle: string;

  @ApiProperty({ format: 'uuid' })
  venueId: string;

  @ApiProperty({ description: 'Empty until the venue is known.' })
  venueName: string;

  @ApiProperty({ description: 'As people say it, 北区. Empty until the venue is known.' })
  ward: string;

  @ApiProperty({ type: [BoardDate] })
  dates: BoardDate[];

  @ApiProperty({ type: 'integer' })
  capacity: number;

  @ApiProperty({ type: 'integer' })
  reserved: number;

  @ApiProperty({ type: 'integer' })
  held: number;

  @ApiProperty({ type: 'integer', description: 'Never negative; 0 while the session is stale.' })
  seatsLeft: number;

  @ApiProperty({
    enum: STATES,
    description:
      '`closed` also while its term is not open and while more is taken than its capacity; `stale` while something heard of it could not be applied.',
  })
  state: BoardState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when no seat is left.' })
  fullSince: string | null;
}

/** Up to where everything has been applied. */
export class BoardAsOf {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null before the first event.' })
  instant: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As `Uketsuke-Position`; null before the first event.' })
  position: string | null;
}

export class BoardList {
  @ApiProperty({ type: BoardAsOf })
  asOf: BoardAsOf;

  @ApiProperty({ type: [BoardSession] })
  sessions: BoardSession[];

  @ApiProperty({ format: 'uuid', required: false, description: 'Send it as `after` to get the rest.' })
  next?: string;
}
