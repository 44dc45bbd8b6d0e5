import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { sha256Of, type BackupFolder, type ManifestText } from './rehearsal.js';

/** What the backup that is spoiled has stored, beside the worked example of calculation.md. */
export const ORIGINAL = Buffer.from('原件');
const STORED = `files/${sha256Of(ORIGINAL).slice(0, 2)}/${sha256Of(ORIGINAL)}`;

const table = (name: string) => `tables/${name}.copy.gz`;

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
}

/** A line of a COPY text, with one column replaced. */
function withColumn(row: string, at: number, value: string): string {
  return row
    .split('\t')
    .map((old, i) => (i === at ? value : old))
    .join('\t');
}

export interface Spoiled {
  readonly what: string;
  readonly spoil: (backup: BackupFolder) => Promise<void>;
  /** The codes on the standard error, each with the file of the backup that it is about ('' is the folder itself). */
  readonly refusals: readonly (readonly [file: string, code: string])[];
  /** What the sentence must name. */
  readonly names?: string;
}

const editing =
  (edit: (manifest: ManifestText) => void): Spoiled['spoil'] =>
  (backup) =>
    backup.editManifest(edit);

/** Found by reading alone: neither the database nor the data folder is touched. */
export const NOT_WHOLE: readonly Spoiled[] = [
  {
    what: 'one bit of a table changed',
    spoil: (backup) => flip(backup.path(table('cells'))),
    refusals: [
      ['', 'backup_damaged'],
      [table('cells'), 'backup_file_changed'],
    ],
  },
  {
    what: 'a table cut short and a stored file missing: both are named',
    spoil: async (backup) => {
      const path = backup.path(table('records'));
      await writeFile(path, (await readFile(path)).subarray(0, -1));
      await rm(backup.path(STORED));
    },
    refusals: [
      ['', 'backup_damaged'],
      [table('records'), 'backup_file_changed'],
      [STORED, 'backup_file_missing'],
    ],
  },
  {
    what: 'a stored file changed',
    spoil: (backup) => writeFile(backup.path(STORED), 'other!'),
    refusals: [
      ['', 'backup_damaged'],
      [STORED, 'backup_file_changed'],
    ],
  },
  {
    what: 'the list of stored files emptied',
    spoil: (backup) => writeFile(backup.path('files.list'), ''),
    refusals: [
      ['', 'backup_damaged'],
      ['files.list', 'backup_file_changed'],
    ],
  },
  {
    what: 'a link in place of a table, to the same bytes',
    spoil: async (backup) => {
      await rename(backup.path(table('cells')), backup.path('elsewhere'));
      await symlink(backup.path('elsewhere'), backup.path(table('cells')));
    },
    refusals: [
      ['', 'backup_damaged'],
      [table('cells'), 'backup_file_missing'],
    ],
  },
  {
    what: 'a stored file named by a path that leads out of the backup',
    spoil: async (backup) => {
      const list = Buffer.from('../../../../etc/passwd 1\n');
      await writeFile(backup.path('files.list'), list);
      await backup.editManifest(({ files }) => Object.assign(files, { bytes: list.length, sha256: sha256Of(list) }));
    },
    refusals: [
      ['', 'backup_damaged'],
      ['files.list', 'backup_file_changed'],
    ],
  },
  {
    what: 'a table named by a path that leads out of the backup',
    spoil: editing(({ tables }) => (tables[0]!.name = '../../../etc/passwd')),
    refusals: [['', 'backup_manifest_invalid']],
    names: 'tables[0].name',
  },
  {
    what: 'a statement for a column',
    spoil: editing(({ tables }) => (tables[1]!.columns[0] = "mine_id\") FROM PROGRAM 'id' --")),
    refusals: [['', 'backup_manifest_invalid']],
    names: 'tables[1].columns[0]',
  },
  {
    what: 'a statement for the value of a sequence',
    spoil: editing(({ sequences }) => (sequences[0]!.lastValue = '1); DROP TABLE mines; --')),
    refusals: [['', 'backup_manifest_invalid']],
    names: 'sequences[0].lastValue',
  },
  {
    what: 'a table named twice',
    spoil: editing(({ tables }) => tables.push(tables[0]!)),
    refusals: [['', 'backup_manifest_invalid']],
    names: '.name',
  },
  {
    what: 'a count of rows below zero',
    spoil: editing(({ tables }) => (tables[0]!.rows = -1)),
    refusals: [['', 'backup_manifest_invalid']],
    names: 'tables[0].rows',
  },
  {
    what: 'a manifest cut short',
    spoil: async (backup) => {
      const text = await readFile(backup.path('manifest.json'), 'utf8');
      await writeFile(backup.path('manifest.json'), text.slice(0, -3));
    },
    refusals: [['', 'backup_manifest_invalid']],
  },
  {
    what: 'no manifest, as when the backup was killed',
    spoil: (backup) => rename(backup.path('manifest.json'), backup.path('manifest.json.partial')),
    refusals: [['', 'backup_without_manifest']],
  },
  {
    what: 'the format of a later program',
    spoil: editing((manifest) => (manifest.version = 2)),
    refusals: [['', 'backup_of_newer_format']],
  },
  {
    what: 'the schema of a later program',
    spoil: editing(({ migrations }) => migrations.push('Later1800000000001')),
    refusals: [['', 'backup_of_newer_version']],
    names: 'Later1800000000001',
  },
];

/** Whole by its hashes, which whoever changed it made right again; found while loading, and undone. */
export const FALSE_WITHIN: readonly Spoiled[] = [
  {
    what: 'a record is missing',
    spoil: (backup) => backup.editRows('records', (rows) => rows.slice(1), false),
    refusals: [['', 'backup_rows_missing']],
    names: 'records',
  },
  {
    what: 'a record is missing, and its count made right too',
    spoil: (backup) => backup.editRows('records', (rows) => rows.slice(1), true),
    refusals: [
      ['', 'restore_not_conserved'],
      ['', 'not_conserved'],
    ],
    names: '2023-03 CM1 resource 0104 explicit',
  },
  {
    what: 'a fen moved from one record to another of the same month: the sum is right, its places are not',
    spoil: async (backup) => {
      const [id, amount] = [await backup.columnOf('records', 'id'), await backup.columnOf('records', 'amount')];
      const moved = { R1: '11400.01', R8: '63999.99' } as Record<string, string>;
      const edit = (row: string) => withColumn(row, amount, moved[row.split('\t')[id]!] ?? row.split('\t')[amount]!);
      await backup.editRows('records', (rows) => rows.map(edit), true);
    },
    refusals: [
      ['', 'restore_not_conserved'],
      ['', 'not_conserved'],
    ],
  },
  {
    what: 'cells say other fen than their records',
    spoil: async (backup) => {
      const [nature, at] = [
        await backup.columnOf('cells', 'nature'),
        await backup.columnOf('cells', 'm_explicit_actual'),
      ];
      const edit = (row: string) => {
        const columns = row.split('\t');
        return columns[nature] === 'explicit' ? withColumn(row, at, `${columns[at]!.split('.')[0]}.77`) : row;
      };
      await backup.editRows('cells', (rows) => rows.map(edit), true);
    },
    refusals: [
      ['', 'restore_not_conserved'],
      ['', 'not_conserved'],
    ],
  },
  {
    what: 'an amount that is no number',
    spoil: async (backup) => {
      const at = await backup.columnOf('records', 'amount');
      await backup.editRows('records', ([first, ...rows]) => [withColumn(first!, at, 'NaN'), ...rows], true);
    },
    refusals: [['', 'backup_row_refused']],
    names: 'records',
  },
  {
    what: 'a department that the cells refer to is missing',
    spoil: async (backup) => {
      const at = await backup.columnOf('departments', 'code');
      await backup.editRows('departments', (rows) => rows.filter((row) => row.split('\t')[at] !== 'JD'), true);
    },
    refusals: [['', 'backup_row_refused']],
  },
  {
    what: 'a table of its version is not listed',
    spoil: editing((manifest) => (manifest.tables = manifest.tables.filter(({ name }) => name !== 'waivers'))),
    refusals: [['', 'backup_schema_differs']],
    names: 'waivers',
  },
  {
    what: 'a column that its version does not have',
    spoil: editing(({ tables }) => tables.find(({ name }) => name === 'mines')!.columns.push('of_nobody')),
    refusals: [['', 'backup_schema_differs']],
    names: 'mines',
  },
];
