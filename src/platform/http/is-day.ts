import { registerDecorator } from 'class-validator';
import { keyDate } from './paging.js';

/** A property that is a day of the calendar: 2023-02-30 is none. */
export const IsDay = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    ...{ name: 'isDay', target: target.constructor, propertyName: propertyName as string },
    validator: { validate: (value: unknown) => typeof value === 'string' && keyDate(value) },
  });
