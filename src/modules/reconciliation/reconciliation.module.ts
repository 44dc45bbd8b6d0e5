import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { ComparativesController } from './http/comparatives.controller.js';
import { ReconciliationsController } from './http/reconciliations.controller.js';

@Module({ imports: [MinesModule], controllers: [ReconciliationsController, ComparativesController] })
export class ReconciliationModule {}
