import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '../../../../analytics/report/model.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { PERIODS_PATTERN, periodText } from '../app/asked-periods.js';
import { FORMATS, type StoredDocument } from '../db/report-file-queries.js';
import type { ListedReport, StoredReport } from '../db/report-queries.js';
import { SIGNING_ROLES, type Signature, type SigningRole } from '../db/signature-queries.js';

const STATES = ['draft', 'final'];
const HASH = /^[0-9a-f]{64}$/;

export class NewReportBody {
  @ApiProperty({ description: '期间或起止期间 / a period, or the first and last', example: '2023-12' })
  @Matches(PERIODS_PATTERN)
  period!: string;

  @ApiPropertyOptional({
    enum: LANGUAGES,
    default: 'zh',
    description: '先写成哪种语言的文件 / documents to write at once',
  })
  @IsIn(LANGUAGES)
  language: Language = 'zh';
}

export class ReportQuery extends PageQuery {
  @ApiPropertyOptional({ description: '只列这些期间的 / only of these periods', example: '2023-01..2023-12' })
  @IsOptional()
  @Matches(PERIODS_PATTERN)
  period?: string;
}

export class DocumentQuery {
  @ApiPropertyOptional({ enum: LANGUAGES, default: 'zh' })
  @IsIn(LANGUAGES)
  language: Language = 'zh';
}

export class MadeReportDto {
  @ApiProperty() id!: string;
  @ApiProperty({ example: '2023-12' }) period!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty({ type: 'integer', description: '0 为草稿 / 0 is a draft' }) version!: number;
  @ApiProperty({ description: '报告模型的 SHA-256，各文件上所印 / of the model, as printed' }) sha256!: string;
}

export class ReportDto extends MadeReportDto {
  @ApiProperty() madeBy!: string;
  @ApiProperty({ format: 'date-time' }) madeAt!: string;
  @ApiProperty({ type: 'integer', description: '已签几栏 / places signed' }) signatures!: number;
}

export class ReportListDto {
  @ApiProperty({ type: [ReportDto] }) data!: ReportDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class ReportFileDto {
  @ApiProperty({ enum: FORMATS }) format!: string;
  @ApiProperty({ enum: LANGUAGES }) language!: string;
  @ApiProperty() sha256!: string;
  @ApiProperty({ type: 'integer' }) sizeBytes!: number;
}

export class SignatureDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4 }) step!: number;
  @ApiProperty({ enum: SIGNING_ROLES, description: '编制、审核、财务负责人、党委' }) role!: string;
  @ApiProperty() signedBy!: string;
  @ApiProperty({ type: String, nullable: true, description: '账户上的姓名 / name of the account' })
  displayName!: string | null;
  @ApiProperty({ format: 'date-time' }) signedAt!: string;
}

export class SignatureSheetDto extends MadeReportDto {
  @ApiProperty({ type: [ReportFileDto], description: '已写成的文件和各自的哈希' }) files!: ReportFileDto[];
  @ApiProperty({ type: [SignatureDto] }) signed!: SignatureDto[];
  @ApiProperty({ enum: SIGNING_ROLES, nullable: true, description: '轮到哪一栏；null 为草稿或已签完' })
  due!: string | null;
}

export class SignBody {
  @ApiProperty({ enum: SIGNING_ROLES, description: '编制、审核、财务负责人、党委，依次签署' })
  @IsIn(SIGNING_ROLES)
  role!: SigningRole;

  @ApiProperty({ description: '所读报告上印的 SHA-256 / the hash printed on what was read', pattern: HASH.source })
  @Matches(HASH)
  sha256!: string;
}

export const presentMade = ({ id, periods, state, version, modelSha256 }: StoredReport): MadeReportDto => ({
  ...{ id, period: periodText(periods), state, version, sha256: modelSha256 },
});

export const presentReport = (report: ListedReport): ReportDto => ({
  ...presentMade(report),
  ...{ madeBy: report.madeBy, madeAt: report.madeAt.toISOString(), signatures: report.signatures },
});

export const presentFile = ({ format, language, sha256, sizeBytes }: StoredDocument): ReportFileDto => ({
  ...{ format, language, sha256, sizeBytes },
});

export const presentSignature = ({ step, role, signedBy, displayName, signedAt }: Signature): SignatureDto => ({
  ...{ step, role, signedBy, displayName, signedAt: signedAt.toISOString() },
});
