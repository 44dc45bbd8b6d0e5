export { FIRST_MINE, Mines, type Founding, type MineNow, type MineSummary } from './app/mines.js';
export { EVERY_MINE, isReached, reachKey, someDepartments, wholeMine, type Reach } from './app/reach.js';
export { MINE_SENTENCES } from './mines.errors.js';
export { MinesModule } from './mines.module.js';
