import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { applyDecorators, Controller, Get, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.js';
import { attachment } from '../../../platform/http/attachment.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { keyNumber, keyText } from '../../../platform/http/paging.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { EvidenceDesk } from '../app/evidence-desk.js';
import type { EvidenceOf, ShownEvidence } from '../db/evidence-queries.js';
import { receiveEvidence } from './receive-evidence.js';

export class EvidenceDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: '按内容认出的类型' }) mediaType!: string;
  @ApiProperty({ type: 'integer' }) sizeBytes!: number;
  @ApiProperty() sha256!: string;
  @ApiProperty({ description: '谁补充的' }) actor!: string;
  @ApiProperty({ format: 'date-time' }) addedAt!: string;
}

export class EvidenceListDto {
  @ApiProperty({ type: [EvidenceDto] }) data!: EvidenceDto[];
}

export class EvidenceUploadDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'PDF、PNG、JPEG、XLSX、DOCX、OFD，至多 20 MiB' })
  file!: object;
}

const Adds = (unknown: string) =>
  applyDecorators(
    Needs('evidence.write'),
    ApiOperation({ summary: '补充凭据；由录入（提交）人或审核人，补充后不能去掉' }),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: EvidenceUploadDto }),
    ApiCreatedResponse({ type: EvidenceDto }),
    ApiProblems({
      400: ['file_missing', 'malformed_multipart', 'evidence_name'],
      403: ['evidence_not_yours'],
      404: [unknown],
      413: ['file_too_large', 'too_many_parts'],
      415: ['evidence_type', 'not_multipart'],
    }),
  );

/** Papers that prove records and imports. */
@ApiTags('evidence')
@Controller('api/v1')
export class EvidenceController {
  constructor(private readonly desk: EvidenceDesk) {}

  @Post('records/:id/evidence')
  @Adds('unknown_record')
  async addToRecord(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceDto> {
    return this.add(by, 'record', id, request);
  }

  @Post('imports/:id/evidence')
  @Adds('unknown_import')
  async addToImport(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceDto> {
    return this.add(by, 'import', id, request);
  }

  @Get('records/:id/evidence')
  @Needs('records.read')
  @ApiOkResponse({ type: EvidenceListDto })
  @ApiProblems({ 404: ['unknown_record'] })
  async listOfRecord(@By() by: CallerHere, @Param('id') id: string): Promise<EvidenceListDto> {
    return { data: (await this.desk.list(by, 'record', keyOf('record', id))).map(present) };
  }

  @Get('imports/:id/evidence')
  @Needs('imports.read')
  @ApiOkResponse({ type: EvidenceListDto })
  @ApiProblems({ 404: ['unknown_import'] })
  async listOfImport(@By() by: CallerHere, @Param('id') id: string): Promise<EvidenceListDto> {
    return { data: (await this.desk.list(by, 'import', keyOf('import', id))).map(present) };
  }

  @Get('evidence/:id')
  @Needs('records.read')
  @ApiOperation({ summary: '凭据原件，作为附件下载' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems({ 404: ['unknown_evidence', 'evidence_not_kept'] })
  async download(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!keyNumber(id)) throw new AppError('not_found', 'unknown_evidence', { id });
    const { sha256, name } = await this.desk.find(by, id);
    const path = this.desk.store.pathOf(sha256);
    const length = await stat(path).then(
      ({ size }) => size,
      () => null,
    );
    if (length === null) throw new AppError('not_found', 'evidence_not_kept', { id });
    reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
    const options = { type: 'application/octet-stream', disposition: attachment(name), length };
    return new StreamableFile(createReadStream(path), options);
  }

  private async add(by: CallerHere, subject: EvidenceOf, id: string, request: FastifyRequest): Promise<EvidenceDto> {
    const file = await receiveEvidence(request, this.desk.store);
    return present(await this.desk.add(by, subject, keyOf(subject, id), file));
  }
}

/** @throws AppError for what can be no key of the subject */
function keyOf(subject: EvidenceOf, id: string): string {
  if (subject === 'import' && !keyNumber(id)) throw new AppError('not_found', 'unknown_import', { id });
  if (!keyText(id)) throw new AppError('not_found', 'unknown_record', { id });
  return id;
}

const present = ({ id, name, mediaType, sizeBytes, sha256, actor, addedAt }: ShownEvidence): EvidenceDto => ({
  ...{ id, name, mediaType, sizeBytes, sha256, actor, addedAt: addedAt.toISOString() },
});
