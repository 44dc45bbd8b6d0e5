export { FIRST_MINE, Mines, type MineSummary } from './app/mines.js';
export { InMine, MineGuard } from './http/in-mine.js';
export { MinesModule } from './mines.module.js';
