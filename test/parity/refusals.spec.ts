import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { computeFolder } from '../../src/modules/offline/compute-folder.js';
import { CODES } from '../../src/modules/rules/messages.js';
import { CLOSING_SENTENCES } from '../../src/modules/rules/messages/closing-sentences.js';
import { FORMAT_SENTENCES } from '../../src/modules/rules/messages/format-sentences.js';
import { MAPPING_SENTENCES } from '../../src/modules/rules/messages/mapping-sentences.js';
import { RECONCILIATION_SENTENCES } from '../../src/modules/rules/messages/reconciliation-sentences.js';
import { SCOPE_SENTENCES } from '../../src/modules/rules/messages/scope-sentences.js';
import { WORKBOOK_SENTENCES } from '../../src/modules/rules/messages/workbook-sentences.js';
import { XML_SENTENCES } from '../../src/modules/rules/messages/xml-sentences.js';
import type { Problem } from '../../src/modules/rules/problem.js';
import { Door, sortedProblems } from '../support/door.js';
import { spoiledFolder, type SpoiledFolder } from './spoiled-folder.js';

/** FOLDERS=2000 widens the run, FIRST=2001 moves it on; a test's name is the seed of its folder. */
const FOLDERS = Number(process.env.FOLDERS ?? 20);
const FIRST = Number(process.env.FIRST ?? 1);
/** Codes of the door alone, which needs an earlier import for them, of files that cannot be opened, and of long rows. */
const OF_ANOTHER_PLACE = new Set([
  ...['duplicate_record', 'period_in_use', 'item_in_use', 'period_cut_by_validity', 'conflicts_with_posted_record'],
  ...['file_too_large', 'file_unreadable', 'folder_not_found', 'not_a_folder', 'folder_unreadable', 'empty_folder'],
  ...['more_problems', 'not_a_zip', 'empty_zip', 'zip_too_large'],
  ...['too_many_entries', 'encrypted_zip', 'doubled_entry', 'interrupted', 'internal_error', 'row_too_long'],
  'storage_full',
  ...['already_superseded', 'supersedes_other_source', 'supersedes_other_period'],
  // Who hands in, what waits and what is closed: test/imports, test/periods, test/records.
  ...[SCOPE_SENTENCES, CLOSING_SENTENCES].flatMap((sentences) => Object.keys(sentences)),
  // No folder of CSV files is a workbook, XML or a centre's books: test/xlsx, xml, formats, mapping, reconciliation.
  ...[WORKBOOK_SENTENCES, XML_SENTENCES, FORMAT_SENTENCES, MAPPING_SENTENCES, RECONCILIATION_SENTENCES].flatMap(
    (sentences) => Object.keys(sentences),
  ),
]);
const BY = ['department', 'period', 'category'] as const;

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

type Verdict = { readonly answer: unknown } | { readonly problems: readonly Problem[] };

function offline(files: SpoiledFolder): Verdict {
  const outcome = computeFolder(new Map(Object.entries(files)), BY);
  return 'answer' in outcome ? outcome : { problems: sortedProblems(outcome.problems) };
}

/** What the door says of a folder; one that it refuses must have written nothing but the log of imports. */
async function throughTheDoor(files: SpoiledFolder): Promise<Verdict> {
  const mine = await door.newMine();
  const before = await door.contents(mine);
  const fate = await door.takeFolder(mine, files);
  expect(fate.reason).toBeNull();
  if (fate.status === 'accepted') return { answer: await door.answer(mine, BY) };
  expect(await door.contents(mine)).toEqual(before);
  return { problems: fate.problems };
}

/** Folder by folder: what is wrong with it, written by hand as [file, row, column, code, params]. */
const NOT_OK = join(import.meta.dirname, '../fixtures/not-ok');

type Finding = readonly [file: string, row: number, column: string, code: string, params?: Problem['params']];

function fixture(name: string): { files: SpoiledFolder; problems: Problem[] } {
  const names = readdirSync(join(NOT_OK, name)).filter((file) => file !== 'expected.json');
  const files = Object.fromEntries(names.map((file) => [file, readFileSync(join(NOT_OK, name, file))]));
  const findings = JSON.parse(readFileSync(join(NOT_OK, name, 'expected.json'), 'utf8')) as Finding[];
  const problems = findings.map(([file, row, column, code, params = {}]) => ({ file, row, column, code, params }));
  return { files, problems: sortedProblems(problems) };
}

describe('a bad folder is refused with everything that is wrong with it', () => {
  const names = readdirSync(NOT_OK);

  it.each(names)('%s, by compute and by the door', async (name) => {
    const { files, problems } = fixture(name);
    expect(offline(files)).toEqual({ problems });
    expect(await throughTheDoor(files)).toEqual({ problems });
  });

  it('one code or another reaches every rule', () => {
    const reached = new Set(names.flatMap((name) => fixture(name).problems.map(({ code }) => code)));
    expect(CODES.filter((code) => !reached.has(code) && !OF_ANOTHER_PLACE.has(code))).toEqual([]);
  });
});

describe('compute and the door say the same of a folder', () => {
  const found = new Map<string, number>();
  afterAll(() => {
    const counts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${code} ${count}`);
    console.info(`seeds ${FIRST} to ${FIRST + FOLDERS - 1}; findings: ${counts.join(', ')}`);
  });

  it.each(Array.from({ length: FOLDERS }, (_, at) => FIRST + at))('spoilt folder %i', async (seed) => {
    const { files, defects } = spoiledFolder(seed);
    const expected = offline(files);
    for (const code of 'answer' in expected ? ['(none)'] : expected.problems.map((problem) => problem.code))
      found.set(code, (found.get(code) ?? 0) + 1);
    expect({ defects, ...(await throughTheDoor(files)) }).toEqual({ defects, ...expected });
  });
});

/** Only a file of several buffers has rows behind it when it turns out to be broken. */
it('a long file that breaks off is refused for that alone, by compute and by the door', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `2023-03,CM1,d${at},${at === 0 ? 'x' : at},`);
  const files = {
    'departments.csv': Buffer.from('code,name,parent\nCM1,采煤一区,\n'),
    'activities.csv': Buffer.from(`period,department,driver,actual,planned\n${rows.join('\n')}\n2023-03,"CM1,d,1,\n`),
  };
  const problems = [{ file: 'activities.csv', row: 20_002, column: '2', code: 'unclosed_quote', params: {} }];
  expect(offline(files)).toEqual({ problems });
  expect(await throughTheDoor(files)).toEqual({ problems });
});
