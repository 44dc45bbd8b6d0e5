import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { LANGUAGE_TAGS, languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { requireReport } from '../app/find-report.js';
import { ReportDocuments } from '../app/report-documents.js';
import { signReport } from '../app/sign-report.js';
import { dueRole, signatureSheet, type SheetContent } from '../app/signature-sheet.js';
import { filesOfReport } from '../db/report-file-queries.js';
import { signaturesOf } from '../db/signature-queries.js';
import { numberedReport } from './numbered-report.js';
import { SignBody, SignatureSheetDto, presentFile, presentMade, presentSignature } from './report.dto.js';

/** Who signed a report; the sheet is a document of its own. */
@ApiTags('report-signatures')
@Needs('reports.read')
@Controller('api/v1/reports/:id')
export class SignaturesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: ReportDocuments,
  ) {}

  @Get('signatures')
  @ApiOperation({ summary: '报告的哈希、各文件的哈希和签署情况 / its hashes and who signed' })
  @ApiOkResponse({ type: SignatureSheetDto })
  @ApiProblems({ 404: ['unknown_report'] })
  async list(@By() by: CallerHere, @Param('id') id: string): Promise<SignatureSheetDto> {
    return presentSheet(await this.uow.run(by.reach, (tx) => loadSheet(tx, by, numberedReport(id))));
  }

  @Get('signatures.html')
  @ApiOperation({ operationId: 'sheet', summary: '可打印的签署页 / the sheet as a page to print' })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @ApiProblems({ 404: ['unknown_report'], 503: ['report_file_damaged'] })
  async sheet(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') languages?: string,
  ): Promise<string> {
    const language = languageOf(languages);
    const content = await this.uow.run(by.reach, (tx) => loadSheet(tx, by, numberedReport(id)));
    const { title } = await this.documents.model(content.report);
    reply
      .type('text/html; charset=utf-8')
      .headers({ vary: 'Accept-Language', 'cache-control': 'no-store', 'content-language': LANGUAGE_TAGS[language] });
    return signatureSheet(content, title, language);
  }

  @Post('sign')
  @Needs('reports.sign')
  @HttpCode(200)
  @ApiOperation({ summary: '签署正式报告：编制 → 审核 → 财务负责人 → 党委，一人一栏 / signs a final report' })
  @ApiOkResponse({ type: SignatureSheetDto })
  @ApiProblems({
    403: ['not_your_signature'],
    404: ['unknown_report'],
    409: [
      ...['report_is_draft', 'report_hash_differs', 'report_superseded', 'report_reopened'],
      ...['report_step_signed', 'report_step_early', 'signed_before'],
    ],
  })
  async sign(@By() by: CallerHere, @Param('id') id: string, @Body() body: SignBody): Promise<SignatureSheetDto> {
    return this.uow.run(by.reach, async (tx) => {
      await signReport(tx, by, numberedReport(id), body);
      return presentSheet(await loadSheet(tx, by, id));
    });
  }
}

async function loadSheet(tx: Tx, by: CallerHere, id: string): Promise<SheetContent> {
  const report = await requireReport(tx, by, id);
  return { report, files: await filesOfReport(tx, by.mine, id), signatures: await signaturesOf(tx, by.mine, id) };
}

const presentSheet = (content: SheetContent): SignatureSheetDto => ({
  ...presentMade(content.report),
  files: content.files.map(presentFile),
  signed: content.signatures.map(presentSignature),
  due: dueRole(content),
});
