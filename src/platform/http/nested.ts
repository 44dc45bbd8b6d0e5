import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsObject, ValidateNested } from 'class-validator';

type Shape = () => new () => object;

/** A property that is an object of a class. A list is none, though class-validator passes an empty one in its place. */
export const ObjectOf = (shape: Shape): PropertyDecorator => applyDecorators(IsObject(), ValidateNested(), Type(shape));

/** A property that is a list of objects of a class, and not of lists. */
export const ListOf = (shape: Shape): PropertyDecorator =>
  applyDecorators(IsArray(), IsObject({ each: true }), ValidateNested({ each: true }), Type(shape));
