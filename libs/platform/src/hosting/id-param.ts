import { Param, type PipeTransform } from '@nestjs/common';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';

const id: PipeTransform<string, string> = {
  transform: (value) => {
    if (!isUuid(value)) throw new Refusal('not-found', 'not-found', 'There is nothing under this id.');
    return value;
  },
};

/** `@IdParam('termId') termId: string`: what is no id names nothing. */
export const IdParam = (name: string): ParameterDecorator => Param(name, id);
