import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { exact, plain } from '../../../../analytics/kernel/exact.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, keyText, pageOf } from '../../../platform/http/paging.js';
import { wholeMine } from '../../mines/index.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { rowPlace } from '../../rules/row-number.js';
import { listComparatives, standingTables, type ComparativeRow } from '../db/comparative-queries.js';
import { ComparativeListDto, ComparativeQuery, type ComparativeDto, type PairDto } from './comparative.dto.js';

/** Fits into integer. */
const keyRow = (text: string) => /^\d{1,9}$/.test(text);

@ApiTags('comparatives')
@Needs('figures.read')
@Controller('api/v1/comparatives')
export class ComparativesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get()
  @ApiOperation({ summary: '经营月报的各项指标 / what management tables said, indicator by indicator' })
  @ApiOkResponse({ type: ComparativeListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor', 'mine_missing'], 404: ['unknown_mine'] })
  async list(@By() { reach }: CallerHere, @Query() query: ComparativeQuery): Promise<ComparativeListDto> {
    const { limit, cursor, period = null } = query;
    const after = decodeCursor(cursor, [keyText, keyText, keyNumber, keyRow]);
    const standing = await this.uow.run(wholeMine(reach.mine), (tx) => standingTables(tx, reach.mine));
    const rows = await this.uow.run(reach, (tx) => listComparatives(tx, reach, standing, period, after, limit + 1));
    const page = pageOf(rows, limit, ({ period: of, code, importId, rowNo }) => [of, code, importId, String(rowNo)]);
    return { data: page.data.map(presentComparative), next: page.next };
  }
}

function presentComparative(row: ComparativeRow): ComparativeDto {
  const { sheet, row: line } = rowPlace(row.rowNo);
  return {
    ...{ period: row.period, code: row.code, name: row.name, department: row.department, unit: row.unit },
    budget: pair(row.budget_price, row.budget_total),
    actual: pair(row.actual_price, row.actual_total),
    lastYear: pair(row.last_year_price, row.last_year_total),
    lastMonth: pair(row.last_month_price, row.last_month_total),
    toDate: pair(row.to_date_price, row.to_date_total),
    lastYearToDate: pair(row.last_year_to_date_price, row.last_year_to_date_total),
    ...{ importId: row.importId, sheet: sheet + 1, row: line },
  };
}

const pair = (price: string | null, total: string | null): PairDto => ({ price: inFull(price), total: inFull(total) });
const inFull = (text: string | null) => (text === null ? null : plain(exact(text)));
