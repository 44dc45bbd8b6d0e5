export { DATA_VERSION, FIRST_MINE, Mines, type MineNow, type MineSummary } from './app/mines.js';
export { InMine, MineGuard } from './http/in-mine.js';
export { MINE_SENTENCES } from './mines.errors.js';
export { MinesModule } from './mines.module.js';
