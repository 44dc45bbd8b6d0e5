import { Module } from '@nestjs/common';
import { Sentences } from '../../platform/http/sentences.js';
import { MinesModule } from '../mines/index.js';
import { APPROVAL_SENTENCES } from './approval.errors.js';
import { Approvals } from './app/approvals.js';
import { EvidenceDesk } from './app/evidence-desk.js';
import { PathRules } from './app/path-rules.js';
import { ApprovalMeasuresController } from './http/approval-measures.controller.js';
import { ApprovalPathController } from './http/approval-path.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { SubmissionsController } from './http/submissions.controller.js';
import { WorkListController } from './http/worklist.controller.js';

@Module({
  imports: [MinesModule],
  controllers: [
    ...[WorkListController, SubmissionsController, ApprovalPathController, ApprovalMeasuresController],
    EvidenceController,
  ],
  providers: [Approvals, PathRules, EvidenceDesk],
  exports: [Approvals],
})
export class ApprovalModule {
  constructor(sentences: Sentences) {
    sentences.register(APPROVAL_SENTENCES);
  }
}
