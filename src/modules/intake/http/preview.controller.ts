import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FileStore } from '../../../platform/files/file-store.js';
import { languageOf, type Language } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { PreviewImport, type Preview } from '../app/preview-import.js';
import { ImportUploadDto } from './import.dto.js';
import { presentFinding } from './present-import.js';
import { PreviewDto } from './preview.dto.js';
import { receiveUpload } from './receive-upload.js';

@ApiTags('imports')
@Needs('imports.write')
@Controller('api/v1/imports/preview')
export class PreviewController {
  constructor(
    private readonly previewImport: PreviewImport,
    private readonly store: FileStore,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: '预览：文件会被怎样识别、映射，还缺哪些映射；什么都不写入' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: ImportUploadDto })
  @ApiOkResponse({ type: PreviewDto })
  @ApiProblems({
    400: ['unknown_import_kind', 'invalid_field', 'file_missing', 'mine_missing', 'malformed_multipart'],
    404: ['unknown_mine'],
    413: ['file_too_large', 'too_many_parts'],
    415: ['not_multipart'],
    422: ['unknown_profile'],
  })
  async preview(
    @By() { reach }: CallerHere,
    @Req() request: FastifyRequest,
    @Headers('accept-language') languages?: string,
  ): Promise<PreviewDto> {
    const { stored, ...handIn } = await receiveUpload(request, this.store);
    const preview = await this.previewImport.preview(reach, handIn, stored);
    return present(preview, handIn.kind, languageOf(languages));
  }
}

function present({ read, rows, findings }: Preview, kind: string, language: Language): PreviewDto {
  const [file] = read.files;
  const mapping = read.mapped.mapping;
  return {
    ...{ format: file?.format ?? null, encoding: file?.encoding ?? null, delimiter: file?.delimiter ?? null },
    ...{ profile: read.profile?.name ?? null, profileVersion: read.profile?.version ?? null },
    parts: (file?.parts ?? []).map(({ sheet, document, headerRow, columns, ignored }) => ({
      ...{ sheet, document, headerRow, columns: Object.keys(columns), ignored: [...ignored] },
    })),
    skippedParts: (file?.skippedParts ?? []).map(({ name, rows: count }) => ({ name, rows: count })),
    rows: rows.map(({ document, row, values }) => ({ document, row, values })),
    unmapped: (mapping?.unmapped ?? []).map(({ what, code, name, lines, amount }) => ({
      ...{ what, code, name, lines, amount },
    })),
    leftOut: (mapping?.leftOut ?? []).map(({ reason, lines, amount }) => ({ reason, lines, amount })),
    sums: read.mapped.sums.map(({ reason, rows: count }) => ({ reason, rows: count })),
    findings: findings.map((finding) => presentFinding(finding, kind, language)),
  };
}
