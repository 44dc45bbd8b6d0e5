import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { ProfilesController } from './http/profiles.controller.js';

@Module({ imports: [MinesModule], controllers: [ProfilesController] })
export class MappingModule {}
