export { AccessModule } from './access.module.js';
export { ACCESS_SENTENCES } from './access.errors.js';
export { Administrators, type IssuedPassword } from './app/administrators.js';
export { Callers } from './app/callers.js';
export { reachOf, type Caller, type CallerHere, type HeldRole } from './app/caller.js';
export { newApiKey } from './app/api-key.js';
export { RIGHTS, ROLES, holds, type Right, type Role } from './app/rights.js';
export { By, Needs, type CallerRequest } from './http/needs.js';
