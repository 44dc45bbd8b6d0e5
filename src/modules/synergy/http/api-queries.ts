import { applyDecorators } from '@nestjs/common';
import { ApiQuery, type ApiQueryOptions } from '@nestjs/swagger';

/** Where ApiProperty keeps what it was told. */
const PROPERTIES = 'swagger/apiModelPropertiesArray';
const PROPERTY = 'swagger/apiModelProperties';

/** Describes a query DTO where the handler reads the request itself; `ApiQuery({ type })` would leave its enums out. */
export function ApiQueries(dto: abstract new () => object): MethodDecorator {
  const prototype = dto.prototype as object;
  const names = (Reflect.getMetadata(PROPERTIES, prototype) as string[]).map((entry) => entry.slice(1));
  const described = (name: string) => Reflect.getMetadata(PROPERTY, prototype, name) as ApiQueryOptions;
  return applyDecorators(...names.map((name) => ApiQuery({ ...described(name), name, required: false })));
}
