/**
 * All five documents of a closed month and of a range of months, read back by readers of their own: each says every figure of
 * the model at its place, and the model says what `GET /synergy` answers. One in Chinese, one in English; SAMPLE_REPORTS=1:
 * the sample’s December and its whole year, in both (`npm run test:reports`).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Figure, type Language, type ReportModel, type Unit } from '../../analytics/report/model.js';
import { drawCharts } from '../../src/modules/reports/render/draw-charts.js';
import { lines } from '../support/naive/worked-example.js';
import { sha256 } from './make-report-mine.js';
import { ONE_MONTH } from './one-month.js';
import { IS_SAMPLE, expectSaid, placesOf, type ReadBack } from './read-back.js';
import { readBackDocx } from './read-docx.js';
import { readHtml } from './read-html.js';
import { readBackPdf } from './read-pdf-figures.js';
import { readBackXlsx } from './read-xlsx.js';
import { reckonedAgain } from './reckoned-again.js';
import { SealedMine, openSample, type Documents } from './sealed-mine.js';

/** The worked month has no market synergy: 50 × 22 − 1,000 = 100 saved in March, 40 × 22 − 840 = 40 in February. */
const SIX = {
  ...ONE_MONTH,
  'records.csv':
    ONE_MONTH['records.csv']! +
    lines(
      'M1,2023-03-20,GY,market,12,explicit,50,吨,20.00,1000.00,,联营煤矿,no,记-0400,外购煤,,,',
      'M2,2023-02-20,GY,market,12,explicit,40,吨,21.00,840.00,,联营煤矿,no,记-0300,外购煤,,,',
    ),
  'baselines.csv':
    ONE_MONTH['baselines.csv']! + lines('B-12,GY,market,12,explicit,,2023-01-01,2023-12-31,market,22.00,,,,,,,吨,,'),
};
const OFFICE = { cause: '', text: '各部门<按月>核对&整改。', owner: '机电区', due: '2023-04-30' };
const ZERO_IDLE = { group: 'implicit', code: 'IDLE', name: '零闲机', items: ['IDLE_MACHINE'], measure: '闲机小时' };

const PERIODS = IS_SAMPLE ? ['2023-12', '2023-01..2023-12'] : ['2023-03', '2023-01..2023-03'];

async function openWorked(): Promise<SealedMine> {
  const mine = await SealedMine.open('chaili', [SIX], ['2023-01', '2023-02', '2023-03']);
  await mine.put('/control-items', { items: [ZERO_IDLE] });
  const basis = { zh: '原煤产量', en: 'raw coal output' };
  await mine.put('/report-settings', { outputDriver: { driver: 'raw_coal_kt', tonnesPerUnit: '1000', basis } });
  for (const period of PERIODS) await mine.put('/report-texts', { period, texts: [OFFICE] });
  return mine;
}

let mine: SealedMine;
beforeAll(async () => {
  mine = IS_SAMPLE ? await openSample() : await openWorked();
}, 600_000);
afterAll(() => mine.stop());

describe.each(PERIODS)('the report of %s', (period) => {
  const languages = IS_SAMPLE ? LANGUAGES : [LANGUAGES[PERIODS.indexOf(period)]!];
  const documents = new Map<Language, Documents>();
  beforeAll(async () => {
    for (const language of languages) documents.set(language, await mine.report(period, language));
  }, 300_000);

  it.each(languages)('says every figure in all five documents, at its place: %s', async (language) => {
    const { model, made, bytes } = documents.get(language)!;
    const all = model.figures.length;
    expect([sha256(bytes.json), wronglyPrinted(model, language), countOf(model, language)]).toEqual([
      ...[made.sha256, [], all],
    ]);
    const page = readHtml(bytes.html);
    const charts = [...(await drawCharts(model, language)).values()];
    const svgs = charts.map(({ svg }) => svg);
    expect(svgs.filter((svg) => !bytes.html.toString('utf8').includes(svg))).toEqual([]);
    const counted = (read: ReadBack) => expectSaid(model, language, read, page.drawings);
    const [word, workbook, pages] = [
      await readBackDocx(bytes.docx),
      await readBackXlsx(bytes.xlsx),
      await readBackPdf(bytes.pdf),
    ];
    // Their charts are pictures: of the drawings whose texts the page has.
    const pngs = charts.map(({ png }) => Buffer.from(png));
    expect([word.pictures, workbook.pictures].map((own) => own.map(sha256))).toEqual([
      ...[pngs.map(sha256), pngs.map(sha256)],
    ]);
    expect(pngs.filter((png) => !bytes.pdf.includes(pixelsOf(png)))).toEqual([]);
    expect([counted(page), counted(word), counted(workbook), counted(pages)]).toEqual([all, all, all, all]);
    const texts = new Map(model.figures.map((figure) => [figure.id, figure.exact ?? '']));
    expect([...workbook.exact].filter(([id, exact]) => texts.get(id) !== exact)).toEqual([]);
    if (IS_SAMPLE) console.log(`${period} ${language}: ${all} figures in each of five documents`);
  });

  it('says what the service answers, sums to the fen and all that follows from them', async () => {
    const { model } = documents.get(languages[0]!)!;
    const tally = await reckonedAgain(model, (place) => mine.answer(place));
    expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(model.figures.length);
    if (IS_SAMPLE) console.log(`${period}: ${JSON.stringify(tally)}`);
    // Of what no question answers there is little.
    expect(tally.effect + tally.stated).toBeLessThan(model.figures.length / 4);
    expect([tally.sum, tally.plan, tally.derived].filter((count) => count === 0)).toEqual([]);
    const categories = model.figures.flatMap(({ source }) => (source.kind === 'sum' ? [source.place.category] : []));
    expect(new Set(categories).size).toBe(7);
  }, 300_000);
});

const countOf = (model: ReportModel, language: Language): number => {
  const { inText, inCells, inCharts } = placesOf(model, language);
  const all = [...new Set(inText), ...inCells, ...[...inCharts.values()].flat()];
  expect(new Set(all).size).toBe(all.length);
  return all.length;
};

/** Of 10 to this power what is printed is a whole number of hundredths, or of ones. */
const SHIFTS: Readonly<Partial<Record<Unit, number>>> = { wan: -4, percent: 2, points: 2, index: 2 };

/** RND-1, anew: half away from zero; a sentence may say the sign in a word. */
function wronglyPrinted(model: ReportModel, language: Language): Figure[] {
  const inText = new Set(placesOf(model, language).inText);
  return model.figures.filter(({ id, unit, exact, shown }) => {
    if (exact === null) return shown !== '—';
    const printed = roundedText(exact, SHIFTS[unit] ?? 0, unit === 'number' ? 0 : 2);
    return shown !== printed && !(inText.has(id) && printed === `-${shown}`);
  });
}

function roundedText(plain: string, shift: number, places: number): string {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain)!;
  const power = fraction.length - shift - places;
  const [units, step] = [
    BigInt(whole! + fraction) * 10n ** BigInt(Math.max(0, -power)),
    10n ** BigInt(Math.max(0, power)),
  ];
  const digits = String((2n * units + step) / (2n * step)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return /[1-9]/.test(text) ? sign! + text : text;
}

/** The compressed pixels of a PNG: a PDF holds them as they are. */
function pixelsOf(png: Buffer): Buffer {
  const at = png.indexOf('IDAT');
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}
