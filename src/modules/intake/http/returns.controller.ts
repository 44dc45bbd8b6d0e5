import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { FileStore } from '../../../platform/files/file-store.js';
import { attachment } from '../../../platform/http/attachment.js';
import { LANGUAGE_TAGS, languageOf, type Language } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { keyNumber } from '../../../platform/http/paging.js';
import { writtenDownload } from '../../../platform/http/written-download.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import type { Reach } from '../../mines/index.js';
import { ImportApproval } from '../app/import-approval.js';
import { renderReceipt } from '../app/receipt-page.js';
import { loadReceipt } from '../app/receipt.js';
import { ReturnWorkbook } from '../app/return-workbook.js';
import { asOfOneMoment, filesOfImport, findImport } from '../db/import-answers.js';
import { FullReceiptDto } from './receipt.dto.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HTML = 'text/html; charset=utf-8';
const BYTES = { type: 'string', format: 'binary' } as const;

/** What the sender gets back: a receipt, the file with what is wrong marked in it, and the bytes as they came. */
@ApiTags('imports')
@ApiExtraModels(FullReceiptDto)
@Needs('imports.read')
@Controller('api/v1/imports')
export class ReturnsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: FileStore,
    private readonly returned: ReturnWorkbook,
    private readonly approval: ImportApproval,
  ) {}

  @Get(':id/receipt')
  @ApiOperation({ operationId: 'receipt', summary: '回执；Accept: text/html 时为可打印的网页' })
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(FullReceiptDto) } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @ApiProblems({ 404: ['unknown_import', 'unknown_mine'] })
  async receipt(
    @By() { reach }: CallerHere,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept') accept?: string,
    @Headers('accept-language') languages?: string,
  ): Promise<FullReceiptDto | string> {
    reply.header('vary', 'Accept, Accept-Language').header('cache-control', 'no-store');
    const language = languageOf(languages);
    if (prefersHtml(accept)) return this.page(reach, id, language, reply);
    return this.load(reach, id, language);
  }

  @Get(':id/receipt.html')
  @ApiOperation({ operationId: 'receiptPage', summary: '可打印的回执网页' })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @ApiProblems({ 404: ['unknown_import', 'unknown_mine'] })
  async receiptPage(
    @By() { reach }: CallerHere,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') languages?: string,
  ): Promise<string> {
    reply.header('vary', 'Accept-Language').header('cache-control', 'no-store');
    return this.page(reach, id, languageOf(languages), reply);
  }

  @Get(':id/workbook')
  @ApiOperation({
    operationId: 'workbook',
    summary: '被拒的文件，错的单元格已着色并加批注；CSV、文本和 XML 为带原文件行号的工作簿',
  })
  @ApiQuery({ name: 'file', required: false, description: '多个文件的导入中要哪一个；省略时为第一个有问题的' })
  @ApiOkResponse({ content: { [XLSX]: { schema: BYTES } } })
  @ApiProblems({
    404: ['unknown_import', 'unknown_import_file', 'file_not_kept', 'unknown_mine'],
    409: ['nothing_to_mark'],
    503: ['marking_busy'],
  })
  async workbook(
    @By() { reach }: CallerHere,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('file') file?: string,
  ): Promise<StreamableFile> {
    reply.header('cache-control', 'no-store');
    return writtenDownload(XLSX, (path) =>
      this.returned.write(reach, numbered(id), typeof file === 'string' ? file : null, path),
    );
  }

  @Get(':id/files/:name')
  @ApiOperation({ operationId: 'original', summary: '交来的原件，一个字节不改；ETag 为 SHA-256' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: BYTES } } })
  @ApiResponse({ status: 304, description: '与 If-None-Match 相同' })
  @ApiProblems({ 404: ['unknown_import', 'unknown_import_file', 'file_not_kept', 'unknown_mine'] })
  async original(
    @By() { reach }: CallerHere,
    @Param('id') id: string,
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ): Promise<StreamableFile | undefined> {
    const sha256 = await this.hashOf(reach, id, name);
    const path = this.store.pathOf(sha256);
    const size = await stat(path).then(
      (file) => file.size,
      () => null,
    );
    if (size === null) throw new AppError('not_found', 'file_not_kept', { id });
    const etag = `"${sha256}"`;
    reply.header('etag', etag).header('cache-control', 'private, no-cache').header('x-content-type-options', 'nosniff');
    if ((known ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      reply.status(304);
      return undefined;
    }
    const options = { type: 'application/octet-stream', disposition: attachment(name), length: size };
    return new StreamableFile(createReadStream(path), options);
  }

  private load(reach: Reach, id: string, language: Language) {
    return this.uow.run(reach, async (tx) => {
      await asOfOneMoment(tx);
      const submission = (await this.approval.of(tx, reach.mine, [numbered(id)])).get(id);
      return loadReceipt(tx, reach, id, { language, submission });
    });
  }

  private async page(reach: Reach, id: string, language: Language, reply: FastifyReply): Promise<string> {
    const page = renderReceipt(await this.load(reach, id, language), language);
    reply.type(HTML).header('content-language', LANGUAGE_TAGS[language]);
    return page;
  }

  /** A file of the import, or the archive that it came in. */
  private hashOf(reach: Reach, id: string, name: string): Promise<string> {
    return this.uow.run(reach, async (tx) => {
      const found = await findImport(tx, reach, numbered(id));
      if (found === null) throw new AppError('not_found', 'unknown_import', { id });
      const files = await filesOfImport(tx, reach.mine, id);
      const file = files.find((each) => each.name === name);
      if (file !== undefined) return file.sha256;
      if (found.file_name === name) return found.sha256;
      throw new AppError('not_found', 'unknown_import_file', { id, file: name });
    });
  }
}

/** @throws AppError unknown_import for what can be no number of an import */
function numbered(id: string): string {
  if (!keyNumber(id)) throw new AppError('not_found', 'unknown_import', { id });
  return id;
}

/** A browser names HTML first; a program names JSON, anything, or nothing. */
function prefersHtml(accept = ''): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]!.trim().toLowerCase());
  const html = types.indexOf('text/html');
  const json = types.findIndex((type) => type === 'application/json' || type === 'application/*');
  return html >= 0 && (json < 0 || html < json);
}
