export { headersOf } from './app/header-synonyms.js';
export { isCostAccount } from './app/cost-accounts.js';
export { mapDocuments } from './app/map-documents.js';
export { readVouchers } from './app/map-vouchers.js';
export type { Books, Mapping, MappingProblem, ScratchTable, Unmapped } from './app/mapping.js';
export type { AccountRule, IndicatorRule, Profile, ServiceRule } from './app/profile.js';
export { findProfile, loadProfiles, profileFor } from './app/profiles.js';
export { PROFILE_SENTENCES } from './mapping.errors.js';
export { MappingModule } from './mapping.module.js';
