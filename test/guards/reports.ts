import { bothWalls, type Guard } from './guard.js';

const MIGRATION = 'migrations/1700000000011-reports.ts';
const SIGN = { file: 'src/modules/reports/app/sign-report.ts', to: '', specs: ['test/reports/sign'] };
const TEMPLATE = {
  file: 'src/modules/reports/render/docx/check-template.ts',
  to: '',
  specs: ['test/reports/docx-template', 'test/reports/hostile-template'],
};

/** Who sees, makes and signs the committee's report, and what comes into it. */
export const REPORTS: readonly Guard[] = [
  {
    name: 'reports are the whole mine’s',
    file: 'src/modules/access/app/rights.ts',
    from: `...(['reports.read', 'reports.make', 'reports.sign'] as const),`,
    to: '',
    ...bothWalls('GET /reports'),
  },
  {
    name: 'drafts are the office’s where the mine says so',
    file: 'src/modules/reports/app/find-report.ts',
    from: `|| (report.state === 'draft' && !(await seesDrafts(tx, by)))`,
    to: '',
    specs: ['test/reports/make-report.spec'],
  },
  {
    name: 'a figure is shown to who sees all that it is of',
    file: 'src/modules/reports/app/figure-reach.ts',
    from: 'return department !== undefined && departments.includes(department);',
    to: 'return true;',
    specs: ['test/reports/lines'],
  },
  ...[
    {
      name: 'as what one may',
      from: `if (!maySign(by, role)) throw new AppError('forbidden', 'not_your_signature', { role });`,
    },
    {
      name: 'under the hash that was read',
      from: `if (sha256 !== modelSha256) throw new AppError('conflict', 'report_hash_differs', { id, sha256: modelSha256 });`,
    },
    {
      name: 'while its months are closed',
      from: `if (!last.isStanding) throw new AppError('conflict', 'report_reopened', { id });`,
    },
    {
      name: 'once each',
      from: `if (signatures.some(({ signedBy }) => signedBy === actor)) throw new AppError('conflict', 'signed_before');`,
    },
  ].map(({ name, from }) => ({ name: `a report is signed ${name}`, from, ...SIGN })),
  ...[
    {
      name: 'each step stands on the one before',
      from: 'FOREIGN KEY (mine_id, report_id, after_step) REFERENCES report_signatures (mine_id, report_id, step),',
    },
    { name: 'one signature a person', from: 'UNIQUE (mine_id, report_id, signed_by),' },
  ].map(({ name, from }) => ({ ...{ name: `the database: ${name}`, from }, ...SIGN, file: MIGRATION })),
  {
    name: 'what all have signed is said no otherwise',
    file: 'src/modules/reports/app/office-texts.ts',
    from: 'if (last !== null && last.isSigned && last.isStanding) {',
    to: 'if (last !== null && last.isSigned && last.version < 0) {',
    specs: ['test/reports/office'],
  },
  {
    name: 'the database: stored reports stand',
    file: MIGRATION,
    from: '`CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION audit_stands()`,',
    to: '',
    specs: ['test/reports/make-report.spec'],
  },
  {
    name: 'row-level security of reports',
    file: MIGRATION,
    from: '`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,',
    to: '',
    specs: ['test/db/row-level-security'],
  },
  ...[
    {
      name: 'holds no programs',
      from: `if (/vba|macro|activex/i.test(part)) throw new TemplateRefusal('macros', part);`,
    },
    { name: 'fetches nothing', from: `if (TargetMode !== 'Internal') this.refuse('external_link', Target);` },
    { name: 'reads no file by a field', from: `if (local === 'fldSimple') checkField(attributes['w:instr'] ?? '');` },
  ].map(({ name, from }) => ({ name: `a Word template ${name}`, from, ...TEMPLATE })),
];
