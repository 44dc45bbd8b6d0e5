export { AccessModule } from './access.module.js';
export { reachOf, type Caller, type CallerHere, type HeldRole } from './app/caller.js';
export { newApiKey } from './app/api-key.js';
export { RIGHTS, ROLES, holds, type Right, type Role } from './app/rights.js';
export { By, Needs, type CallerRequest } from './http/needs.js';
