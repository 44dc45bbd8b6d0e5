import { ITEM, v1, reason, EMPTY } from './asking.js';
import { codeOf, reading, sending, type Operation } from './operation.js';
import { CODE, type Place } from './places.js';
import { ALL, BOOKS, DECLARING, ENTERING, FINANCE, READERS } from './roles.js';

export const FIGURES: readonly Operation[] = [
  reading('list', 'GET /synergy', READERS, (_, __, nth) => v1(`/synergy?${QUESTIONS[nth % QUESTIONS.length]}`)),
  reading('list', 'GET /synergy/pivot', READERS, v1('/synergy/pivot?period=2023-03&measure=explicit_actual')),
  reading('list', 'GET /synergy/export', READERS, (_, __, nth) =>
    v1(`/synergy/export?${EXPORTS[nth % EXPORTS.length]}`),
  ),
  reading('list', 'GET /synergy/lines', READERS, v1('/synergy/lines?period=2023-03&limit=200')),
  reading('list', 'GET /comparatives', READERS, v1('/comparatives'), EMPTY),
  reading('whole', 'GET /reconciliations/{period}', BOOKS, v1('/reconciliations/2023-03')),
];
const EXPORTS = ['format=csv&period=2023-03&by=department', 'format=xlsx&period=2023-03&by=department,item'];
const QUESTIONS = [
  'period=2023-03&by=department',
  'period=2023-03&by=department,period,category,item,nature,project&compare=previous,last_year,plan',
  'period=2023-01&by=department&asOf=reported',
  `period=2023-03&under=${CODE.KQ}&by=department`,
  `period=2023-03&department=${CODE.JD}`,
];

export const PERIODS: readonly Operation[] = [
  reading('open', 'GET /periods/{code}', READERS, v1('/periods/2023-03')),
  reading('list', 'GET /periods/{code}/checklist', READERS, (_, __, nth) =>
    v1(`/periods/2023-0${nth % 2 === 0 ? 1 : 3}/checklist`),
  ),
  reading('list', 'GET /periods/{code}/closings', READERS, v1('/periods/2023-01/closings'), EMPTY),
  reading('list', 'GET /periods/{code}/restatement', READERS, v1('/periods/2023-01/restatement'), {
    ...EMPTY,
    mayAnswer: ['no_such_restatement'],
  }),
  reading('list', 'GET /periods/{code}/declarations', READERS, v1('/periods/2023-03/declarations')),
  ...['', '/withdraw'].map((step) =>
    sending(
      'named',
      `POST /periods/{code}/declarations${step}`,
      DECLARING,
      v1(`/periods/2023-03/declarations${step}`),
      (place) => ({
        departments: [codeOf(place)],
      }),
    ),
  ),
  sending('whole', 'POST /periods/{code}/waivers', FINANCE, v1('/periods/2023-03/waivers'), () => ({
    code: 'not_reported',
    ...reason,
  })),
  ...['begin-closing', 'cancel-closing', 'close'].map((step) =>
    sending('whole', `POST /periods/{code}/${step}`, FINANCE, v1(`/periods/2023-02/${step}`), () => ({})),
  ),
  sending('whole', 'POST /periods/{code}/reopen', FINANCE, v1('/periods/2023-01/reopen'), () => reason),
];

const references = (kind: string, json: (place: Place, nth: number) => object, isMines: boolean) => [
  reading(
    isMines ? 'open' : 'list',
    `GET /${kind}`,
    ALL,
    v1(`/${kind}?limit=200`),
    isMines ? { codesAreOpen: true } : {},
  ),
  sending('named', `POST /${kind}`, ENTERING, v1(`/${kind}`), json, isMines ? { places: ['mine'] } : {}),
];

export const REFERENCES: readonly Operation[] = [
  ...references('departments', (_, nth) => ({ code: `D${nth}`, name: '新' }), true),
  ...references(
    'periods',
    (_, nth) => ({
      code: `20${30 + (nth % 60)}-01`,
      start: `20${30 + (nth % 60)}-01-01`,
      end: `20${30 + (nth % 60)}-01-31`,
    }),
    true,
  ),
  ...references('items', (_, nth) => ({ code: `I${nth}`, name: '新', nature: 'explicit' }), true),
  ...references(
    'projects',
    (_, nth) => ({ code: `P${nth}`, name: '新', category: 'resource', approved_on: '2023-04-01' }),
    true,
  ),
  ...references(
    'rates',
    (_, nth) => ({
      item: 'REWORK',
      unit: 'h',
      rate: '1',
      valid_from: `20${30 + (nth % 60)}-01-01`,
      valid_to: `20${30 + (nth % 60)}-01-31`,
      basis: '合同',
    }),
    true,
  ),
  ...references(
    'baselines',
    (place, nth) => ({
      code: `B${nth}`,
      department: codeOf(place),
      ...ITEM,
      basis: 'contract',
      unit_price: '2',
      valid_from: '2024-01-01',
    }),
    false,
  ),
  ...references(
    'activities',
    (place, nth) => ({ period: '2023-04', department: codeOf(place), driver: `d${nth}`, actual: '1' }),
    false,
  ),
  ...references(
    'adjustments',
    (place, nth) => ({
      id: `X${nth}`,
      period: '2023-04',
      department: codeOf(place),
      category: 'business',
      kind: 'gain',
      amount: '1.00',
      recognition: 'realised',
      status: 'confirmed',
      voucher: `x${nth}`,
    }),
    false,
  ),
  reading('open', 'GET /profiles', ALL, v1('/profiles')),
  reading('open', 'GET /profiles/{name}', ALL, v1('/profiles/p1'), { mayAnswer: ['unknown_profile'] }),
  sending('whole', 'PUT /profiles/{name}', FINANCE, v1('/profiles/p2'), (_, nth) => ({
    title: `方案${nth}`,
    formats: [],
    source: 'p2',
  })),
  sending('whole', 'POST /profiles/{name}/mappings', FINANCE, v1('/profiles/p2/mappings'), () => ({}), {
    mayAnswer: ['unknown_profile'],
  }),
];
