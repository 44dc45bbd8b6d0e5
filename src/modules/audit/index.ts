export { anchorChain, Anchors } from './app/anchors.js';
export { verifyExport } from './app/export-chain.js';
export { chainedMines, judgeChain, verifyChain, type Verdict } from './app/verify-chain.js';
export { AUDIT_SENTENCES } from './audit.errors.js';
export { AuditModule } from './audit.module.js';
