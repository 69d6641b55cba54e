import { ApiProperty } from '@nestjs/swagger';
import { LineField, TextField } from '#platform/service/fields.js';
import { Trimmed } from '#platform/service/trimmed.js';

/** A course (講座内容) as the desk reads it out. (R011, R016) */
export class CourseBody {
  @Trimmed() @LineField({ max: 200 }) title: string;
  @LineField({ max: 200, optional: true, description: 'On the card instead of the title. (§8.5)' })
  neutralTitle?: string;
  @TextField({ max: 4_000, optional: true }) description?: string;
  @TextField({ max: 4_000, optional: true, description: '持ち物' }) bringAlong?: string;
  @TextField({ max: 4_000, optional: true, description: '対象' }) audience?: string;
}

export class CourseChanged {
  @ApiProperty({ format: 'uuid' }) courseId: string;
}

export class CourseAnswer extends CourseBody {
  @ApiProperty({ format: 'uuid' }) courseId: string;
}

export class CoursesAnswer {
  @ApiProperty({ type: [CourseAnswer] }) courses: CourseAnswer[];
}
