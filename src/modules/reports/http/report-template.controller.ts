import { Controller, Get, HttpCode, Post, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.js';
import type { FileStore } from '../../../platform/files/file-store.js';
import { storePart } from '../../../platform/files/store-part.js';
import { attachment } from '../../../platform/http/attachment.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { MAX_TEMPLATE_BYTES, ReportTemplates, type UploadedTemplate } from '../app/report-template.js';
import type { TemplateInForce } from '../db/template-queries.js';
import { SERVED } from '../render/renderers.js';

const DOCX = SERVED.docx.mediaType;

export class TemplateDto {
  @ApiProperty({ type: String, nullable: true, description: 'null 为内置模板 / null: the built-in one' })
  sha256!: string | null;

  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) sizeBytes!: number | null;
  @ApiProperty({ type: String, nullable: true }) setBy!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) setAt!: string | null;
}

export class TemplateUploadDto {
  @ApiProperty({ type: 'string', format: 'binary', description: '由现行模板改版式而来的 .docx，至多 8 MiB' })
  file!: object;
}

/** The look of the Word document: its logo, 发文字号, 抄送, fonts and margins. */
@ApiTags('report-template')
@Needs('reports.read')
@Controller('api/v1/report-template')
export class ReportTemplateController {
  constructor(private readonly templates: ReportTemplates) {}

  @Get()
  @ApiOperation({ summary: '现行的 Word 模板 / the template in force' })
  @ApiOkResponse({ type: TemplateDto })
  async get(@By() { reach }: CallerHere): Promise<TemplateDto> {
    return present(await this.templates.inForce(reach));
  }

  @Get('file')
  @ApiOperation({ operationId: 'file', summary: '下载现行模板，用 Word 改版式 / to be restyled in Word' })
  @ApiOkResponse({ content: { [DOCX]: { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems({ 503: ['report_file_damaged'] })
  async file(@By() { reach }: CallerHere, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const template = await this.templates.inForce(reach);
    const content = await this.templates.content(template);
    reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    const disposition = attachment(template?.name ?? 'report-template.docx');
    return new StreamableFile(content, { type: DOCX, disposition, length: content.length });
  }

  @Post()
  @Needs('reports.make')
  @ApiOperation({
    operationId: 'upload',
    summary: '换上改好版式的模板；已存的报告不变 / stored reports stay as they are',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: TemplateUploadDto })
  @ApiCreatedResponse({ type: TemplateDto })
  @ApiProblems({
    400: ['file_missing', 'malformed_multipart', 'template_name'],
    413: ['file_too_large', 'too_many_parts'],
    415: ['not_multipart'],
    422: ['template_refused'],
  })
  async upload(@By() { reach }: CallerHere, @Req() request: FastifyRequest): Promise<TemplateDto> {
    const uploaded = await receive(request, this.templates.bytes.store);
    return present(await this.templates.set(reach, uploaded));
  }

  @Post('reset')
  @Needs('reports.make')
  @HttpCode(204)
  @ApiOperation({ operationId: 'reset', summary: '恢复内置模板 / back to the built-in one' })
  @ApiNoContentResponse()
  async reset(@By() { reach }: CallerHere): Promise<void> {
    await this.templates.reset(reach);
  }
}

/** @throws AppError `not_multipart`, `file_missing`, `file_too_large` */
async function receive(request: FastifyRequest, store: FileStore): Promise<UploadedTemplate> {
  if (!request.isMultipart()) throw new AppError('unsupported', 'not_multipart');
  let received: UploadedTemplate | null = null;
  for await (const part of request.parts({ limits: { fileSize: MAX_TEMPLATE_BYTES } })) {
    if (part.type === 'file') received = { name: part.filename, stored: await storePart(part, store) };
  }
  if (received === null) throw new AppError('malformed', 'file_missing');
  return received;
}

const present = (template: TemplateInForce | null): TemplateDto => ({
  sha256: template?.sha256 ?? null,
  name: template?.name ?? null,
  sizeBytes: template?.sizeBytes ?? null,
  setBy: template?.setBy ?? null,
  setAt: template?.setAt.toISOString() ?? null,
});
