/** 八、下步措施: the general office's own words, and who does what until when about the open matters of section 七. */
import { groupedBy } from '../../kernel/grouped-by.js';
import { BLANK, counted, said, sentence, words } from '../blocks.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { OfficeText, OpenCause } from '../input.js';
import type { Block, Said, Section } from '../model.js';
import { named, say } from '../say.js';
import { tableOf, type Line } from '../tables.js';
import { dayWords } from '../words/days.js';
import { paragraph, type Names } from '../words/names.js';
import { PLACES, departmentsOf } from './problems.js';

const TO_BE_SET = said('待定', 'to be set');
const TITLE = said('下步措施', 'Next steps');
/** A follow-up can outlive its matter: the office wrote it and it is not lost. */
const SETTLED = said('已了结的事项', 'a matter settled since');

export function nextSteps(facts: Facts, figures: Figures, names: Names): Section {
  const texts = groupedBy(facts.input.officeTexts, ({ cause }) => cause);
  const lines = followUps(facts.input.causes, texts, names);
  if (texts.size === 0 && lines.length === 0) {
    const absent = said(
      '综合办公室没有填写，结账清单上也没有未了结的事项。',
      'The general office has written nothing, and no matter of the closing checklist is open.',
    );
    return { id: 'next-steps', title: TITLE, absent, blocks: [] };
  }
  const own = (texts.get('') ?? []).flatMap(officeParagraphs);
  const blocks: Block[] = own.length > 0 ? own : [sentence(NOT_WRITTEN)];
  if (lines.length > 0) blocks.push(followUpTable(figures, lines));
  return { id: 'next-steps', title: TITLE, absent: null, blocks };
}

const NOT_WRITTEN = said('综合办公室没有填写下步措施。', 'The general office has written no next steps.');

/** The office's paragraphs as it wrote them, in its language; owner and day are said apart from its words. */
function officeParagraphs({ text, owner, due }: OfficeText): Block[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const own = lines.map((line): Block => paragraph({ zh: say`${line}`, en: say`${line}` }, 'office'));
  if (owner === null && due === null) return own;
  const [who, until] = [ownerOf(owner), dueOf(due)];
  return [
    ...own,
    sentence(
      said(`上述措施责任人：${who.zh}；完成时限：${until.zh}。`, `Owner of the above: ${who.en}; due: ${until.en}.`),
    ),
  ];
}

const ownerOf = (owner: string | null): Said => (owner === null ? TO_BE_SET : named(owner));
const dueOf = (due: string | null): Said => (due === null ? TO_BE_SET : dayWords(due));

/** Every open matter, and any other that the office wrote a measure for. A row for each measure. */
function followUps(
  causes: readonly OpenCause[],
  texts: ReadonlyMap<string, readonly OfficeText[]>,
  names: Names,
): Line[] {
  const known = new Set(causes.map(({ code }) => code));
  const settled = [...texts].filter(([cause]) => cause !== '' && !known.has(cause));
  return [
    ...causes
      .filter(({ code, waived }) => waived === null || texts.has(code))
      .flatMap((cause) => {
        const head = [cause.title, counted(cause.count, cause.title), departmentsOf(cause, names)];
        return rowsOf(head, texts.get(cause.code) ?? []);
      }),
    ...settled.flatMap(([, own]) => rowsOf([SETTLED, BLANK, BLANK], own)),
  ];
}

/** The matter stands in its first row alone, so that no count is read twice. */
function rowsOf(head: Line, texts: readonly OfficeText[]): Line[] {
  if (texts.length === 0) return [[...head, TO_BE_SET, TO_BE_SET, TO_BE_SET]];
  return texts.map(({ text, owner, due }, at) => [
    ...(at === 0 ? head : [head[0]!, BLANK, BLANK]),
    ...[{ office: named(text) }, owner === null ? TO_BE_SET : { office: named(owner) }],
    due === null ? TO_BE_SET : { office: dayWords(due) },
  ]);
}

function followUpTable(figures: Figures, body: readonly Line[]): Block {
  return tableOf(figures, {
    ...{ id: 'follow-ups', title: said('未了事项的措施', 'Measures for open matters'), unit: null },
    columns: [
      ...[words('事项', 'Matter'), PLACES, words('涉及部门', 'Departments')],
      words('措施（综合办公室填写）', 'Measure (the office’s words)'),
      words('责任人（综合办公室填写）', 'Owner (the office’s words)'),
      words('完成时限（综合办公室填写）', 'Due (set by the office)'),
    ],
    body,
  });
}
