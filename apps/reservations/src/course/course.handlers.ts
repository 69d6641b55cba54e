import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SideTable } from '#platform/log/side-table.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { courseIdOf } from '../desk/ids.js';
import { PresentNames } from '../desk/names.js';
import { courseStream } from '../desk/streams.js';
import { ChangeCourse } from './course.commands.js';
import { course, courseExists } from './course.decider.js';

const courseTable: SideTable = {
  name: 'course',
  key: { course_id: 'uuid' },
  columns: { title: 'text', texts: 'jsonb' },
};

@CommandHandler(ChangeCourse)
export class ChangeCourseHandler implements ICommandHandler<ChangeCourse> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(PresentNames) private readonly names: PresentNames,
  ) {}

  async execute({ call, texts, courseId: known }: ChangeCourse) {
    const names = await this.names.of('course');
    const courseId = known ?? names.idFor(texts.title, courseIdOf);
    const other = names.otherBearer(courseId, texts.title);
    const command = { do: known === undefined ? 'define' : 'revise', course: { courseId, ...texts } } as const;
    const stream = courseStream(courseId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events, after } = decided(course, command, states.of(stream));
        if (other !== undefined) throw courseExists(other);
        const row = { title: after!.title, texts: JSON.stringify(after) };
        return {
          events: [[stream, events]],
          sides: [{ table: courseTable, key: { course_id: courseId }, row }],
          answer: { courseId },
        };
      },
    });
  }
}
