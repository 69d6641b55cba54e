import { Body, Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { Rows } from '#platform/hosting/rows.js';
import { CourseBody, CourseChanged, CoursesAnswer, type CourseAnswer } from './course.body.js';
import { ChangeCourse } from './course.commands.js';

@ApiTags('courses')
@Controller('courses')
export class CoursesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  @Get()
  @QuestionRoute(CoursesAnswer)
  async list(): Promise<CoursesAnswer> {
    const rows = await this.rows.all<{ texts: CourseAnswer }>('courses', 'select texts from course order by title');
    return { courses: rows.map(({ texts }) => texts) };
  }

  @Post()
  @CommandRoute(CourseChanged, { 409: ['course-exists'] }, 201)
  define(@CurrentCall() call: Call, @Body() body: CourseBody) {
    return this.commands.execute(new ChangeCourse(call, plain(body) as ChangeCourse['texts']));
  }

  @Put(':courseId')
  @CommandRoute(CourseChanged, { 404: ['not-found'], 409: ['course-exists'] })
  revise(@CurrentCall() call: Call, @IdParam('courseId') courseId: string, @Body() body: CourseBody) {
    return this.commands.execute(new ChangeCourse(call, plain(body) as ChangeCourse['texts'], courseId));
  }
}
