export { FIRST_MINE, Mines, type MineNow, type MineSummary } from './app/mines.js';
export { EVERY_MINE, isReached, reachKey, someDepartments, wholeMine, type Reach } from './app/reach.js';
export { InMine, MineGuard } from './http/in-mine.js';
export { MINE_SENTENCES } from './mines.errors.js';
export { MinesModule } from './mines.module.js';
