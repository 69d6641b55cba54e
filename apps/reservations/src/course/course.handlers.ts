import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SideTable } from '#platform/log/side-table.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { courseStream } from '../desk/streams.js';
import { ChangeCourse } from './course.commands.js';
import { course } from './course.decider.js';

const courseTable: SideTable = {
  name: 'course',
  key: { course_id: 'uuid' },
  columns: { title: 'text', texts: 'jsonb' },
};

@CommandHandler(ChangeCourse)
export class ChangeCourseHandler implements ICommandHandler<ChangeCourse> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, command }: ChangeCourse) {
    const { courseId } = command.course;
    const stream = courseStream(courseId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events, after } = decided(course, command, states.of(stream));
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
