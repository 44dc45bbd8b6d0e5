import { Controller, Get, Headers, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, pageOf } from '../../../platform/http/paging.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { writtenDownload } from '../../../platform/http/written-download.js';
import { ReadsAll } from '../../../platform/origin/origin.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { Anchors } from '../app/anchors.js';
import type { Entry } from '../app/canonical-form.js';
import { exportChain } from '../app/export-chain.js';
import { verifyChain } from '../app/verify-chain.js';
import { listEntries } from '../db/entry-queries.js';
import { AuditListDto, AuditQuery, AuditVerdictDto, type AuditEntryDto } from './audit.dto.js';

const LINES = 'application/x-ndjson';

@ApiTags('audit')
@Needs('audit.read')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly anchors: Anchors,
    private readonly sentences: Sentences,
  ) {}

  @Get()
  @ApiOperation({ summary: '谁在何时从何处把什么由什么改成什么，新的在前 / who changed what' })
  @ApiOkResponse({ type: AuditListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() { reach }: CallerHere, @Query() { limit, cursor, ...filter }: AuditQuery): Promise<AuditListDto> {
    const before = decodeCursor(cursor, [keyNumber])?.[0] ?? null;
    const rows = await this.uow.run(reach, (tx) => listEntries(tx, reach.mine, filter, before, limit + 1));
    const { data, next } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { data: data.map(present), next };
  }

  @Get('verify')
  @ReadsAll()
  @ApiOperation({ summary: '逐条核对审计链，并核对结账封存的数 / checks the chain and the sealed figures' })
  @ApiOkResponse({ type: AuditVerdictDto })
  @ApiProblems({ 503: ['too_many_transfers'] })
  async verify(
    @By() { mine, actor }: CallerHere,
    @Headers('accept-language') languages?: string,
  ): Promise<AuditVerdictDto> {
    const language = languageOf(languages);
    const say = (code: string, params: Readonly<Record<string, string>>) =>
      this.sentences.say(code, params, 200, language);
    const verdict = await verifyChain(this.uow, mine, actor, await this.anchors.outside(mine));
    const { isIntact, entries, hash, broken } = verdict;
    return {
      ...{ mine, isIntact, entries, hash, broken },
      breaks: verdict.breaks.map(({ code, seq, params }) => ({ code, seq, message: say(code, params) })),
      brokenSeals: verdict.brokenSeals.map(({ period, version }) => ({
        ...{ period, version },
        message: say('closed_figures_changed', { period, version: String(version) }),
      })),
    };
  }

  @Get('export')
  @ReadsAll()
  @ApiOperation({ summary: '整条链，每行一条 JSON；可离线用 six-synergies verify FILE 核对 / the whole chain' })
  @ApiProblems({ 503: ['too_many_transfers'] })
  @ApiOkResponse({ content: { [LINES]: { schema: { type: 'string' } } } })
  async export(@By() { mine, actor }: CallerHere): Promise<StreamableFile> {
    return writtenDownload(LINES, async (path) => {
      await exportChain(this.uow, mine, actor, path);
      return `audit-${mine}.jsonl`;
    });
  }
}

const present = ({ form, seq, at, actor, address, request, action, subject, key, ...rest }: Entry): AuditEntryDto => {
  const { before, after, previous, hash } = rest;
  return { form, seq, at, actor, address, request, action, subject, key, before, after, previous, hash };
};
