import { Module } from '@nestjs/common';
import { Mines } from './app/mines.js';
import { MinesController } from './http/mines.controller.js';
import { MineGuard } from './http/in-mine.js';

@Module({ controllers: [MinesController], providers: [Mines, MineGuard], exports: [Mines, MineGuard] })
export class MinesModule {}
