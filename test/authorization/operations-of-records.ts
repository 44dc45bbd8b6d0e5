import { at, bulk, form, v1, row, reason, PDF, EMPTY } from './asking.js';
import { csv, isBooking } from './folder.js';
import type { Things } from './fill-house.js';
import { EVERY_PLACE, handingIn, oneOf, reading, sending, type Operation } from './operation.js';
import { secretOf, type Place } from './places.js';
import { ADDING_PAPERS, CHECKING, ENTERING, READERS } from './roles.js';

const NOT_MAKER = { mayAnswer: ['not_the_maker'] };

export const RECORDS: readonly Operation[] = [
  reading('list', 'GET /records', READERS, (_, __, nth) =>
    v1(`/records?status=${['posted', 'draft'][nth % 2]}&limit=200`),
  ),
  sending('named', 'POST /records', ENTERING, v1('/records'), (place, nth) => row(place, `N${nth}`)),
  oneOf('GET /records/{id}', READERS, 'unknown_record', (things, place, nth) =>
    at('/records', (['draft', 'submitted', 'posted'] as const)[nth % 3]!)(things, place),
  ),
  sending(
    'thing',
    'PUT /records/{id}',
    ENTERING,
    at('/records', 'draft'),
    (place, _, things) => row(place, things.draft[place]!),
    {
      ...NOT_MAKER,
      unknown: 'unknown_record',
    },
  ),
  ...(['submit', 'approve', 'return', 'withdraw', 'reverse'] as const).flatMap((step) => {
    const isCheckers = step === 'approve' || step === 'return';
    const kind = ({ submit: 'draft', reverse: 'posted', withdraw: 'draft' } as const)[step as 'submit'] ?? 'submitted';
    const roles = isCheckers ? CHECKING : ENTERING;
    const said = step === 'return' || step === 'reverse' ? reason : {};
    const more = { unknown: 'unknown_record', ...NOT_MAKER };
    return [
      sending('bulk', `POST /records/${step}`, roles, v1(`/records/${step}`), bulk(kind, said), more),
      sending('thing', `POST /records/{id}/${step}`, roles, at('/records', kind, `/${step}`), () => said, more),
    ];
  }),
];

export const PAPERS: readonly Operation[] = [
  ...(['record', 'import'] as const).flatMap((of) => {
    const kind = of === 'record' ? 'submitted' : 'waiting';
    const unknown = `unknown_${of}`;
    return [
      oneOf(`GET /${of}s/{id}/evidence`, READERS, unknown, at(`/${of}s`, kind, '/evidence')),
      handingIn(
        'thing',
        `POST /${of}s/{id}/evidence`,
        ADDING_PAPERS,
        at(`/${of}s`, kind, '/evidence'),
        () => form('e.pdf', PDF),
        {
          ...{ unknown, mayAnswer: ['evidence_not_yours'] },
        },
      ),
    ];
  }),
  oneOf('GET /evidence/{id}', READERS, 'unknown_evidence', (things, place, nth) =>
    at('/evidence', nth % 2 === 0 ? 'recordEvidence' : 'importEvidence')(things, place),
  ),
];

const KINDS_OF_IMPORT = ['corrected', 'waiting', 'refused'] as const;
const fileOf = (things: Things, place: Place) =>
  at('/imports', 'waiting', `/files/${secretOf(place)}.csv`)(things, place);

export const IMPORTS: readonly Operation[] = [
  reading('list', 'GET /imports', READERS, v1('/imports?limit=200'), EMPTY),
  handingIn(
    'named',
    'POST /imports',
    ENTERING,
    v1('/imports'),
    (place, nth) => form('n.csv', csv('records.csv', row(place, `M${nth}`)), { kind: 'records' }),
    { refusedLater: true },
  ),
  handingIn('open', 'POST /imports/preview', ENTERING, v1('/imports/preview'), (_, nth) =>
    form('n.csv', csv('records.csv', row('JD', `R-JD-${nth % 2 === 0 ? 'posted' : nth}`)), { kind: 'records' }),
  ),
  oneOf(
    'GET /imports/{id}',
    READERS,
    'unknown_import',
    (things, place, nth) => at('/imports', isBooking(place) ? KINDS_OF_IMPORT[nth % 3]! : 'waiting')(things, place),
    { places: EVERY_PLACE },
  ),
  oneOf('GET /imports/{id}/issues', READERS, 'unknown_import', at('/imports', 'refused', '/issues')),
  oneOf('GET /imports/{id}/comparison', READERS, 'unknown_import', at('/imports', 'corrected', '/comparison')),
  oneOf('GET /imports/{id}/receipt', READERS, 'unknown_import', at('/imports', 'waiting', '/receipt'), {
    places: EVERY_PLACE,
  }),
  oneOf('GET /imports/{id}/receipt.html', READERS, 'unknown_import', at('/imports', 'refused', '/receipt.html')),
  oneOf('GET /imports/{id}/workbook', READERS, 'unknown_import', at('/imports', 'refused', '/workbook')),
  oneOf('GET /imports/{id}/files/{name}', READERS, 'unknown_import', fileOf, { places: EVERY_PLACE }),
  reading('list', 'GET /events', READERS, v1('/events'), EMPTY),
];
