import { Module } from '@nestjs/common';
import { Mines } from './app/mines.js';
import { MinesController } from './http/mines.controller.js';

@Module({ controllers: [MinesController], providers: [Mines], exports: [Mines] })
export class MinesModule {}
