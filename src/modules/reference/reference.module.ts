import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { REFERENCE_LISTS } from './http/reference-lists.js';

@Module({ imports: [MinesModule], controllers: [...REFERENCE_LISTS] })
export class ReferenceModule {}
