import { Module } from '@nestjs/common';
import { Mines } from './app/mines.js';

@Module({ providers: [Mines], exports: [Mines] })
export class MinesModule {}
