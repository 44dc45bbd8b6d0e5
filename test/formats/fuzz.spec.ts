/** Small valid files with bytes changed, cut out or cut off: read or refused, never anything else. */
import iconv from 'iconv-lite';
import { FileRefusal } from '../../src/modules/formats/index.js';
import { CODES } from '../../src/modules/rules/messages.js';
import { Chance } from '../../bench/sample/chance.js';
import { bookOf, formula, number, serial } from './book.js';
import { opened } from './opened.js';

const SEED = process.env.SEED ?? '2023-03';
const RUNS = Number(process.env.FUZZ_RUNS ?? 100);

const ENTRY = '<记账凭证><记账凭证编号>记1</记账凭证编号><科目编号>5001</科目编号></记账凭证>';
const FILES: Readonly<Record<string, Buffer>> = {
  journal: Buffer.from('sep=;\n凭证日期;凭证号;科目编码;借方;贷方\n2023-03-05;记-1;5001;"8";0\n\n'),
  u8: iconv.encode('填制凭证,V800\n2016-03-31,记,12,0,摘要,5001,1.00,0.00\n', 'gb18030'),
  wide: iconv.encode('编码\t名称\t上级\nCM1\t采煤一区\t\n', 'utf-16le', { addBOM: true }),
  gbt24589: iconv.encode(`<?xml version="1.0" encoding="GB18030"?>\n<总账>${ENTRY.repeat(3)}</总账>`, 'gb18030'),
  workbook: bookOf({
    name: '序时账',
    rows: [
      ['期间：2023年03月'],
      ['凭证日期', '凭证号', '科目编码', '借方', '贷方'],
      [serial('44990'), '记1', '5001', number('8'), null],
      ['合计', null, null, formula('8'), null],
    ],
    merges: ['A1:E1'],
  }),
};

function changed(chance: Chance, bytes: Buffer): Buffer {
  const at = chance.between(0, bytes.length - 1);
  switch (chance.between(1, 4)) {
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + chance.between(1, 9)))]);
    default: {
      const copy = Buffer.from(bytes);
      for (let times = chance.between(1, 4); times > 0; times--) {
        copy[chance.between(0, bytes.length - 1)] = chance.between(0, 255);
      }
      return copy;
    }
  }
}

test.each(Object.keys(FILES))(`%s (seed ${SEED}, ${RUNS} runs)`, async (name) => {
  const chance = new Chance(`${SEED} ${name}`);
  await expect(opened(FILES[name]!)).resolves.toMatchObject({ file: { result: { problems: [] } } });
  for (let run = 0; run < RUNS; run++) {
    const content = changed(chance, FILES[name]!);
    try {
      const { file } = await opened(content);
      for (const { code } of file.result.problems) expect(CODES).toContain(code);
    } catch (error) {
      // What it was changed into, to try again.
      if (!(error instanceof FileRefusal)) throw new Error(`run ${run}: ${content.toString('hex')}`, { cause: error });
      for (const { code } of error.problems) expect(CODES).toContain(code);
    }
  }
});
