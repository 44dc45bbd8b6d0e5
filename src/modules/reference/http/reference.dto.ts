import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { rowAnswerDto, rowBodyDto } from '../../rules/row-dto.js';
import type { ReferenceKind } from '../db/reference-tables.js';

/** Kinds that are read and posted row by row over HTTP; targets come in files only. */
export const HTTP_KINDS = [
  ...['departments', 'periods', 'items', 'projects', 'baselines', 'activities', 'rates', 'adjustments'],
] as readonly ReferenceKind[];

const SINGULAR: Readonly<Record<string, string>> = {
  departments: 'Department',
  periods: 'Period',
  items: 'Item',
  projects: 'Project',
  baselines: 'Baseline',
  activities: 'Activity',
  rates: 'Rate',
  adjustments: 'Adjustment',
};

export const nameOfKind = (kind: ReferenceKind) => SINGULAR[kind]!;

export interface ReferenceDtos {
  readonly body: Type<object>;
  readonly answer: Type<object>;
  readonly list: Type<object>;
}

function dtosOf(kind: ReferenceKind): ReferenceDtos {
  const name = nameOfKind(kind);
  const answer = rowAnswerDto(kind, `${name}Dto`, {
    version: { type: 'integer', description: '版本：内容每变一次加一' },
  });
  const list = class {};
  Object.defineProperty(list, 'name', { value: `${name}ListDto` });
  ApiProperty({ type: [answer] })(list.prototype, 'data');
  ApiProperty({ type: String, nullable: true })(list.prototype, 'next');
  return { body: rowBodyDto(kind, `New${name}Dto`), answer, list };
}

export const REFERENCE_DTOS = new Map(HTTP_KINDS.map((kind) => [kind, dtosOf(kind)]));
