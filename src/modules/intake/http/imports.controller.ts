import { Controller, Get, Headers, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, encodeCursor, keyNumber, pageOf, PageQuery } from '../../../platform/http/paging.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import type { Submission } from '../../approval/index.js';
import type { Reach } from '../../mines/index.js';
import { INTAKE_SENTENCES } from '../intake.errors.js';
import { ImportApproval } from '../app/import-approval.js';
import { stateOf } from '../app/import-state.js';
import { RegisterImport } from '../app/register-import.js';
import {
  asOfOneMoment,
  filesOfImport,
  findImport,
  listFindings,
  listImports,
  type ImportRow,
} from '../db/import-answers.js';
import { FindingListDto, ImportDto, ImportListDto, ImportUploadDto, NewImportDto } from './import.dto.js';
import { presentFinding, presentImport, presentSummary } from './present-import.js';
import { receiveUpload } from './receive-upload.js';

@ApiTags('imports')
@Needs('imports.read')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: RegisterImport,
    private readonly approval: ImportApproval,
    sentences: Sentences,
  ) {
    sentences.register(INTAKE_SENTENCES);
  }

  @Post()
  @Needs('imports.write')
  @HttpCode(202)
  @ApiOperation({ summary: '交入一个文件；异步处理，用返回的编号查询进度和结果' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: ImportUploadDto })
  @ApiAcceptedResponse({ type: NewImportDto })
  @ApiProblems({
    400: ['unknown_import_kind', 'invalid_field', 'file_missing', 'mine_missing', 'malformed_multipart'],
    409: ['same_content_elsewhere'],
    413: ['file_too_large', 'too_many_parts'],
    415: ['not_multipart'],
    422: [
      'not_a_zip',
      'empty_zip',
      'unknown_file',
      'too_many_entries',
      'zip_too_large',
      'encrypted_zip',
      'doubled_entry',
      'not_to_be_superseded',
      'imported_by_other_profile',
      'unknown_profile',
    ],
  })
  async create(@By() { reach }: CallerHere, @Req() request: FastifyRequest): Promise<NewImportDto> {
    const { stored, ...handIn } = await receiveUpload(request, this.register.store);
    const { importId, isNew } = await this.register.stored(reach, handIn, stored);
    const { row, submission } = await this.find(reach, importId);
    return { id: row.id, status: stateOf(row, submission).status, isNew };
  }

  @Get()
  @ApiOkResponse({ type: ImportListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor', 'mine_missing'], 404: ['unknown_mine'] })
  async list(@By() { mine, reach }: CallerHere, @Query() page: PageQuery): Promise<ImportListDto> {
    const before = decodeCursor(page.cursor, [keyNumber])?.[0] ?? null;
    return this.uow.run(reach, async (tx) => {
      await asOfOneMoment(tx);
      const rows = await listImports(tx, reach, before, page.limit + 1);
      const { data, next } = pageOf(rows, page.limit, ({ id }) => [id]);
      const submissions = await this.approval.of(
        tx,
        mine,
        data.map(({ id }) => id),
      );
      return { data: data.map((row) => presentSummary(row, submissions.get(row.id))), next };
    });
  }

  @Get(':id')
  @ApiOkResponse({ type: ImportDto })
  @ApiProblems({ 404: ['unknown_import', 'unknown_mine'] })
  async get(@By() { mine, reach }: CallerHere, @Param('id') id: string): Promise<ImportDto> {
    const { row, submission } = await this.find(reach, id);
    return presentImport(row, submission, await this.uow.run(reach, (tx) => filesOfImport(tx, mine, row.id)));
  }

  @Get(':id/issues')
  @ApiOperation({ summary: '被拒的每一行、每一列：哪里不对，怎么办' })
  @ApiOkResponse({ type: FindingListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'], 404: ['unknown_import', 'unknown_mine'] })
  async issues(
    @By() { mine, reach }: CallerHere,
    @Param('id') id: string,
    @Query() page: PageQuery,
    @Headers('accept-language') languages?: string,
  ): Promise<FindingListDto> {
    const { row: of } = await this.find(reach, id);
    const after = decodeCursor(page.cursor, [keyNumber])?.[0] ?? '0';
    const rows = await this.uow.run(reach, (tx) => listFindings(tx, mine, id, after, page.limit + 1));
    const data = rows.slice(0, page.limit);
    const next = rows.length > page.limit ? encodeCursor([String(data.at(-1)!.seq)]) : null;
    return { data: data.map((finding) => presentFinding(finding, of.kind, languageOf(languages))), next };
  }

  private async find(reach: Reach, id: string): Promise<{ row: ImportRow; submission: Submission | undefined }> {
    if (!keyNumber(id)) throw new AppError('not_found', 'unknown_import', { id });
    return this.uow.run(reach, async (tx) => {
      await asOfOneMoment(tx);
      const row = await findImport(tx, reach, id);
      if (!row) throw new AppError('not_found', 'unknown_import', { id });
      return { row, submission: (await this.approval.of(tx, reach.mine, [id])).get(id) };
    });
  }
}
