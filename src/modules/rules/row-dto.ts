import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { COLUMNS, type Column, type Kind } from './columns.js';

export type RowBody = Readonly<Record<string, string | undefined>>;

/**
 * The body of one row over HTTP, made from the columns of its kind: every value is a text, as in a file, so that one set
 * of rules reads both. What the text must be is the door's to say; here it only has to be a text, of a known column.
 */
export function rowBodyDto(kind: Kind, name: string): Type<RowBody> {
  const dto = class {};
  Object.defineProperty(dto, 'name', { value: name });
  for (const column of COLUMNS[kind]) {
    IsString()(dto.prototype, column.name);
    if (!column.isRequired) IsOptional()(dto.prototype, column.name);
    const property = column.isRequired ? ApiProperty : ApiPropertyOptional;
    property(shapeOf(column))(dto.prototype, column.name);
  }
  return dto as Type<RowBody>;
}

/** How the columns of a kind are shown in answers: every column is there, null where nothing is. */
export function rowAnswerDto(
  kind: Kind,
  name: string,
  extra: Readonly<Record<string, ApiPropertyOptions>>,
): Type<object> {
  const dto = class {};
  Object.defineProperty(dto, 'name', { value: name });
  for (const column of COLUMNS[kind]) {
    ApiProperty({ ...shapeOf(column), nullable: !column.isRequired })(dto.prototype, column.name);
  }
  for (const [property, options] of Object.entries(extra)) ApiProperty(options)(dto.prototype, property);
  return dto;
}

function shapeOf({ chinese, type }: Column): ApiPropertyOptions {
  const description = type.is === 'choice' ? `${chinese}: ${[...type.values, ...type.chinese].join(', ')}` : chinese;
  switch (type.is) {
    case 'date':
    case 'ledgerDate':
      return { type: String, description, example: '2023-03-05' };
    case 'period':
    case 'ledgerPeriod':
      return { type: String, description, example: '2023-03' };
    case 'number':
      return { type: String, description, example: type.decimals === 2 ? '11400.00' : '95.5' };
    case 'taxRate':
      return { type: String, description, example: '0.13' };
    case 'code':
    case 'text':
    case 'choice':
    case 'reference':
      return { type: String, description };
  }
}

/** The row as the door takes it: blank is absent, other names are not looked at. */
export function rowValues(kind: Kind, body: RowBody): Record<string, string | null> {
  return Object.fromEntries(
    COLUMNS[kind].map(({ name }) => {
      const text = body[name]?.replace(/^[ \t]+|[ \t]+$/g, '');
      return [name, text === undefined || text === '' ? null : text];
    }),
  );
}
