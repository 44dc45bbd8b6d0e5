import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { RecordsController } from './http/records.controller.js';

@Module({ imports: [MinesModule], controllers: [RecordsController] })
export class RecordsModule {}
