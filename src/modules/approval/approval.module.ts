import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { Approvals } from './app/approvals.js';

@Module({ imports: [MinesModule], providers: [Approvals], exports: [Approvals] })
export class ApprovalModule {}
